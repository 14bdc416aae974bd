package dev.engram.io.safetensors;

import java.lang.reflect.Array;

/** The elements of a tensor, row-major, in the Java array that holds their type. The array is shared, not copied. */
public sealed interface TensorData {
    /** The Java array. */
    Object values();

    /** How many elements there are. */
    default int length() {
        return Array.getLength(values());
    }

    /** Elements of {@link DType#F32}, and of {@link DType#F16} and {@link DType#BF16} widened. */
    record Floats(float[] values) implements TensorData {}

    /** Elements of {@link DType#F64}. */
    record Doubles(double[] values) implements TensorData {}

    /** Elements of {@link DType#I32}. */
    record Ints(int[] values) implements TensorData {}

    /** Elements of {@link DType#I64}. */
    record Longs(long[] values) implements TensorData {}

    /** Elements of {@link DType#U8} and {@link DType#BOOL}. */
    record Bytes(byte[] values) implements TensorData {}
}
