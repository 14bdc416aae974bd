package dev.engram.linalg;

import dev.ludovic.netlib.lapack.LAPACK;
import java.util.Arrays;
import org.netlib.util.intW;

/** A = L Lᵀ of a symmetric positive definite matrix, in double precision. */
public final class Cholesky {
    // In BLAS's column-major eyes a row-major lower triangle is an upper one.
    private static final String TRIANGLE = "U";

    private final LAPACK lapack;
    private final DoubleMatrix factor;

    private Cholesky(LAPACK lapack, DoubleMatrix factor) {
        this.lapack = lapack;
        this.factor = factor;
    }

    static Cholesky factor(LAPACK lapack, DoubleMatrix matrix) {
        int n = matrix.rows();
        if (n != matrix.columns()) {
            throw new IllegalArgumentException("A Cholesky factorisation needs a square matrix; this one is " + matrix);
        }
        if (n > 0) {
            intW info = new intW(0);
            lapack.dpotrf(TRIANGLE, n, matrix.data(), 0, n, info);
            if (info.val != 0) {
                throw new ArithmeticException(
                        "The matrix is not positive definite (leading minor %d of %d). Maybe a larger ridge or prior precision helps."
                                .formatted(info.val, n));
            }
        }
        return new Cholesky(lapack, matrix);
    }

    /** Overwrites the vector b with the solution x of A x = b. */
    public void solve(double[] b) {
        int n = factor.rows();
        if (b.length != n) {
            throw new IllegalArgumentException(
                    "The right side has %d values, the matrix %d rows.".formatted(b.length, n));
        }
        if (n > 0) {
            lapack.dpotrs(TRIANGLE, n, 1, factor.data(), 0, n, b, 0, n, new intW(0));
        }
    }

    /** L, [n, n], with zeros above its diagonal. */
    public DoubleMatrix lower() {
        int n = factor.rows();
        DoubleMatrix lower = factor.copy();
        for (int i = 0; i < n; i++) {
            Arrays.fill(lower.data(), i * n + i + 1, (i + 1) * n, 0);
        }
        return lower;
    }

    /** L⁻¹, [n, n], with zeros above its diagonal. */
    public DoubleMatrix inverseLower() {
        int n = factor.rows();
        DoubleMatrix inverse = lower();
        if (n > 0) {
            lapack.dtrtri(TRIANGLE, "N", n, inverse.data(), 0, n, new intW(0));
        }
        return inverse;
    }

    /** The smallest over the largest element of L's diagonal: near 0 where A is nearly singular; 1 for an empty matrix. */
    public double pivotRatio() {
        double smallest = Double.POSITIVE_INFINITY;
        double largest = 0;
        for (int i = 0; i < factor.rows(); i++) {
            smallest = Math.min(smallest, factor.get(i, i));
            largest = Math.max(largest, factor.get(i, i));
        }
        return factor.rows() == 0 ? 1 : smallest / largest;
    }

    /** The inverse of A, [n, n], symmetric. */
    public DoubleMatrix inverse() {
        int n = factor.rows();
        DoubleMatrix inverse = factor.copy();
        double[] a = inverse.data();
        if (n > 0) {
            lapack.dpotri(TRIANGLE, n, a, 0, n, new intW(0));
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                a[j * n + i] = a[i * n + j];
            }
        }
        return inverse;
    }
}
