package dev.engram.linalg;

/** Whether a factor enters a product as it is or transposed. */
public enum Transpose {
    NO,
    YES;

    String blas() {
        return this == NO ? "N" : "T";
    }
}
