package dev.engram.io.safetensors;

import dev.engram.linalg.Matrix;
import java.util.Arrays;

/**
 * A named array as it stands in a safetensors file.
 *
 * @param name not empty and not {@code __metadata__}
 * @param dtype the type of the elements in the file
 * @param shape dimensions, none negative; empty for a single number
 * @param data as many elements as the shape has, row-major; of the Java type that goes with {@code dtype}
 */
public record NamedTensor(String name, DType dtype, long[] shape, TensorData data) {
    static final String METADATA = "__metadata__";

    public NamedTensor {
        if (name.isEmpty() || name.equals(METADATA)) {
            throw new IllegalArgumentException("The name \"%s\" cannot be that of a tensor.".formatted(name));
        }
        boolean fits =
                switch (dtype) {
                    case F32, F16, BF16 -> data instanceof TensorData.Floats;
                    case F64 -> data instanceof TensorData.Doubles;
                    case I32 -> data instanceof TensorData.Ints;
                    case I64 -> data instanceof TensorData.Longs;
                    case U8, BOOL -> data instanceof TensorData.Bytes;
                };
        if (!fits) {
            throw new IllegalArgumentException("The tensor %s of type %s cannot hold %s."
                    .formatted(name, dtype, data.getClass().getSimpleName()));
        }
        if (elements(shape) != data.length()) {
            throw new IllegalArgumentException("The tensor %s of shape %s cannot hold %d values."
                    .formatted(name, Arrays.toString(shape), data.length()));
        }
    }

    public static NamedTensor ofFloats(String name, long[] shape, float... values) {
        return new NamedTensor(name, DType.F32, shape, new TensorData.Floats(values));
    }

    public static NamedTensor of(String name, Matrix matrix) {
        return ofFloats(name, new long[] {matrix.rows(), matrix.columns()}, matrix.data());
    }

    public static NamedTensor ofDoubles(String name, long[] shape, double... values) {
        return new NamedTensor(name, DType.F64, shape, new TensorData.Doubles(values));
    }

    public static NamedTensor ofInts(String name, long[] shape, int... values) {
        return new NamedTensor(name, DType.I32, shape, new TensorData.Ints(values));
    }

    public static NamedTensor ofLongs(String name, long[] shape, long... values) {
        return new NamedTensor(name, DType.I64, shape, new TensorData.Longs(values));
    }

    public static NamedTensor ofBytes(String name, long[] shape, byte... values) {
        return new NamedTensor(name, DType.U8, shape, new TensorData.Bytes(values));
    }

    /**
     * The product of the dimensions.
     *
     * @throws IllegalArgumentException if a dimension is negative
     * @throws ArithmeticException if it overflows
     */
    static long elements(long[] shape) {
        long elements = 1;
        for (long dimension : shape) {
            if (dimension < 0) {
                throw new IllegalArgumentException(
                        "The shape %s must not have negative dimensions.".formatted(Arrays.toString(shape)));
            }
            elements = Math.multiplyExact(elements, dimension);
        }
        return elements;
    }

    /** For example {@code Tensor[layers.0.weight F32 [128, 64]]}. */
    @Override
    public String toString() {
        return "Tensor[%s %s %s]".formatted(name, dtype, Arrays.toString(shape));
    }
}
