package dev.engram.inference.internal;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Transpose;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The {@link KnownPart} in the eigenvectors B of a {@link SpannedGram}:
 *
 * <pre>
 *   C = c B,   G = B' diag(σ²) B,   (λI + G)⁻¹ = (I - B' diag(σ²/(λ+σ²)) B) / λ
 * </pre>
 *
 * <p>One decomposition serves every λ, nothing costs n², and C - G r cancels in r coordinates, where the error is
 * not magnified by 1/λ.
 *
 * @param eigen B, [r, n]
 * @param squaredSingular σ², [r]
 * @param coordinates c, [cues, r]
 * @param outside the energy of what no rates can explain, ½|x_K|² - ½|c/σ|², per cue
 */
record SpannedKnownPart(
        LinearAlgebra la, DoubleMatrix eigen, double[] squaredSingular, DoubleMatrix coordinates, double[] outside)
        implements KnownPart {
    @Override
    public int size() {
        return eigen.columns();
    }

    @Override
    public double drive(int cue) {
        return coordinates.length(cue);
    }

    @Override
    public double resolution(int cue, double energy) {
        return 1e-13 * energy;
    }

    @Override
    public DoubleMatrix pull(int[] cues, DoubleMatrix rates, double[] energy) {
        int r = eigen.rows();
        DoubleMatrix along = la.product(rates, Transpose.NO, eigen, Transpose.YES);
        for (int i = 0; i < cues.length; i++) {
            double sum = outside[cues[i]];
            for (int k = 0; k < r; k++) {
                int at = i * r + k;
                along.data()[at] = coordinates.get(cues[i], k) - squaredSingular[k] * along.data()[at];
                sum += 0.5 * along.data()[at] * along.data()[at] / squaredSingular[k];
            }
            energy[cues[i]] = sum;
        }
        return la.product(along, Transpose.NO, eigen, Transpose.NO);
    }

    @Override
    public Resolvent resolvent(double lambda) {
        double[] share =
                Arrays.stream(squaredSingular).map(s -> s / (lambda + s)).toArray();
        return new Resolvent() {
            @Override
            public DoubleMatrix times(DoubleMatrix rows) {
                DoubleMatrix along = la.product(rows, Transpose.NO, eigen, Transpose.YES);
                for (int k = 0; k < share.length; k++) {
                    along.scaleColumn(k, share[k]);
                }
                DoubleMatrix result = rows.copy();
                la.multiply(-1 / lambda, along, Transpose.NO, eigen, Transpose.NO, 1 / lambda, result);
                return result;
            }

            @Override
            public void keepFixed(double[] step, int[] outside) {
                DoubleMatrix part = eigen.columns(outside);
                DoubleMatrix weighted = part.copy();
                for (int k = 0; k < share.length; k++) {
                    weighted.scaleRow(k, -share[k]);
                }
                // λ P_FF = I - B_F' diag(share) B_F
                DoubleMatrix block = la.product(weighted, Transpose.YES, part, Transpose.NO)
                        .symmetrise()
                        .addToDiagonal(1);
                double[] nu = IntStream.of(outside).mapToDouble(i -> step[i]).toArray();
                la.choleskyInPlace(block).solve(nu);
                for (int k = 0; k < share.length; k++) {
                    double along = 0;
                    for (int i = 0; i < outside.length; i++) {
                        along += weighted.get(k, i) * nu[i];
                    }
                    for (int j = 0; j < step.length; j++) {
                        step[j] -= along * eigen.data()[k * step.length + j];
                    }
                }
                for (int i : outside) {
                    step[i] = 0;
                }
            }

            @Override
            public double[] solveActive(double[] gradient, int[] active) {
                // (λI + J_A'J_A)⁻¹ g = (g - J_A'(λI + J_A J_A')⁻¹ J_A g) / λ with J = diag(σ) B
                DoubleMatrix j = eigen.columns(active);
                for (int k = 0; k < squaredSingular.length; k++) {
                    j.scaleRow(k, Math.sqrt(squaredSingular[k]));
                }
                double[] g = IntStream.of(active).mapToDouble(i -> gradient[i]).toArray();
                double[] along = new double[j.rows()];
                for (int k = 0; k < along.length; k++) {
                    for (int i = 0; i < g.length; i++) {
                        along[k] += j.get(k, i) * g[i];
                    }
                }
                la.choleskyInPlace(la.gramOfRows(j).addToDiagonal(lambda)).solve(along);
                double[] step = new double[size()];
                for (int i = 0; i < g.length; i++) {
                    double rest = g[i];
                    for (int k = 0; k < along.length; k++) {
                        rest -= j.get(k, i) * along[k];
                    }
                    step[active[i]] = rest / lambda;
                }
                return step;
            }
        };
    }
}
