package dev.engram.io.numpy;

import dev.engram.io.file.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads numbers from a stream in blocks, straight to floats: never a second copy of a large array. */
public final class ElementDecoder {
    private static final int BLOCK_ELEMENTS = 16_384;

    private final InputStream in;
    private final String what;
    private final NpyType type;
    private final byte[] block;
    private final ByteBuffer buffer;
    private long taken;

    public ElementDecoder(InputStream in, String what, NpyType type, ByteOrder order) {
        this.in = in;
        this.what = what;
        this.type = type;
        this.block = new byte[BLOCK_ELEMENTS * type.bytes()];
        this.buffer = ByteBuffer.wrap(block).order(order);
    }

    /** Fills the array with the next elements. */
    public float[] read(float[] out) throws IOException {
        for (int from = 0; from < out.length; from += BLOCK_ELEMENTS) {
            int count = Math.min(BLOCK_ELEMENTS, out.length - from);
            fill(count);
            type.decode(buffer, out, from, count);
        }
        return out;
    }

    /**
     * Fills {@code out}, the first rows of an array in C order, from the whole array in Fortran order.
     *
     * @param shape of the whole array
     * @param rows how many to keep
     */
    void readFortran(float[] out, int[] shape, int rows) throws IOException {
        int[] strides = new int[shape.length];
        int stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= axis == 0 ? 1 : shape[axis];
        }
        int[] index = new int[shape.length];
        float[] values = new float[BLOCK_ELEMENTS];
        long remaining = 1;
        for (int dimension : shape) {
            remaining *= dimension;
        }
        int target = 0;
        while (remaining > 0) {
            int count = (int) Math.min(BLOCK_ELEMENTS, remaining);
            fill(count);
            type.decode(buffer, values, 0, count);
            for (int i = 0; i < count; i++) {
                if (index[0] < rows) {
                    out[target] = values[i];
                }
                target = advance(index, shape, strides, target);
            }
            remaining -= count;
        }
    }

    /** Counts the index on by one, first axis fastest, and follows with the C-order offset. */
    private static int advance(int[] index, int[] shape, int[] strides, int offset) {
        int next = offset;
        for (int axis = 0; axis < shape.length; axis++) {
            next += strides[axis];
            if (++index[axis] < shape[axis]) {
                return next;
            }
            next -= shape[axis] * strides[axis];
            index[axis] = 0;
        }
        return next;
    }

    /** Passes over elements. */
    void skip(long elements) throws IOException {
        try {
            in.skipNBytes(elements * type.bytes());
        } catch (EOFException e) {
            throw truncated();
        }
        taken += elements;
    }

    boolean isTaken() {
        return taken > 0;
    }

    /**
     * Reads on to the end of the stream, if anything was read.
     *
     * @param all how many elements the whole array has
     */
    void finish(long all) throws IOException {
        if (taken == 0) {
            return;
        }
        for (long rest = (all - taken) * type.bytes(); rest > 0; ) {
            int got = in.readNBytes(block, 0, (int) Math.min(block.length, rest));
            if (got == 0) {
                throw truncated();
            }
            rest -= got;
        }
        if (in.read() >= 0) {
            throw new InputException(
                    "%s goes on after the %,d values that its header promises. Maybe it is damaged, or holds several arrays."
                            .formatted(what, all));
        }
    }

    private InputException truncated() {
        return new InputException(
                "%s is truncated: its data ends early. Maybe copy or download it again.".formatted(what));
    }

    private void fill(int count) throws IOException {
        int bytes = count * type.bytes();
        int got = in.readNBytes(block, 0, bytes);
        taken += count;
        if (got < bytes) {
            throw truncated();
        }
        buffer.clear().limit(bytes);
    }
}
