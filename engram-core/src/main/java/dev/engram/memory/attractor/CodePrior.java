package dev.engram.memory.attractor;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import java.util.Arrays;

/**
 * A prior over the top layer x whose minima are the codes of the stored patterns:
 *
 * <pre>
 *   E_L(x) = -(λ/β) log Σ_i w_i exp(-β/2 |x - c_i|²)
 *          ≤ λ Σ_i p_i (½ |x - c_i|² + (1/β) log(p_i / w_i))        for any p of sum 1, with equality at
 *   p_i    = softmax_i(log w_i - β/2 |x - c_i|²)
 * </pre>
 *
 * <p>-∂E_L/∂x = λ (Σ_i p_i c_i - x): for fixed p the prior is that of a memory vector m = Σ_i p_i c_i, and x → m is the update of a modern
 * Hopfield network with Euclidean similarity. With one code E_L is λ/2 |x - b|² with b = c_1, whatever β.
 *
 * <p>Codes are kept less their mean, in double precision: what tells them apart is small beside what they share.
 */
final class CodePrior {
    private final LinearAlgebra la;
    private final DoubleMatrix centred;
    private final double[] mean;
    private final double[] squares;
    private final double[] logWeights;
    private final double spacing;

    CodePrior(LinearAlgebra la, Codes codes) {
        this.la = la;
        this.centred = codes.values().toDouble();
        this.mean = centred.meanRow();
        centred.subtractRow(mean);
        this.squares = centred.squaredLengths();
        this.logWeights = Arrays.stream(codes.weights()).map(Math::log).toArray();
        this.spacing = medianNearest();
    }

    /** The median over the codes of the squared distance to the nearest other: the scale of β. 1 where there is no other. */
    private double medianNearest() {
        int n = squares.length;
        DoubleMatrix distances = squaredDistances(centred);
        double[] nearest = new double[n];
        for (int i = 0; i < n; i++) {
            nearest[i] = Double.POSITIVE_INFINITY;
            for (int j = 0; j < n; j++) {
                if (j != i) {
                    nearest[i] = Math.min(nearest[i], distances.get(i, j));
                }
            }
        }
        Arrays.sort(nearest);
        double median = nearest[n / 2];
        return median > 0 && median < Double.POSITIVE_INFINITY ? median : 1;
    }

    /** |x - c_i|² for rows x that have the mean taken off, [rows, codes]. */
    private DoubleMatrix squaredDistances(DoubleMatrix rows) {
        DoubleMatrix distances = la.product(rows, Transpose.NO, centred, Transpose.YES);
        double[] own = rows.squaredLengths();
        for (int i = 0; i < own.length; i++) {
            for (int j = 0; j < squares.length; j++) {
                int at = i * squares.length + j;
                distances.data()[at] =
                        Math.max(0, own[i] + squares[j] - 2 * distances.data()[at]);
            }
        }
        return distances;
    }

    /** What β is measured in: the median squared distance of a code to its nearest neighbour. */
    double spacing() {
        return spacing;
    }

    /** log w_i - β/2 |x - c_i|², [cues, codes]. */
    DoubleMatrix logits(Matrix x, double beta) {
        DoubleMatrix logits = squaredDistances(x.toDouble().subtractRow(mean));
        for (int at = 0; at < logits.data().length; at++) {
            logits.data()[at] = logWeights[at % logWeights.length] - 0.5 * beta * logits.data()[at];
        }
        return logits;
    }

    /** log w_i - the given energies [cues, codes], in place. */
    DoubleMatrix logitsOf(DoubleMatrix energies) {
        for (int at = 0; at < energies.data().length; at++) {
            energies.data()[at] = logWeights[at % logWeights.length] - energies.data()[at];
        }
        return energies;
    }

    /** log Σ_i exp(logit_i) of every row; the rows become their softmax p. */
    static double[] normalise(DoubleMatrix logits) {
        int n = logits.columns();
        double[] logSums = new double[logits.rows()];
        double[] p = logits.data();
        for (int cue = 0; cue < logSums.length; cue++) {
            double most = Double.NEGATIVE_INFINITY;
            for (int i = cue * n; i < (cue + 1) * n; i++) {
                most = Math.max(most, p[i]);
            }
            double sum = 0;
            for (int i = cue * n; i < (cue + 1) * n; i++) {
                p[i] = Math.exp(p[i] - most);
                sum += p[i];
            }
            for (int i = cue * n; i < (cue + 1) * n; i++) {
                p[i] /= sum;
            }
            logSums[cue] = most + Math.log(sum);
        }
        return logSums;
    }

    /** m = Σ_i p_i c_i, [cues, size(L)]. */
    Matrix means(DoubleMatrix p) {
        DoubleMatrix means = la.product(p, Transpose.NO, centred, Transpose.NO);
        for (int cue = 0; cue < means.rows(); cue++) {
            for (int j = 0; j < mean.length; j++) {
                means.data()[cue * mean.length + j] += mean[j];
            }
        }
        return means.toFloat();
    }
}
