package dev.engram.io.file;

import java.io.IOException;
import java.io.OutputStream;

/** A new file being written: a stream that can say when its bytes are on the disk. */
public abstract class NewFile extends OutputStream {
    /** Returns when all bytes written so far are on the disk. */
    public abstract void force() throws IOException;
}
