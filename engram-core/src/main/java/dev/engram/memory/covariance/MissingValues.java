package dev.engram.memory.covariance;

import dev.engram.linalg.Cholesky;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Tensor;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.internal.Cues;
import dev.engram.optimiser.LearningState;
import dev.engram.optimiser.Outcome;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Fits a normal distribution to patterns with missing values by expectation-maximisation.
 *
 * <pre>
 *   P = (S + λI)⁻¹,  y = x - m, 0 where missing
 *   E step:   C = (P_missing,missing)⁻¹,   y_missing = -C (P y)_missing        mean and covariance of the missing given the present
 *   M step:   m ← m + mean of y,   S ← mean of (y yᵀ + C), y about its new mean
 * </pre>
 *
 * <p>λ stays what it is: every round raises the likelihood of the present values with the penalty ½ N λ tr(Σ⁻¹), Σ = S + λI, so that fewer
 * patterns than values do no harm. It starts from the means and variances of what is present, and has converged when no mean and no entry of S
 * moves by more than {@value #SETTLED} in units of standard deviations; it makes at most {@value #MOST_ROUNDS} rounds. Patterns in which the
 * same values are missing share C.
 *
 * <p>A round takes O(N d² + d³ + Σ m³) for N patterns of d values, the sum over the different masks, m being how many values each lacks; and
 * memory for 2 N d + 10 d² numbers.
 *
 * <p>Source: Dempster, Laird and Rubin 1977; Little and Rubin, "Statistical Analysis with Missing Data", chapter 11.
 *
 * @param moments m and S
 * @param lambda λ
 * @param rounds made
 */
record MissingValues(Moments moments, double lambda, int rounds, Outcome outcome) {
    static final int MOST_ROUNDS = 200;
    static final double SETTLED = 1e-4;

    /** The least ridge, as a fraction of the mean variance; less of one gains nothing and takes more rounds. */
    static final double LEAST_RIDGE = 1e-3;

    private static final String LAST = "last";
    private static final String FILLED = "filled";
    private static final String MEAN = "mean";
    private static final String COVARIANCE = "covariance";

    private static final int SHARES = 8; // of the masks, each summed on its own: the same sums on any number of threads

    /** @param watch called after every round with the mean squared change of what is filled in, per value */
    static MissingValues fit(LinearAlgebra la, Matrix patterns, double ridge, MemoryModel.Watch watch) {
        requireValues(patterns);
        Moments moments = start(patterns);
        double lambda = ridge * CovarianceModel.scale(moments.covariance().trace(), patterns.columns());
        List<BitSet> present = Present.mask(patterns).clamp().rows();
        List<int[]> groups = Present.mask(patterns).clamp().groups(patterns.rows());
        DoubleMatrix before = Present.centred(patterns, moments.mean());
        Optional<LearningState> from = watch.resumed();
        if (from.isPresent()) {
            LearningState state = from.get();
            moments = resumed(state, moments);
            state.restore(FILLED, tensor(before));
            if (state.number(LAST) == 1) {
                return new MissingValues(moments, lambda, state.update(), Outcome.COMPLETED);
            }
        }
        for (int round = from.map(LearningState::update).orElse(0) + 1; ; round++) {
            DoubleMatrix y = Present.centred(patterns, moments.mean());
            DoubleMatrix doubt = fill(la, y, moments.covariance().copy().addToDiagonal(lambda), groups, present);
            double change = change(before, y);
            Moments next = next(la, moments.mean(), y, doubt);
            double moved = next.distance(moments);
            moments = next;
            before = y;
            boolean last = moved <= SETTLED || round == MOST_ROUNDS;
            LearningState.Draft draft = new LearningState.Draft(round).with(LAST, last ? 1 : 0);
            watch.onState(() -> draft.with(FILLED, tensor(y))
                    .with(MEAN, Tensor.wrap(next.mean(), next.mean().length))
                    .with(COVARIANCE, tensor(next.covariance()))
                    .state());
            boolean goesOn = watch.onUpdate(round, last ? round : MOST_ROUNDS, change);
            if (last || !goesOn) {
                return new MissingValues(moments, lambda, round, last ? Outcome.COMPLETED : Outcome.CANCELLED);
            }
        }
    }

    private static Moments resumed(LearningState state, Moments shape) {
        double[] mean = new double[shape.mean().length];
        DoubleMatrix covariance = shape.covariance().copy();
        state.restore(MEAN, Tensor.wrap(mean, mean.length));
        state.restore(COVARIANCE, tensor(covariance));
        return new Moments(mean, covariance);
    }

    private static Tensor tensor(DoubleMatrix matrix) {
        return Tensor.wrap(matrix.data(), matrix.rows(), matrix.columns());
    }

    /** The ridge with which patterns with missing values are learned. */
    static double ridge(double asked) {
        return Math.max(asked, LEAST_RIDGE);
    }

    private static void requireValues(Matrix patterns) {
        if (patterns.rows() == 0 || patterns.columns() == 0) {
            throw new IllegalArgumentException("There is nothing to learn: %s.".formatted(patterns));
        }
        for (int j = 0; j < patterns.columns(); j++) {
            int present = 0;
            for (int i = 0; i < patterns.rows(); i++) {
                float value = patterns.get(i, j);
                if (Float.isInfinite(value)) {
                    throw new IllegalArgumentException(
                            "Pattern %d holds an infinite value, number %d. A missing one is NaN.".formatted(i, j));
                }
                present += Float.isNaN(value) ? 0 : 1;
            }
            if (present == 0) {
                throw new IllegalArgumentException(
                        "Value %d, from 0, is missing in all %d patterns, so nothing is known of it. Maybe leave it out."
                                .formatted(j, patterns.rows()));
            }
        }
        Cues.requirePartialPatterns(patterns);
    }

    /** Mean and variance of what is present of each value. */
    private static Moments start(Matrix patterns) {
        int d = patterns.columns();
        double[] mean = new double[d];
        DoubleMatrix variances = DoubleMatrix.zeros(d, d);
        for (int j = 0; j < d; j++) {
            double sum = 0;
            double squares = 0;
            int present = 0;
            float first = Float.NaN; // sums about a value of the column, which keeps the digits of large ones
            for (int i = 0; i < patterns.rows(); i++) {
                float value = patterns.get(i, j);
                if (!Float.isNaN(value)) {
                    first = present == 0 ? value : first;
                    double about = (double) value - first;
                    sum += about;
                    squares += about * about;
                    present++;
                }
            }
            mean[j] = first + sum / present;
            variances.set(j, j, Math.max(0, squares / present - (sum / present) * (sum / present)));
        }
        return new Moments(mean, variances);
    }

    /**
     * The E step.
     *
     * @param y [patterns, values], 0 where missing; filled in
     * @return the sum of C over the patterns, [values, values]
     */
    private static DoubleMatrix fill(
            LinearAlgebra la, DoubleMatrix y, DoubleMatrix sigma, List<int[]> groups, List<BitSet> present) {
        int d = y.columns();
        DoubleMatrix precision = la.choleskyInPlace(sigma).inverse();
        DoubleMatrix[] doubts = new DoubleMatrix[SHARES];
        la.parallel(SHARES, share -> {
            DoubleMatrix doubt = DoubleMatrix.zeros(d, d);
            for (int g = share; g < groups.size(); g += SHARES) {
                int[] rows = groups.get(g);
                BitSet row = (BitSet) present.get(rows[0]).clone();
                int[] known = row.stream().toArray();
                row.flip(0, d);
                fill(la, y, precision, rows, known, row.stream().toArray(), doubt);
            }
            doubts[share] = doubt;
        });
        DoubleMatrix doubt = doubts[0];
        Arrays.stream(doubts).skip(1).forEach(doubt::add);
        return doubt;
    }

    private static void fill(
            LinearAlgebra la,
            DoubleMatrix y,
            DoubleMatrix precision,
            int[] rows,
            int[] known,
            int[] missing,
            DoubleMatrix doubt) {
        if (missing.length == 0) {
            return;
        }
        Cholesky factor = la.choleskyInPlace(precision.rows(missing).columns(missing));
        double[] mean = new double[missing.length];
        for (int i : rows) {
            for (int a = 0; a < missing.length; a++) {
                double pull = 0;
                for (int k : known) {
                    pull -= precision.get(missing[a], k) * y.get(i, k);
                }
                mean[a] = pull;
            }
            factor.solve(mean);
            for (int a = 0; a < missing.length; a++) {
                y.set(i, missing[a], mean[a]);
            }
        }
        DoubleMatrix covariance = factor.inverse();
        for (int a = 0; a < missing.length; a++) {
            for (int b = 0; b < missing.length; b++) {
                double all = doubt.get(missing[a], missing[b]) + rows.length * covariance.get(a, b);
                doubt.set(missing[a], missing[b], all);
            }
        }
    }

    /** The M step; y is brought to its new mean. */
    private static Moments next(LinearAlgebra la, double[] mean, DoubleMatrix y, DoubleMatrix doubt) {
        double[] shift = y.meanRow();
        DoubleMatrix about = y.copy().subtractRow(shift);
        double[] moved = mean.clone();
        for (int j = 0; j < moved.length; j++) {
            moved[j] += shift[j];
        }
        la.addGramOfColumns(about, doubt);
        for (int j = 0; j < moved.length; j++) {
            doubt.scaleRow(j, 1.0 / y.rows());
        }
        return new Moments(moved, doubt.symmetrise());
    }

    private static double change(DoubleMatrix before, DoubleMatrix after) {
        double sum = 0;
        for (int i = 0; i < after.data().length; i++) {
            double difference = after.data()[i] - before.data()[i];
            sum += difference * difference;
        }
        return sum / after.data().length;
    }
}
