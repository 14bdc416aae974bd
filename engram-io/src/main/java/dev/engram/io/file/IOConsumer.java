package dev.engram.io.file;

import java.io.IOException;

/** Something done with a stream or a folder, which may fail as input and output do. */
@FunctionalInterface
public interface IOConsumer<T> {
    void accept(T target) throws IOException;
}
