package dev.engram.linalg;

import java.util.Arrays;

/**
 * A dense row-major array of any rank, of 32-bit floats or of 64-bit doubles. Rank 0 is a single number.
 *
 * <p>The backing array is the tensor, not a copy of it: what is written there is written here. Batches have the batch as their first axis.
 */
public final class Tensor {
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private final int[] shape;
    private final Precision precision;
    private final int size;
    private final float[] floats; // empty in double precision
    private final double[] doubles; // empty in single precision

    private Tensor(int[] shape, Precision precision, float[] floats, double[] doubles) {
        this.shape = shape;
        this.precision = precision;
        this.size = precision == Precision.FLOAT ? floats.length : doubles.length;
        this.floats = floats;
        this.doubles = doubles;
    }

    /** A tensor of zeros. */
    public static Tensor zeros(Precision precision, int... shape) {
        int size = sizeOf(shape);
        boolean single = precision == Precision.FLOAT;
        return new Tensor(shape.clone(), precision, new float[single ? size : 0], new double[single ? 0 : size]);
    }

    /**
     * A tensor over the given array, without copying.
     *
     * @throws IllegalArgumentException if the array does not hold exactly what the shape asks for
     */
    public static Tensor wrap(float[] data, int... shape) {
        requireLength(data.length, shape);
        return new Tensor(shape.clone(), Precision.FLOAT, data, new double[0]);
    }

    /** {@link #wrap(float[], int...)} in double precision. */
    public static Tensor wrap(double[] data, int... shape) {
        requireLength(data.length, shape);
        return new Tensor(shape.clone(), Precision.DOUBLE, new float[0], data);
    }

    /** A matrix as a tensor [rows, columns] over the same array. */
    public static Tensor of(Matrix matrix) {
        return wrap(matrix.data(), matrix.rows(), matrix.columns());
    }

    /** How many numbers a shape holds; 1 for the empty shape. */
    public static int sizeOf(int... shape) {
        long size = 1;
        for (int extent : shape) {
            if (extent < 0) {
                throw new IllegalArgumentException("The shape %s has a negative extent; each must be at least 0."
                        .formatted(Arrays.toString(shape)));
            }
            size *= extent;
            if (size > LARGEST) {
                throw new IllegalArgumentException(
                        "A tensor of shape %s does not fit a Java array, which holds at most %d values. Maybe use a smaller batch."
                                .formatted(Arrays.toString(shape), LARGEST));
            }
        }
        return (int) size;
    }

    private static void requireLength(int length, int[] shape) {
        if (length != sizeOf(shape)) {
            throw new IllegalArgumentException("The array length (%d) does not fit the shape %s, which holds %d values."
                    .formatted(length, Arrays.toString(shape), sizeOf(shape)));
        }
    }

    /** A copy of the extents. */
    public int[] shape() {
        return shape.clone();
    }

    public boolean hasShape(int... other) {
        return Arrays.equals(shape, other);
    }

    public int rank() {
        return shape.length;
    }

    public int extent(int axis) {
        return shape[axis];
    }

    /** How many numbers it holds. */
    public int size() {
        return size;
    }

    public Precision precision() {
        return precision;
    }

    /**
     * The live backing array, row-major.
     *
     * @throws IllegalStateException in double precision
     */
    public float[] floats() {
        requirePrecision(Precision.FLOAT);
        return floats;
    }

    /**
     * The live backing array, row-major.
     *
     * @throws IllegalStateException in single precision
     */
    public double[] doubles() {
        requirePrecision(Precision.DOUBLE);
        return doubles;
    }

    private void requirePrecision(Precision wanted) {
        if (precision != wanted) {
            throw new IllegalStateException("%s holds %s values, not %s.".formatted(this, precision, wanted));
        }
    }

    /** The number at a place in the backing array. */
    public double get(int index) {
        return precision == Precision.FLOAT ? floats[index] : doubles[index];
    }

    /** Writes a number, rounded to the precision, to a place in the backing array. */
    public void set(int index, double value) {
        if (precision == Precision.FLOAT) {
            floats[index] = (float) value;
        } else {
            doubles[index] = value;
        }
    }

    /** The same numbers under another shape, over the same array. */
    public Tensor reshaped(int... other) {
        requireLength(size, other);
        return new Tensor(other.clone(), precision, floats, doubles);
    }

    public Tensor copy() {
        return new Tensor(shape, precision, floats.clone(), doubles.clone());
    }

    /** A copy in the given precision. */
    public Tensor to(Precision other) {
        Tensor copy = zeros(other, shape);
        for (int i = 0; i < size; i++) {
            copy.set(i, get(i));
        }
        return copy;
    }

    /** A copy of the named entries of the first axis, in the order given. */
    public Tensor rows(int... indices) {
        int[] chosenShape = shape.clone();
        chosenShape[0] = indices.length;
        Tensor chosen = zeros(precision, chosenShape);
        int length = shape[0] == 0 ? 0 : size / shape[0];
        for (int i = 0; i < indices.length; i++) {
            chosen.set(i * length, this, indices[i] * length, length);
        }
        return chosen;
    }

    /** Overwrites this tensor with another of the same size and precision. */
    public void set(Tensor other) {
        if (other.size != size) {
            throw new IllegalArgumentException("%s cannot take the values of %s.".formatted(this, other));
        }
        set(other, 0, size);
    }

    /** Overwrites the places {@code from} (inclusive) to {@code to} (exclusive) with those of another. */
    public void set(Tensor other, int from, int to) {
        set(from, other, from, to - from);
    }

    /** Overwrites {@code length} places, the first of which is {@code at}, with those of another from {@code from} on. */
    public void set(int at, Tensor other, int from, int length) {
        other.requirePrecision(precision);
        System.arraycopy(other.array(), from, array(), at, length);
    }

    /** Adds a multiple of another, at the places {@code from} (inclusive) to {@code to} (exclusive). */
    public void addScaled(double factor, Tensor other, int from, int to) {
        other.requirePrecision(precision);
        if (precision == Precision.FLOAT) {
            addScaled((float) factor, other.floats, floats, from, to);
        } else {
            addScaled(factor, other.doubles, doubles, from, to);
        }
    }

    private static void addScaled(float factor, float[] source, float[] target, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] += factor * source[i];
        }
    }

    private static void addScaled(double factor, double[] source, double[] target, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] += factor * source[i];
        }
    }

    /** Adds the places {@code from} (inclusive) to {@code to} (exclusive) of another. */
    public void add(Tensor other, int from, int to) {
        other.requirePrecision(precision);
        if (precision == Precision.FLOAT) {
            addFloats(other.floats, floats, from, to);
        } else {
            for (int i = from; i < to; i++) {
                doubles[i] += other.doubles[i];
            }
        }
    }

    private static void addFloats(float[] source, float[] target, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] += source[i];
        }
    }

    public void fill(double value) {
        Arrays.fill(floats, (float) value);
        Arrays.fill(doubles, value);
    }

    /** Writes zeros to the places {@code from} (inclusive) to {@code to} (exclusive). */
    public void clear(int from, int to) {
        if (precision == Precision.FLOAT) {
            Arrays.fill(floats, from, to, 0);
        } else {
            Arrays.fill(doubles, from, to, 0);
        }
    }

    /** Multiplies every value, in place. */
    public void scale(double factor) {
        for (int i = 0; i < floats.length; i++) {
            floats[i] *= (float) factor;
        }
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] *= factor;
        }
    }

    /** Whether every value is finite. */
    public boolean isFinite() {
        return isFinite(0, size);
    }

    /** Whether every value in the places {@code from} (inclusive) to {@code to} (exclusive) is finite. */
    public boolean isFinite(int from, int to) {
        // x * 0 is 0 for finite x and NaN otherwise: one branch-free pass.
        float sum = 0;
        for (int i = from; i < Math.min(to, floats.length); i++) {
            sum += floats[i] * 0;
        }
        for (int i = from; i < Math.min(to, doubles.length); i++) {
            sum += (float) (doubles[i] * 0);
        }
        return sum == 0;
    }

    private Object array() {
        return precision == Precision.FLOAT ? floats : doubles;
    }

    /** Equal shape, precision and bitwise equal values. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor t
                && precision == t.precision
                && Arrays.equals(shape, t.shape)
                && Arrays.equals(floats, t.floats)
                && Arrays.equals(doubles, t.doubles);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(floats) + Arrays.hashCode(doubles);
    }

    @Override
    public String toString() {
        return "Tensor%s".formatted(Arrays.toString(shape));
    }
}
