package dev.engram.linalg;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A dense matrix of 32-bit floats, row-major, on the heap.
 *
 * <p>Element (i, j) is {@code data()[i * columns() + j]}. The array is the matrix, not a copy of it: what is written there is
 * written here, which is how the engines share memory with BLAS. Batches of patterns are {@code [patterns, values]}.
 */
public final class Matrix implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int TILE = 16; // what stays in the cache while it is transposed

    private final int rows;
    private final int columns;
    private final float[] data;

    private Matrix(int rows, int columns, float[] data) {
        this.rows = rows;
        this.columns = columns;
        this.data = data;
    }

    /** A matrix of zeros. */
    public static Matrix zeros(int rows, int columns) {
        return new Matrix(rows, columns, new float[length(rows, columns)]);
    }

    /**
     * A matrix over the given array, without copying.
     *
     * @throws IllegalArgumentException if the array does not hold exactly {@code rows * columns} values
     */
    public static Matrix wrap(int rows, int columns, float... data) {
        int length = length(rows, columns);
        if (data.length != length) {
            throw new IllegalArgumentException("The array length (%d) must be rows * columns (%d * %d = %d)."
                    .formatted(data.length, rows, columns, length));
        }
        return new Matrix(rows, columns, data);
    }

    /**
     * A matrix holding a copy of the given rows.
     *
     * @throws IllegalArgumentException if the rows differ in length
     */
    public static Matrix ofRows(float[]... rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        Matrix matrix = zeros(rows.length, columns);
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != columns) {
                throw new IllegalArgumentException(
                        "Row %d has %d values, row 0 has %d; they must agree.".formatted(i, rows[i].length, columns));
            }
            System.arraycopy(rows[i], 0, matrix.data, i * columns, columns);
        }
        return matrix;
    }

    private static int length(int rows, int columns) {
        if (rows < 0 || columns < 0) {
            throw new IllegalArgumentException(
                    "A matrix cannot have %d rows and %d columns; both must be at least 0.".formatted(rows, columns));
        }
        long length = (long) rows * columns;
        if (length > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "A matrix of %d rows and %d columns has %d values; a Java array holds at most %d. Maybe use fewer patterns or a smaller layer."
                            .formatted(rows, columns, length, Integer.MAX_VALUE - 8));
        }
        return (int) length;
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** The live backing array, row-major. */
    public float[] data() {
        return data;
    }

    public float get(int row, int column) {
        return data[row * columns + column];
    }

    public void set(int row, int column, float value) {
        data[row * columns + column] = value;
    }

    /** A copy of one row. */
    public float[] row(int row) {
        return Arrays.copyOfRange(data, row * columns, (row + 1) * columns);
    }

    /** A copy of the rows {@code from} (inclusive) to {@code to} (exclusive). */
    public Matrix slice(int from, int to) {
        return new Matrix(to - from, columns, Arrays.copyOfRange(data, from * columns, to * columns));
    }

    /** A copy of the named rows, in the order given. */
    public Matrix rows(int... indices) {
        Matrix chosen = zeros(indices.length, columns);
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(data, indices[i] * columns, chosen.data, i * columns, columns);
        }
        return chosen;
    }

    /** These rows, and those of another matrix of as many columns below them. */
    public Matrix below(Matrix others) {
        if (others.columns != columns) {
            throw new IllegalArgumentException("%s does not fit below %s.".formatted(others, this));
        }
        float[] all = Arrays.copyOf(data, data.length + others.data.length);
        System.arraycopy(others.data, 0, all, data.length, others.data.length);
        return new Matrix(rows + others.rows, columns, all);
    }

    /** The transpose, copied. */
    public Matrix transpose() {
        Matrix transpose = zeros(columns, rows);
        for (int i0 = 0; i0 < rows; i0 += TILE) {
            for (int j0 = 0; j0 < columns; j0 += TILE) {
                for (int j = j0; j < Math.min(columns, j0 + TILE); j++) {
                    for (int i = i0; i < Math.min(rows, i0 + TILE); i++) {
                        transpose.data[j * rows + i] = data[i * columns + j];
                    }
                }
            }
        }
        return transpose;
    }

    public Matrix copy() {
        return new Matrix(rows, columns, data.clone());
    }

    /** Overwrites this matrix with another of the same shape. */
    public void set(Matrix other) {
        requireShape(other.rows, other.columns);
        System.arraycopy(other.data, 0, data, 0, data.length);
    }

    /** Overwrites every row with the given one. */
    public void setRows(float[] row) {
        if (row.length != columns) {
            throw new IllegalArgumentException(
                    "The row has %d values; the matrix has %d columns.".formatted(row.length, columns));
        }
        for (int i = 0; i < rows; i++) {
            System.arraycopy(row, 0, data, i * columns, columns);
        }
    }

    /** Overwrites the named rows with those of another matrix, in the order given: undoes {@link #rows}. */
    public void setRows(int[] indices, Matrix chosen) {
        chosen.requireShape(indices.length, columns);
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(chosen.data, i * columns, data, indices[i] * columns, columns);
        }
    }

    /** Overwrites one row with a row of another matrix of as many columns. */
    public void setRow(int row, Matrix from, int fromRow) {
        System.arraycopy(from.data, fromRow * columns, data, row * columns, columns);
    }

    /** This less another of the same shape, as a new matrix. */
    public Matrix minus(Matrix other) {
        other.requireShape(rows, columns);
        Matrix difference = copy();
        for (int i = 0; i < data.length; i++) {
            difference.data[i] -= other.data[i];
        }
        return difference;
    }

    /** The mean of the rows, [columns], summed in double precision. */
    public float[] meanRow() {
        double[] sums = new double[columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                sums[j] += data[i * columns + j];
            }
        }
        float[] mean = new float[columns];
        for (int j = 0; j < columns; j++) {
            mean[j] = (float) (sums[j] / rows);
        }
        return mean;
    }

    /** The sum of the squares of one row, in double precision. */
    public double squaredLength(int row) {
        return squares(row * columns, (row + 1) * columns);
    }

    /** The sum of the squares of all values, in double precision. */
    public double squaredLength() {
        return squares(0, data.length);
    }

    private double squares(int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) data[i] * data[i];
        }
        return sum;
    }

    /** The double-precision copy. */
    public DoubleMatrix toDouble() {
        DoubleMatrix copy = DoubleMatrix.zeros(rows, columns);
        double[] out = copy.data();
        for (int i = 0; i < data.length; i++) {
            out[i] = data[i];
        }
        return copy;
    }

    /** The double-precision copy of the named columns, in the order given. */
    public DoubleMatrix columnsToDouble(int... indices) {
        DoubleMatrix copy = DoubleMatrix.zeros(rows, indices.length);
        copyColumns(0, rows, indices, copy);
        return copy;
    }

    /** Copies the named columns of some rows to where they belong in a matrix of these columns alone. */
    void copyColumns(int fromRow, int toRow, int[] indices, DoubleMatrix copy) {
        double[] out = copy.data();
        for (int i = fromRow; i < toRow; i++) {
            for (int k = 0; k < indices.length; k++) {
                out[i * indices.length + k] = data[i * columns + indices[k]];
            }
        }
    }

    /** Overwrites the columns from {@code from} on with those of another matrix of as many rows, rounded to nearest. */
    public void setColumns(int from, DoubleMatrix block) {
        int width = block.columns();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < width; j++) {
                data[i * columns + from + j] = (float) block.data()[i * width + j];
            }
        }
    }

    /** Whether there is nothing but zeros. */
    public boolean isZero() {
        for (float value : data) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether every value is finite. */
    public boolean isFinite() {
        // 0 times finite numbers is 0, 0 times anything else NaN. Four products, so that no factor waits for the one
        // before.
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int i = 0;
        for (; i + 3 < data.length; i += 4) {
            a *= data[i];
            b *= data[i + 1];
            c *= data[i + 2];
            d *= data[i + 3];
        }
        for (; i < data.length; i++) {
            a *= data[i];
        }
        return a + b + c + d == 0;
    }

    void requireShape(int expectedRows, int expectedColumns) {
        if (rows != expectedRows || columns != expectedColumns) {
            throw new IllegalArgumentException("A matrix of shape [%d, %d] was given where [%d, %d] was expected."
                    .formatted(rows, columns, expectedRows, expectedColumns));
        }
    }

    /** Equal shape and bitwise equal values. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Matrix m && rows == m.rows && columns == m.columns && Arrays.equals(data, m.data);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * rows + columns) + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "Matrix[%d, %d]".formatted(rows, columns);
    }
}
