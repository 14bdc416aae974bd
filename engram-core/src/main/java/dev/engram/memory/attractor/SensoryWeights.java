package dev.engram.memory.attractor;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.SymmetricEigen;
import dev.engram.linalg.Transpose;
import dev.engram.network.LinearMap;
import java.util.Arrays;
import java.util.Optional;

/**
 * A copy of sensory weights θ that is changed pattern by pattern, in whichever form it is kept: as a matrix [values, n], or as Uᵀ Ŵ, where a
 * pattern outside the span of U adds a row to both.
 */
final class SensoryWeights {
    private final LinearAlgebra la;
    private final Optional<Directions> basis; // U
    private Matrix factor; // θ or Ŵ, with room for more rows

    private SensoryWeights(LinearAlgebra la, Optional<Directions> basis, Matrix factor) {
        this.la = la;
        this.basis = basis;
        this.factor = factor;
    }

    /** @param more how many patterns are going to be written */
    static SensoryWeights copyOf(LinearAlgebra la, LinearMap map, int more) {
        if (map instanceof LinearMap.Spanned spanned) {
            Matrix kept = spanned.factor();
            float[] roomy = Arrays.copyOf(kept.data(), (kept.rows() + more) * kept.columns());
            return new SensoryWeights(
                    la,
                    Optional.of(new Directions(spanned.basis(), more)),
                    Matrix.wrap(kept.rows() + more, kept.columns(), roomy));
        }
        return new SensoryWeights(la, Optional.empty(), map.matrix(la).copy());
    }

    private int rows() {
        return basis.map(Directions::count).orElse(factor.rows());
    }

    /** θ += (x - θ f) qᵀ/|q|². */
    void write(float[] x, float[] f, double[] q) {
        double squares = Math.pow(Directions.norm(q), 2);
        basis.ifPresent(u -> u.add(x));
        double[] inside = basis.map(u -> u.coordinates(x)).orElse(new double[0]);
        int n = factor.columns();
        float[] theta = factor.data();
        for (int k = 0; k < rows(); k++) {
            double error = basis.isPresent() ? inside[k] : x[k];
            for (int j = 0; j < n; j++) {
                error -= theta[k * n + j] * f[j];
            }
            double step = error / squares;
            for (int j = 0; j < n; j++) {
                theta[k * n + j] += (float) (step * q[j]);
            }
        }
    }

    /** θ f for every row f, in coordinates of U where there is one. */
    Matrix generated(Matrix rates) {
        return la.product(rates, Transpose.NO, factor.slice(0, rows()), Transpose.YES);
    }

    /**
     * θ → (I - VᵀV) θ (I - QᵀQ). In the span form the directions V leave U too.
     *
     * @param v orthonormal rows, in the coordinates of {@link #generated}
     * @param q orthonormal rows
     */
    SensoryWeights without(Matrix v, Matrix q) {
        Matrix theta = factor.slice(0, rows());
        Matrix alongQ = la.product(theta, Transpose.NO, q, Transpose.YES);
        la.multiply(-1, alongQ, Transpose.NO, q, Transpose.NO, 1, theta);
        Matrix alongV = la.product(v, Transpose.NO, theta, Transpose.NO);
        la.multiply(-1, v, Transpose.YES, alongV, Transpose.NO, 1, theta);
        if (basis.isEmpty()) {
            return new SensoryWeights(la, basis, theta);
        }
        Matrix rest = complement(v);
        Matrix u = la.product(rest, Transpose.NO, basis.get().from(0), Transpose.NO);
        return new SensoryWeights(
                la, Optional.of(new Directions(u, 0)), la.product(rest, Transpose.NO, theta, Transpose.NO));
    }

    /** Orthonormal rows at right angles to those of V: the eigenvectors of VᵀV of eigenvalue 0. */
    private Matrix complement(Matrix v) {
        DoubleMatrix wide = v.toDouble();
        SymmetricEigen eigen =
                la.eigen(la.product(wide, Transpose.YES, wide, Transpose.NO).symmetrise());
        return eigen.vectors().toFloat().slice(0, v.columns() - v.rows());
    }

    LinearMap map() {
        return basis.<LinearMap>map(u -> new LinearMap.Spanned(u.from(0), factor.slice(0, rows())))
                .orElseGet(() -> new LinearMap.Dense(factor));
    }
}
