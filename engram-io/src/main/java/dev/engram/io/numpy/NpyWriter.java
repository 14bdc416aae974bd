package dev.engram.io.numpy;

import dev.engram.io.file.AtomicFiles;
import dev.engram.io.file.OutputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes {@code .npy} files: version 1.0, float32 little-endian, C order, data aligned to 64 bytes. */
public final class NpyWriter {
    private static final int ALIGNMENT = 64;
    private static final int PREFIX = NpyHeader.MAGIC.length + 2 + Short.BYTES;
    private static final int BLOCK = 16_384;

    private NpyWriter() {}

    /**
     * Writes the array, all or nothing.
     *
     * @param shape dimensions, none negative; empty for a single number
     * @param data as many values as the shape has, in C order
     * @throws IllegalArgumentException if shape and data disagree
     * @throws OutputException if the file cannot be written
     */
    public static void write(Path file, int[] shape, float[] data) {
        NpyArray array = new NpyArray(NpyType.FLOAT32, shape, data);
        AtomicFiles.write(file, out -> write(out, array));
    }

    private static void write(OutputStream out, NpyArray array) throws IOException {
        out.write(header(array.shape()));
        write(out, array.values());
    }

    /** The bytes of values. */
    static void write(OutputStream out, float... data) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < data.length; from += BLOCK) {
            int count = Math.min(BLOCK, data.length - from);
            block.asFloatBuffer().put(data, from, count);
            out.write(block.array(), 0, count * Float.BYTES);
        }
    }

    static byte[] header(int... shape) {
        String dimensions = Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining(", "));
        String tuple = shape.length == 1 ? "(%s,)".formatted(dimensions) : "(%s)".formatted(dimensions);
        String dict = "{'descr': '<f4', 'fortran_order': False, 'shape': %s, }".formatted(tuple);
        int unpadded = PREFIX + dict.length() + 1;
        int padded = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        String text = dict + " ".repeat(padded - unpadded) + "\n";
        return ByteBuffer.allocate(padded)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(NpyHeader.MAGIC)
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) text.length())
                .put(text.getBytes(StandardCharsets.ISO_8859_1))
                .array();
    }
}
