package dev.engram.io.safetensors;

/** The elements of a tensor, row-major, in the Java array that holds their type. The array is shared, not copied. */
public sealed interface TensorData {
    /** How many elements there are. */
    int length();

    /** Elements of {@link DType#F32}, and of {@link DType#F16} and {@link DType#BF16} widened. */
    record Floats(float[] values) implements TensorData {
        @Override
        public int length() {
            return values.length;
        }
    }

    /** Elements of {@link DType#F64}. */
    record Doubles(double[] values) implements TensorData {
        @Override
        public int length() {
            return values.length;
        }
    }

    /** Elements of {@link DType#I32}. */
    record Ints(int[] values) implements TensorData {
        @Override
        public int length() {
            return values.length;
        }
    }

    /** Elements of {@link DType#I64}. */
    record Longs(long[] values) implements TensorData {
        @Override
        public int length() {
            return values.length;
        }
    }

    /** Elements of {@link DType#U8} and {@link DType#BOOL}. */
    record Bytes(byte[] values) implements TensorData {
        @Override
        public int length() {
            return values.length;
        }
    }
}
