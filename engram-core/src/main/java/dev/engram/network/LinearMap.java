package dev.engram.network;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import java.io.Serializable;

/** The weights θ between two layers, as a linear map that predicts the lower layer and sends its errors up. Shape [out, in]. */
public sealed interface LinearMap extends Serializable {
    /** Nodes of the lower layer. */
    int rows();

    /** Nodes of the upper layer. */
    int columns();

    /** How many directions the weights reach the lower layer in, at most: one for each column, or those of the span. */
    int directions();

    /** How many numbers are kept. */
    long values();

    /** out = α f θᵀ + β out; f is [cues, columns], out [cues, rows]. */
    void predict(LinearAlgebra la, float alpha, Matrix f, float beta, Matrix out);

    /** out = α error θ; error is [cues, rows], out [cues, columns]. */
    void feedback(LinearAlgebra la, float alpha, Matrix error, Matrix out);

    /** An upper bound of the largest singular value (a power iteration's result plus a margin). */
    double spectralNorm(LinearAlgebra la);

    /** θ as a matrix [rows, columns]; live where it is kept as one. */
    Matrix matrix(LinearAlgebra la);

    LinearMap copy();

    boolean isFinite();

    /** Whether there is nothing but zeros, as before the first update. */
    boolean isZero();

    /** θ itself. */
    record Dense(Matrix theta) implements LinearMap {
        @Override
        public int rows() {
            return theta.rows();
        }

        @Override
        public int columns() {
            return theta.columns();
        }

        @Override
        public int directions() {
            return columns();
        }

        @Override
        public long values() {
            return theta.data().length;
        }

        @Override
        public void predict(LinearAlgebra la, float alpha, Matrix f, float beta, Matrix out) {
            if (beta == 1 && isZero()) {
                return;
            }
            la.multiply(alpha, f, Transpose.NO, theta, Transpose.YES, beta, out);
        }

        @Override
        public void feedback(LinearAlgebra la, float alpha, Matrix error, Matrix out) {
            la.multiply(alpha, error, Transpose.NO, theta, Transpose.NO, 0, out);
        }

        @Override
        public double spectralNorm(LinearAlgebra la) {
            return SpectralNorm.of(la, theta);
        }

        @Override
        public Matrix matrix(LinearAlgebra la) {
            return theta;
        }

        @Override
        public LinearMap copy() {
            return new Dense(theta.copy());
        }

        @Override
        public boolean isZero() {
            return theta.isZero();
        }

        @Override
        public boolean isFinite() {
            return theta.isFinite();
        }
    }

    /**
     * θ = Uᵀ Ŵ: every column is a sum of the orthonormal rows of U, the span of the stored patterns.
     *
     * <p>Nothing costs more than r (rows + columns) multiplications a cue, and nothing is kept that the patterns do not reach: r (rows +
     * columns) numbers instead of rows · columns.
     *
     * @param basis U, [r, rows]
     * @param factor Ŵ, [r, columns]
     */
    record Spanned(Matrix basis, Matrix factor) implements LinearMap {
        public Spanned {
            if (basis.rows() != factor.rows()) {
                throw new IllegalArgumentException(
                        "The basis %s and the factor %s must have as many rows as each other."
                                .formatted(basis, factor));
            }
        }

        @Override
        public int rows() {
            return basis.columns();
        }

        @Override
        public int columns() {
            return factor.columns();
        }

        @Override
        public int directions() {
            return basis.rows();
        }

        @Override
        public long values() {
            return (long) basis.data().length + factor.data().length;
        }

        @Override
        public void predict(LinearAlgebra la, float alpha, Matrix f, float beta, Matrix out) {
            Matrix coordinates = la.product(f, Transpose.NO, factor, Transpose.YES);
            la.multiply(alpha, coordinates, Transpose.NO, basis, Transpose.NO, beta, out);
        }

        @Override
        public void feedback(LinearAlgebra la, float alpha, Matrix error, Matrix out) {
            Matrix coordinates = la.product(error, Transpose.NO, basis, Transpose.YES);
            la.multiply(alpha, coordinates, Transpose.NO, factor, Transpose.NO, 0, out);
        }

        @Override
        public double spectralNorm(LinearAlgebra la) {
            return SpectralNorm.of(la, factor); // U has orthonormal rows
        }

        @Override
        public Matrix matrix(LinearAlgebra la) {
            return la.product(basis, Transpose.YES, factor, Transpose.NO);
        }

        @Override
        public LinearMap copy() {
            return new Spanned(basis, factor.copy());
        }

        @Override
        public boolean isZero() {
            return factor.isZero();
        }

        @Override
        public boolean isFinite() {
            return basis.isFinite() && factor.isFinite();
        }
    }
}
