package dev.engram.io.numpy;

import dev.engram.io.file.InputException;
import java.util.Arrays;

/**
 * A NumPy array, its elements as floats in C order (last axis fastest), whatever their type and order were in the file.
 *
 * <p>Integers beyond 2<sup>24</sup> and doubles are rounded to the nearest float; booleans are 0 and 1. The arrays are
 * shared, not copied. Two arrays are equal when type, shape and values are.
 *
 * @param type the element type in the file
 * @param shape no dimension is negative; empty for a single number
 * @param values as many as the product of the shape
 */
public record NpyArray(NpyType type, int[] shape, float[] values) {
    public NpyArray {
        long expected = 1;
        for (int dimension : shape) {
            if (dimension < 0) {
                throw new IllegalArgumentException(
                        "The shape %s must not have negative dimensions.".formatted(Arrays.toString(shape)));
            }
            expected = Math.multiplyExact(expected, dimension);
        }
        if (values.length != expected) {
            throw new IllegalArgumentException("The shape %s has %d values; %d were given."
                    .formatted(Arrays.toString(shape), expected, values.length));
        }
    }

    /** How many dimensions there are. */
    public int rank() {
        return shape.length;
    }

    /**
     * The elements as yes or no: what is not 0 is true.
     *
     * @throws InputException if the elements are neither booleans nor bytes
     */
    public boolean[] booleans() {
        if (type != NpyType.BOOL && type != NpyType.UINT8) {
            throw new InputException(
                    ("The array is of type %s; a mask must be of type bool or uint8. Maybe save it with "
                                    + "mask.astype(bool).")
                            .formatted(type.code()));
        }
        boolean[] result = new boolean[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = values[i] != 0;
        }
        return result;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NpyArray a
                && type == a.type
                && Arrays.equals(shape, a.shape)
                && Arrays.equals(values, a.values);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * type.hashCode() + Arrays.hashCode(shape)) + Arrays.hashCode(values);
    }

    /** For example {@code NpyArray[u1, [3, 28, 28]]}. */
    @Override
    public String toString() {
        return "NpyArray[%s, %s]".formatted(type.code(), Arrays.toString(shape));
    }
}
