package dev.engram.learning;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import dev.engram.network.Evaluation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
 * <p>Where there are more patterns than nodes, the sums of {@link SufficientStatistics} are enough; where the rates are those of orthogonal start
 * codes, {@link OrthogonalRates} know the inverse.
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
    public boolean turns() {
        return true;
    }

    @Override
    public boolean learnsInParts() {
        return true;
    }

    @Override
    public boolean needsRates() {
        return true;
    }

    @Override
    public WeightUpdate start(LinearAlgebra la, GenerativeNetwork network) {
        return new WeightUpdate() {
            @Override
            public OptionalDouble apply(ValueNodes x, Evaluation found) {
                return applyFirst(x, found, new StartCodes(Matrix.zeros(0, 0), 0));
            }

            @Override
            public OptionalDouble apply(UpdateSums sums) {
                double left = 0;
                for (int l = network.hiddenLayers(); l >= 1; l--) {
                    left += improve(la, sums.layer(l), network.weights(l));
                }
                moveMemory(network, sums.meanPriorError());
                return OptionalDouble.of(left);
            }

            @Override
            public OptionalDouble applyFirst(ValueNodes x, Evaluation found, StartCodes codes) {
                int top = network.hiddenLayers();
                double left = 0;
                for (int l = top; l >= 1; l--) {
                    Matrix f = network.activation().values(x.layer(l));
                    Matrix error = found.errors().get(l - 1);
                    Optional<OrthogonalRates> orthogonal = l == top && codes.squaredLength() > 0
                            ? OrthogonalRates.of(f, x.layer(l), codes, network.memoryVector())
                            : Optional.empty();
                    left += improve(la, f, error, orthogonal, network.weights(l));
                }
                moveMemory(network, found.errors().get(top).meanRow());
                return OptionalDouble.of(left);
            }
        };
    }

    /** θ += the ridge regression of the errors on the rates, on the smaller side; returns the Σ |ε|² that is left. */
    private double improve(
            LinearAlgebra la, Matrix f, Matrix error, Optional<OrthogonalRates> orthogonal, Matrix theta) {
        if (f.rows() > f.columns()) {
            SufficientStatistics sums = new SufficientStatistics(f.columns(), error.columns());
            return improve(la, sums.add(la, f, error), theta);
        }
        double c = absolute(ridge, f.squaredLength(), f.rows());
        DoubleMatrix dual = orthogonal.map(rates -> rates.solve(la, c, error)).orElseGet(() -> la.choleskyInPlace(
                        la.gramOfRows(f).addToDiagonal(c))
                .solve(error.toDouble()));
        la.multiply(1, dual.toFloat(), Transpose.YES, f, Transpose.NO, 1, theta);
        return c * c * dual.squaredLength(); // with D the dual, E - F Fᵀ D = c D
    }

    /** θ += B (A + cI)⁻¹; returns the Σ |ε|² that is left. */
    double improve(LinearAlgebra la, SufficientStatistics sums, Matrix theta) {
        SufficientStatistics.Change change = sums.leastSquares(la, ridge);
        for (int i = 0; i < theta.data().length; i++) {
            theta.data()[i] += (float) change.weights().data()[i];
        }
        return change.squaresLeft();
    }

    /** b += β times the mean ε^L. */
    void moveMemory(GenerativeNetwork network, float[] mean) {
        for (int i = 0; i < mean.length; i++) {
            network.memoryVector()[i] += (float) memoryRate * mean[i];
        }
    }

    /** c, for rates whose squared lengths have this sum. */
    static double absolute(double ridge, double squares, long patterns) {
        return ridge * Math.max(squares / patterns, Double.MIN_NORMAL);
    }
}
