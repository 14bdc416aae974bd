package dev.engram.io.numpy;

import dev.engram.io.file.InputException;
import dev.engram.io.file.Inputs;
import dev.engram.io.file.OpenInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Reads {@code .npy} files, versions 1.0 to 3.0; the grammar is at {@link NpyHeader}.
 *
 * <p>The size of the file is compared with what its header promises before anything is allocated. Arrays in Fortran
 * order are transposed while they are read.
 */
public final class NpyReader {
    private NpyReader() {}

    /** The whole array. */
    public static NpyArray read(Path file) {
        return readFirst(file, Integer.MAX_VALUE);
    }

    /**
     * The first rows (along the first axis) of the array; of one in C order no more than these are read.
     *
     * @throws InputException if the file cannot be read, is damaged, or is not an array of numbers
     */
    public static NpyArray readFirst(Path file, int rows) {
        return open(file, rows, OpenArray::all);
    }

    /** Uses the first rows, while the file is open; fails as {@link #readFirst} does. */
    public static <T> T open(Path file, int rows, OpenArray.Use<T> use) {
        try (OpenInput in = OpenInput.of(file)) {
            return use.of(open(in.stream(), file.toString(), in.size(), rows));
        } catch (IOException e) {
            throw Inputs.unreadable(file, e);
        }
    }

    /**
     * Opens the array in a stream.
     *
     * @param what the file, as messages should name it
     * @param length bytes in the stream; not trusted further than the header's promise is compared with it
     */
    static OpenArray open(InputStream in, String what, long length, int rows) throws IOException {
        NpyHeader header = NpyHeader.read(in, what, length);
        long promised = header.values() * header.type().bytes();
        long there = length - header.dataOffset();
        if (promised > there) {
            throw new InputException(
                    ("%s is truncated: its header promises %,d bytes of data, %,d are there. Maybe copy or download "
                                    + "it again.")
                            .formatted(what, promised, there));
        }
        if (promised < there) {
            throw new InputException(
                    ("%s has %,d bytes of data, its header promises %,d. Maybe it is damaged, or several arrays were "
                                    + "saved into it.")
                            .formatted(what, there, promised));
        }
        return OpenArray.of(what, header, rows, in);
    }
}
