package dev.engram.linalg;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A dense matrix of 64-bit doubles, row-major, for the places where rounding accumulates: Gram matrices, least squares,
 * Newton systems. Element (i, j) is {@code data()[i * columns() + j]}; the array is live.
 */
public final class DoubleMatrix implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int TILE = 16; // what stays in the cache while it is transposed

    private final int rows;
    private final int columns;
    private final double[] data;

    private DoubleMatrix(int rows, int columns, double[] data) {
        this.rows = rows;
        this.columns = columns;
        this.data = data;
    }

    /** A matrix of zeros. */
    public static DoubleMatrix zeros(int rows, int columns) {
        return new DoubleMatrix(rows, columns, new double[Math.multiplyExact(rows, columns)]);
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** The live backing array, row-major. */
    public double[] data() {
        return data;
    }

    public double get(int row, int column) {
        return data[row * columns + column];
    }

    public void set(int row, int column, double value) {
        data[row * columns + column] = value;
    }

    /** A copy of one row. */
    public double[] row(int row) {
        return Arrays.copyOfRange(data, row * columns, (row + 1) * columns);
    }

    /** The chosen rows, copied, in the given order. */
    public DoubleMatrix rows(int... indices) {
        DoubleMatrix chosen = zeros(indices.length, columns);
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(data, indices[i] * columns, chosen.data, i * columns, columns);
        }
        return chosen;
    }

    /** Overwrites the named rows with those of another matrix, in the order given: undoes {@link #rows}. */
    public void setRows(int[] indices, DoubleMatrix chosen) {
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(chosen.data, i * columns, data, indices[i] * columns, columns);
        }
    }

    /** The chosen columns, copied, in the given order. */
    public DoubleMatrix columns(int... indices) {
        DoubleMatrix chosen = zeros(rows, indices.length);
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < indices.length; k++) {
                chosen.data[i * indices.length + k] = data[i * columns + indices[k]];
            }
        }
        return chosen;
    }

    /** These rows, and those of another matrix of as many columns below them. */
    public DoubleMatrix below(DoubleMatrix others) {
        DoubleMatrix all = zeros(rows + others.rows, columns);
        System.arraycopy(data, 0, all.data, 0, data.length);
        System.arraycopy(others.data, 0, all.data, data.length, others.data.length);
        return all;
    }

    /** Whether all rows are equal. */
    public boolean rowsAreEqual() {
        for (int i = 1; i < rows; i++) {
            if (!Arrays.equals(data, 0, columns, data, i * columns, (i + 1) * columns)) {
                return false;
            }
        }
        return true;
    }

    /** The mean of the rows, [columns]. */
    public double[] meanRow() {
        double[] mean = new double[columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                mean[j] += data[i * columns + j] / rows;
            }
        }
        return mean;
    }

    /** Subtracts a row from every row, in place. */
    public DoubleMatrix subtractRow(double[] row) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                data[i * columns + j] -= row[j];
            }
        }
        return this;
    }

    /** The sum of the squares of every row, [rows]. */
    public double[] squaredLengths() {
        double[] squares = new double[rows];
        Arrays.setAll(squares, this::squaredLength);
        return squares;
    }

    /** The Euclidean length of a row. */
    public double length(int row) {
        return Math.sqrt(squaredLength(row));
    }

    /** The sum of the squares of all values. */
    public double squaredLength() {
        double sum = 0;
        for (double value : data) {
            sum += value * value;
        }
        return sum;
    }

    /** Adds another of the same shape, in place. */
    public DoubleMatrix add(DoubleMatrix other) {
        if (rows != other.rows || columns != other.columns) {
            throw new IllegalArgumentException("%s cannot be added to %s.".formatted(other, this));
        }
        for (int i = 0; i < data.length; i++) {
            data[i] += other.data[i];
        }
        return this;
    }

    /** The sum of the squares of a row. */
    public double squaredLength(int row) {
        double sum = 0;
        for (int i = row * columns; i < (row + 1) * columns; i++) {
            sum += data[i] * data[i];
        }
        return sum;
    }

    public DoubleMatrix copy() {
        return new DoubleMatrix(rows, columns, data.clone());
    }

    /** The transpose, copied. */
    public DoubleMatrix transpose() {
        DoubleMatrix transpose = zeros(columns, rows);
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

    /** Multiplies one row, in place. */
    public void scaleRow(int row, double factor) {
        for (int j = 0; j < columns; j++) {
            data[row * columns + j] *= factor;
        }
    }

    /** Multiplies one column, in place. */
    public void scaleColumn(int column, double factor) {
        for (int i = 0; i < rows; i++) {
            data[i * columns + column] *= factor;
        }
    }

    /** The single-precision copy, rounded to nearest. */
    public Matrix toFloat() {
        Matrix copy = Matrix.zeros(rows, columns);
        float[] out = copy.data();
        for (int i = 0; i < data.length; i++) {
            out[i] = (float) data[i];
        }
        return copy;
    }

    /** Replaces a square matrix by the mean of itself and its transpose, in place. */
    public DoubleMatrix symmetrise() {
        for (int i0 = 0; i0 < rows; i0 += TILE) {
            for (int j0 = 0; j0 <= i0; j0 += TILE) {
                for (int i = i0; i < Math.min(rows, i0 + TILE); i++) {
                    for (int j = j0; j < Math.min(i, j0 + TILE); j++) {
                        double mean = 0.5 * (data[i * columns + j] + data[j * columns + i]);
                        data[i * columns + j] = mean;
                        data[j * columns + i] = mean;
                    }
                }
            }
        }
        return this;
    }

    /** Adds a constant to the diagonal, in place. */
    public DoubleMatrix addToDiagonal(double value) {
        for (int i = 0; i < Math.min(rows, columns); i++) {
            data[i * columns + i] += value;
        }
        return this;
    }

    /** The sum of the diagonal. */
    public double trace() {
        double sum = 0;
        for (int i = 0; i < Math.min(rows, columns); i++) {
            sum += data[i * columns + i];
        }
        return sum;
    }

    @Override
    public String toString() {
        return "DoubleMatrix[%d, %d]".formatted(rows, columns);
    }
}
