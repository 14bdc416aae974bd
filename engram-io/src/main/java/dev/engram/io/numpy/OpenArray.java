package dev.engram.io.numpy;

import dev.engram.io.file.HeapLimit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * An array in a file that is open, its header read: its values come all at once, or some rows (along the first axis) after the other. Not more
 * is read than the rows wanted, of an array in C order.
 */
public final class OpenArray {
    /** What is done with an array while its file is open. */
    @FunctionalInterface
    public interface Use<T> {
        T of(OpenArray array) throws IOException;
    }

    private final String what;
    private final NpyType type;
    private final int[] whole;
    private final int[] shape;
    private final boolean fortranOrder;
    private final ElementDecoder decoder;

    private OpenArray(String what, NpyType type, int[] whole, int rows, boolean fortranOrder, ElementDecoder decoder) {
        this.what = what;
        this.type = type;
        this.whole = whole;
        this.shape = whole.clone();
        if (shape.length > 0) {
            shape[0] = Math.min(shape[0], rows);
        }
        this.fortranOrder = fortranOrder && shape.length > 1;
        this.decoder = decoder;
    }

    /**
     * The first rows of an array in C order.
     *
     * @param what the file, as messages should name it
     * @param shape of the whole array
     * @param rows how many are wanted
     * @param in where the values begin
     */
    public static OpenArray of(String what, NpyType type, ByteOrder order, int[] shape, int rows, InputStream in) {
        return new OpenArray(what, type, shape, rows, false, new ElementDecoder(in, what, type, order));
    }

    static OpenArray of(String what, NpyHeader header, int rows, InputStream in) {
        ElementDecoder decoder = new ElementDecoder(in, what, header.type(), header.order());
        return new OpenArray(what, header.type(), header.shape(), rows, header.fortranOrder(), decoder);
    }

    public NpyType type() {
        return type;
    }

    /** With no more rows than are wanted. */
    public int[] shape() {
        return shape.clone();
    }

    /** Whether the rows lie one after the other. */
    public boolean isInRows() {
        return !fortranOrder;
    }

    /**
     * Uses the array. Where values were taken the rest of the stream is read too, so that a checksum at its end is compared.
     *
     * @throws dev.engram.io.file.InputException if the stream ends before the array, or goes on after it
     */
    public <T> T used(Use<T> use) throws IOException {
        T result = use.of(this);
        decoder.finish(product(whole));
        return result;
    }

    /** Whether any of its values were read. */
    boolean isTaken() {
        return decoder.isTaken();
    }

    /** All rows that are wanted, of an array of which none was taken. */
    public NpyArray all() throws IOException {
        float[] values = new float[HeapLimit.floats(what, product(shape))];
        if (fortranOrder) {
            decoder.readFortran(values, whole, shape[0]);
        } else {
            decoder.read(values);
        }
        return new NpyArray(type, shape.clone(), values);
    }

    /** The values of the next rows, of an array that {@link #isInRows}. */
    public float[] next(int rows) throws IOException {
        int[] some = shape.clone();
        some[0] = rows;
        return decoder.read(new float[HeapLimit.floats(what, product(some))]);
    }

    /** Passes over the next rows. */
    public void skip(int rows) throws IOException {
        int[] some = shape.clone();
        some[0] = rows;
        decoder.skip(product(some));
    }

    private static long product(int[] dimensions) {
        return Arrays.stream(dimensions).asLongStream().reduce(1, Math::multiplyExact);
    }
}
