package dev.engram.linalg;

import org.netlib.util.intW;

/**
 * The eigenvalues and eigenvectors of a symmetric matrix.
 *
 * @param values [n], ascending
 * @param vectors [n, n]; row i is the unit eigenvector of {@code values[i]}
 */
public record SymmetricEigen(double[] values, DoubleMatrix vectors) {
    static SymmetricEigen of(LinearAlgebra la, DoubleMatrix matrix) {
        int n = matrix.rows();
        if (n != matrix.columns()) {
            throw new IllegalArgumentException(
                    "Eigenvectors of a symmetric matrix need a square one; this is " + matrix);
        }
        double[] values = new double[n];
        DoubleMatrix vectors = matrix.copy();
        if (n > 0) {
            double[] work = new double[Math.addExact(1 + 6 * n, Math.multiplyExact(2 * n, n))];
            int[] integers = new int[3 + 5 * n];
            intW info = new intW(0);
            double[] a = vectors.data();
            la.lapack(to -> to.dsyevd(
                    "V", "U", n, a, 0, n, values, 0, work, 0, work.length, integers, 0, integers.length, info));
            if (info.val != 0) {
                throw new ArithmeticException(
                        "The eigenvalues of %s were not found (LAPACK dsyevd says %d). Maybe it holds NaN."
                                .formatted(matrix, info.val));
            }
        }
        return new SymmetricEigen(values, vectors);
    }
}
