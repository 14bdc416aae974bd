package dev.engram.linalg;

/**
 * A matrix [rows, columns] that lies row after row, without gaps, in a part of a tensor.
 *
 * @param offset where in the tensor's array it begins
 */
public record Block(Tensor tensor, int offset, int rows, int columns) {
    public Block {
        if (offset < 0 || rows < 0 || columns < 0 || (long) offset + (long) rows * columns > tensor.size()) {
            throw new IllegalArgumentException(
                    "A block [%d, %d] at offset %d does not lie within %s.".formatted(rows, columns, offset, tensor));
        }
    }

    /** A whole tensor as a matrix with that many columns. */
    public static Block of(Tensor tensor, int columns) {
        return new Block(tensor, 0, columns == 0 ? 0 : tensor.size() / columns, columns);
    }

    /** A whole matrix. */
    static Block of(Matrix matrix) {
        return new Block(Tensor.of(matrix), 0, matrix.rows(), matrix.columns());
    }

    /** A whole matrix in double precision. */
    static Block of(DoubleMatrix matrix) {
        return new Block(
                Tensor.wrap(matrix.data(), matrix.rows(), matrix.columns()), 0, matrix.rows(), matrix.columns());
    }

    /** Multiplies every value, in place; by 0 whatever was there becomes 0. */
    void scale(double factor) {
        for (int i = offset; i < offset + rows * columns; i++) {
            if (tensor.precision() == Precision.FLOAT) {
                tensor.floats()[i] = factor == 0 ? 0 : (float) factor * tensor.floats()[i];
            } else {
                tensor.doubles()[i] = factor == 0 ? 0 : factor * tensor.doubles()[i];
            }
        }
    }
}
