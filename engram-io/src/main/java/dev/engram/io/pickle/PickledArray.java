package dev.engram.io.pickle;

import java.util.Arrays;

/**
 * A NumPy array as it stands in a pickle: not yet numbers.
 *
 * @param bytes exactly as many as shape and type demand
 */
public record PickledArray(int[] shape, Dtype dtype, boolean fortranOrder, byte[] bytes) {
    /** NumPy's type code without the byte order, for example {@code u1}. */
    public record Dtype(String code) {
        public boolean isUint8() {
            return code.equals("u1");
        }
    }

    @Override
    public String toString() {
        return "an array of type %s and shape %s".formatted(dtype.code(), Arrays.toString(shape));
    }
}
