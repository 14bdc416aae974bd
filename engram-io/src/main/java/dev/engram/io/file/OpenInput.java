package dev.engram.io.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file opened once: its bytes and its size are of one file, whatever is moved to its name meanwhile. */
public final class OpenInput implements AutoCloseable {
    private final SeekableByteChannel channel;
    private final InputStream stream;

    private OpenInput(SeekableByteChannel channel) {
        this.channel = channel;
        this.stream = new BufferedInputStream(Channels.newInputStream(channel));
    }

    /**
     * Opens an ordinary file.
     *
     * @throws InputException if it is a pipe, a socket or a device
     */
    public static OpenInput of(Path file) throws IOException {
        Inputs.requireOrdinary(file);
        return new OpenInput(Files.newByteChannel(LinkedFile.readable(file)));
    }

    /** The bytes from the start, buffered. */
    public InputStream stream() {
        return stream;
    }

    /** How far the file was read. */
    long position() throws IOException {
        return channel.position();
    }

    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
