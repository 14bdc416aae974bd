package dev.engram.memory.attractor;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

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
 * <p>Codes are kept less their mean: what tells them apart is small beside what they share. Distances come from products in single
 * precision, |x|² + |c_i|² - 2 x·c_i, whose rounding grows with the lengths and not with the distance. Where it could change a p_i by more
 * than {@value #VISIBLE} the distance is summed again, difference by difference in double precision: that is few codes, those nearest. Codes
 * whose p is so small that all of them together are below {@value #NEGLIGIBLE} count for nothing.
 */
final class CodePrior {
    private static final double ROUNDING = 1e-6; // of a product in single precision, over |x|² + |c|²
    private static final double VISIBLE = 1e-9;
    private static final double NEGLIGIBLE = 1e-6; // a thousandth of the tolerance to which p settles
    private static final double SMALLEST = -40; // logarithm of what is lost beside 1 in double precision
    private static final double COPY =
            1e-12; // of squared lengths: what rounding leaves between the codes of one pattern
    private static final int SAMPLED = 2048;
    private static final int BLOCK = 128;

    private final LinearAlgebra la;
    private final Matrix centred;
    private final double[] mean;
    private final double[] squares;
    private final double[] logWeights;
    private final double spacing;

    CodePrior(LinearAlgebra la, Codes codes) {
        this.la = la;
        this.centred = Matrix.zeros(codes.size(), codes.nodes());
        this.mean = new double[codes.nodes()];
        this.squares = new double[codes.size()];
        float[] values = codes.values().data();
        for (int at = 0; at < values.length; at++) {
            mean[at % mean.length] += (double) values[at] / codes.size();
        }
        for (int at = 0; at < values.length; at++) {
            centred.data()[at] = (float) (values[at] - mean[at % mean.length]);
        }
        Arrays.setAll(squares, centred::squaredLength);
        this.logWeights = Arrays.stream(codes.weights()).map(Math::log).toArray();
        this.spacing = medianNearest();
    }

    /**
     * The median over the codes of the squared distance to the nearest other that is not a copy: the scale of β. A pattern that is there twice
     * has two codes that nothing needs to tell apart. 1 where there is no other. Over {@value #SAMPLED} of them, evenly spaced, where there are
     * more.
     */
    private double medianNearest() {
        int n = squares.length;
        int[] asked = IntStream.range(0, Math.min(n, SAMPLED))
                .map(k -> (int) ((long) k * n / Math.min(n, SAMPLED)))
                .toArray();
        double ofMean = Arrays.stream(mean).map(m -> m * m).sum();
        double[] nearest = new double[asked.length];
        for (int from = 0; from < asked.length; from += BLOCK) {
            int first = from;
            int[] block = Arrays.copyOfRange(asked, from, Math.min(asked.length, from + BLOCK));
            Matrix products = la.product(centred.rows(block), Transpose.NO, centred, Transpose.YES);
            la.parallel(block.length, k -> nearest[first + k] = nearest(block[k], products, k, ofMean));
        }
        double[] sorted =
                Arrays.stream(nearest).filter(Double::isFinite).sorted().toArray();
        return sorted.length == 0 ? 1 : sorted[sorted.length / 2];
    }

    /**
     * The squared distance of a code to the nearest other that is not a copy; infinite where there is none.
     *
     * @param ofMean the squared length of the codes' mean
     */
    private double nearest(int code, Matrix products, int row, double ofMean) {
        double[] own = widened(code);
        double rough = Double.POSITIVE_INFINITY; // |c_i - c_j|² of one that is no copy
        for (int j = 0; j < squares.length; j++) {
            double distance = squares[code] + squares[j] - 2.0 * products.get(row, j);
            if (j != code && distance > 2 * ROUNDING * (squares[code] + squares[j])) {
                rough = Math.min(rough, distance);
            }
        }
        double nearest = Double.POSITIVE_INFINITY;
        for (int j = 0; j < squares.length; j++) {
            double sum = squares[code] + squares[j];
            if (j != code && sum - 2.0 * products.get(row, j) <= rough + ROUNDING * sum) {
                double distance = squaredDistance(own, j);
                nearest = distance > COPY * (sum + 2 * ofMean) ? Math.min(nearest, distance) : nearest;
            }
        }
        return nearest;
    }

    private double[] widened(int code) {
        double[] row = new double[mean.length];
        for (int j = 0; j < row.length; j++) {
            row[j] = centred.get(code, j);
        }
        return row;
    }

    /** |x - c_i|², difference by difference. */
    private double squaredDistance(double[] x, int code) {
        float[] c = centred.data();
        int from = code * x.length;
        double a = 0;
        double b = 0;
        int j = 0;
        for (; j + 1 < x.length; j += 2) { // two sums, so that no addition waits for the one before
            double first = x[j] - c[from + j];
            double second = x[j + 1] - c[from + j + 1];
            a += first * first;
            b += second * second;
        }
        for (; j < x.length; j++) {
            double rest = x[j] - c[from + j];
            a += rest * rest;
        }
        return a + b;
    }

    /** What β is measured in: the median squared distance of a code to its nearest neighbour. */
    double spacing() {
        return spacing;
    }

    /** log w_i - β/2 |x - c_i|², [cues, codes]. */
    DoubleMatrix logits(Matrix x, double beta) {
        DoubleMatrix rows = x.toDouble().subtractRow(mean);
        Matrix products = la.product(rows.toFloat(), Transpose.NO, centred, Transpose.YES);
        DoubleMatrix logits = DoubleMatrix.zeros(x.rows(), squares.length);
        la.parallel(x.rows(), cue -> logits(rows.row(cue), products, cue, beta, logits.data()));
        return logits;
    }

    private void logits(double[] x, Matrix products, int cue, double beta, double[] logits) {
        int n = squares.length;
        int from = cue * n;
        double own = Arrays.stream(x).map(v -> v * v).sum();
        double most = Double.NEGATIVE_INFINITY;
        double longest = 0;
        for (int i = 0; i < n; i++) {
            double distance = Math.max(0, own + squares[i] - 2.0 * products.data()[from + i]);
            logits[from + i] = logWeights[i] - 0.5 * beta * distance;
            most = Math.max(most, logits[from + i]);
            longest = Math.max(longest, squares[i]);
        }
        double wrong = beta * ROUNDING * (own + longest);
        double seen = most - wrong + Math.log(VISIBLE / Math.max(wrong, VISIBLE));
        for (int i = 0; i < n; i++) {
            if (logits[from + i] >= seen) {
                logits[from + i] = logWeights[i] - 0.5 * beta * squaredDistance(x, i);
            }
        }
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
                p[i] = p[i] - most < SMALLEST ? 0 : Math.exp(p[i] - most);
                sum += p[i];
            }
            for (int i = cue * n; i < (cue + 1) * n; i++) {
                p[i] = p[i] < sum * NEGLIGIBLE / n ? 0 : p[i] / sum;
            }
            logSums[cue] = most + Math.log(sum);
        }
        return logSums;
    }

    /** m = Σ_i p_i c_i, [cues, size(L)]: a product with the codes that count for any cue. */
    Matrix means(DoubleMatrix p) {
        int n = p.columns();
        BitSet counting = new BitSet(n);
        for (int at = 0; at < p.data().length; at++) {
            if (p.data()[at] != 0) {
                counting.set(at % n);
            }
        }
        int[] codes = counting.stream().toArray();
        Matrix means = la.product(p.columns(codes).toFloat(), Transpose.NO, centred.rows(codes), Transpose.NO);
        for (int at = 0; at < means.data().length; at++) {
            means.data()[at] = (float) (means.data()[at] + mean[at % mean.length]);
        }
        return means;
    }
}
