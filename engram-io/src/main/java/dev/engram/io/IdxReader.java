package dev.engram.io;

import dev.engram.io.file.InputException;
import dev.engram.io.numpy.NpyType;
import dev.engram.io.numpy.OpenArray;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads IDX files, the format of MNIST.
 *
 * <pre>
 * file := 0 0 type rank dimension{rank} data         big-endian; dimension is an int32
 * type := 08 uint8 | 09 int8 | 0B int16 | 0C int32 | 0D float32 | 0E float64
 * </pre>
 */
final class IdxReader {
    /** Bytes needed to tell an IDX file. */
    static final int START = 4;

    private static final int HIGHEST_RANK = 8;

    private IdxReader() {}

    /** Whether the bytes are the first of an IDX file. */
    static boolean hasSignature(byte[] start) {
        return start.length >= START
                && start[0] == 0
                && start[1] == 0
                && type(start[2]).isPresent()
                && start[3] >= 1
                && start[3] <= HIGHEST_RANK;
    }

    /** Whether a file of that size, beginning with these bytes, is an IDX file down to the last byte. */
    static boolean isWhole(byte[] start, long size) {
        if (!hasSignature(start) || start.length < START + start[3] * Integer.BYTES) {
            return false;
        }
        ByteBuffer dimensions = ByteBuffer.wrap(start, START, start[3] * Integer.BYTES);
        double expected = type(start[2]).orElseThrow().bytes();
        while (dimensions.hasRemaining()) {
            expected *= dimensions.getInt();
        }
        return expected == size - dimensions.position();
    }

    private static Optional<NpyType> type(byte code) {
        return switch (code) {
            case 0x08 -> Optional.of(NpyType.UINT8);
            case 0x09 -> Optional.of(NpyType.INT8);
            case 0x0B -> Optional.of(NpyType.INT16);
            case 0x0C -> Optional.of(NpyType.INT32);
            case 0x0D -> Optional.of(NpyType.FLOAT32);
            case 0x0E -> Optional.of(NpyType.FLOAT64);
            default -> Optional.empty();
        };
    }

    /**
     * Uses the first rows.
     *
     * @param length bytes the stream has, or can have at most
     * @param isExact whether it has exactly that many
     */
    static <T> T open(InputStream stream, String what, long length, boolean isExact, int rows, OpenArray.Use<T> use)
            throws IOException {
        DataInputStream in = new DataInputStream(stream);
        try {
            byte[] start = in.readNBytes(START);
            NpyType type = type(start[2]).orElseThrow();
            int[] shape = new int[start[3]];
            for (int axis = 0; axis < shape.length; axis++) {
                shape[axis] = in.readInt();
            }
            long promised = size(what, shape, type);
            long there = length - START - (long) shape.length * Integer.BYTES;
            if (promised > there) {
                throw new InputException(
                        ("%s is truncated: its header promises %,d bytes of data, more than are there. Maybe copy "
                                        + "or download it again.")
                                .formatted(what, promised));
            }
            if (isExact && promised < there) {
                throw new InputException(
                        "%s has %,d bytes of data, its header promises %,d. Maybe it is damaged; copy or download it again."
                                .formatted(what, there, promised));
            }
            if (shape.length == 1) {
                throw new InputException(("%s holds %d single numbers, probably labels; pictures were expected. "
                                + "Maybe you meant the file with \"images\" in its name.")
                        .formatted(what, shape[0]));
            }
            OpenArray array = OpenArray.of(what, type, ByteOrder.BIG_ENDIAN, shape, rows, in);
            return isExact ? use.of(array) : array.used(use);
        } catch (EOFException e) {
            throw new InputException("%s is truncated. Maybe copy or download it again.".formatted(what), e);
        }
    }

    private static long size(String what, int[] shape, NpyType type) {
        long size = type.bytes();
        try {
            for (int dimension : shape) {
                size = Math.multiplyExact(size, dimension);
            }
            if (Arrays.stream(shape).noneMatch(d -> d < 0)) {
                return size;
            }
        } catch (ArithmeticException e) {
            // Said below.
        }
        throw new InputException("%s has an IDX header with the impossible shape %s. Maybe it is damaged."
                .formatted(what, Arrays.toString(shape)));
    }
}
