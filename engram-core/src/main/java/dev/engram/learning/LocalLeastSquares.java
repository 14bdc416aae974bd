package dev.engram.learning;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import dev.engram.network.GenerativeNetwork;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A learning rule in which each layer's weights jump to the minimiser of their own part of the energy instead of stepping towards it: the
 * ridge regression that predicts the errors of layer l-1 from f(x^l). With patterns as the rows of F = f(x^l) [N, n] and E = ε^{l-1} [N,
 * m]:
 *
 * <pre>
 *   θ^l += Eᵀ (F Fᵀ + ρ tr(F Fᵀ)/N · I)⁻¹ F
 *   b   += β (1/N) Σ ε^L
 * </pre>
 *
 * <p>It lowers the same energy as Eq. 4 and 5 and is as local as they are. The solve is done on the smaller of the two sides, N or n, in
 * double precision.
 *
 * @param ridge ρ, the ridge relative to the mean squared length of a row of F; positive. Small values make the weights interpolate the
 *     patterns, which completion needs
 * @param memoryRate β, how far b moves towards the mean of x^L, between 0 and 1
 */
public record LocalLeastSquares(double ridge, double memoryRate) implements LearningRule {
    public LocalLeastSquares {
        if (!(ridge > 0) || Double.isInfinite(ridge) || !(memoryRate >= 0 && memoryRate <= 1)) {
            throw new IllegalArgumentException(
                    "Local least squares needs a positive ridge (%s) and a memory rate between 0 and 1 (%s)."
                            .formatted(ridge, memoryRate));
        }
    }

    @Override
    public Map<String, String> describe() {
        Map<String, String> named = new LinkedHashMap<>();
        named.put("learning", "local-least-squares");
        named.put("ridge", String.valueOf(ridge));
        named.put("memory_rate", String.valueOf(memoryRate));
        return named;
    }

    @Override
    public OptionalDouble plainStep(int patterns) {
        return OptionalDouble.empty();
    }

    @Override
    public WeightUpdate start(LinearAlgebra la, GenerativeNetwork network) {
        return (x, found) -> {
            for (int l = 1; l <= network.hiddenLayers(); l++) {
                DoubleMatrix f = network.activation().values(x.layer(l)).toDouble();
                Matrix error = found.errors().get(l - 1);
                la.multiply(1, error, Transpose.YES, regressor(la, f).toFloat(), Transpose.NO, 1, network.weights(l));
            }
            float[] mean = found.errors().get(network.hiddenLayers()).meanRow();
            for (int i = 0; i < mean.length; i++) {
                network.memoryVector()[i] += (float) memoryRate * mean[i];
            }
        };
    }

    /** (F Fᵀ + cI)⁻¹ F = F (FᵀF + cI)⁻¹, [N, n], on the smaller side. */
    private DoubleMatrix regressor(LinearAlgebra la, DoubleMatrix f) {
        boolean byPatterns = f.rows() <= f.columns();
        DoubleMatrix gram = byPatterns
                ? la.product(f, Transpose.NO, f, Transpose.YES)
                : la.product(f, Transpose.YES, f, Transpose.NO);
        gram.symmetrise();
        double c = ridge * Math.max(gram.trace() / f.rows(), Double.MIN_NORMAL);
        DoubleMatrix inverse = la.choleskyInPlace(gram.addToDiagonal(c)).inverse();
        return byPatterns
                ? la.product(inverse, Transpose.NO, f, Transpose.NO)
                : la.product(f, Transpose.NO, inverse, Transpose.NO);
    }
}
