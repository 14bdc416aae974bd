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

    /** A whole tensor as a matrix of so many columns. */
    public static Block of(Tensor tensor, int columns) {
        return new Block(tensor, 0, columns == 0 ? 0 : tensor.size() / columns, columns);
    }
}
