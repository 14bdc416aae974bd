package dev.engram.memory.covariance;

import dev.engram.inference.Status;
import dev.engram.linalg.Cholesky;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Mask;
import dev.engram.memory.Recall;
import dev.engram.memory.baseline.AffineSpan;
import dev.engram.memory.internal.Cues;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The covariance-learning predictive-coding network: one recurrent layer in which every value is predicted from all others.
 *
 * <pre>
 *   x̂ = m + W (x - m),  W_ii = 0,   ε = x - x̂,   ΔW = α (ε (x - m)ᵀ - λ W), W_ii held at 0     implicit and dendritic
 *   ΔΣ = ½ α (εεᵀ - Σ⁻¹),           ε = Σ⁻¹(x - m)                                             explicit
 *
 *   where learning ends:   Σ = S,   I - W = diag(1 / P_ii) P,   P = (S + λI)⁻¹                 S: covariance of the patterns
 * </pre>
 *
 * <p>The end of learning is computed at once: the rows of W are regressions, and what regressions on all others have in common is the inverse
 * covariance. λ is weight decay in W and noise added to Σ, and makes both unique where there are fewer patterns than values.
 *
 * <p>Recall predicts every value from all others of the cue, F times in all; the energy is that of the last cue shown: ½|ε|², or
 * ½ (x - m)ᵀ P (x - m) in the explicit form. Completion holds the known values and lets the missing ones come to rest. In the explicit and the
 * dendritic form that is where the missing values have no error, their mean given the known ones in a normal distribution, found in closed form;
 * for λ → 0 it is the {@link AffineSpan}'s answer. In the implicit form it is where ½|ε|² is least, errors of known values included, found from
 * there by conjugate gradients. All three agree where a cue can be explained without error, as part of a stored pattern can.
 *
 * <p>Left out: nonlinear predictions, and the hybrid with a hierarchy above.
 *
 * <p>Source: Tang et al. 2023, "Recurrent predictive coding models for associative memory employing covariance learning".
 */
public final class CovarianceMemory implements AssociativeMemory {
    private final LinearAlgebra la;
    private final CovarianceModel learned;
    private final CovarianceOptions options;

    private CovarianceMemory(LinearAlgebra la, CovarianceModel learned, CovarianceOptions options) {
        this.la = la;
        this.learned = learned;
        this.options = options;
    }

    /**
     * A memory of ready-made parts, which are kept.
     *
     * @param mean m, [values]
     * @param directions [r, values], orthonormal rows, r at most the number of values
     * @param variances [r], positive
     * @param lambda λ, positive
     * @throws IllegalArgumentException if sizes, variances or λ are not so, or a number is not finite
     */
    public static CovarianceMemory of(
            double[] mean,
            DoubleMatrix directions,
            double[] variances,
            double lambda,
            CovarianceOptions options,
            LinearAlgebra la) {
        if (mean.length == 0
                || directions.columns() != mean.length
                || directions.rows() != variances.length
                || variances.length > mean.length) {
            throw new IllegalArgumentException(
                    "A mean of %d values, %s directions and %d variances do not fit together."
                            .formatted(mean.length, directions, variances.length));
        }
        boolean finite = Arrays.stream(mean).allMatch(Double::isFinite)
                && Arrays.stream(directions.data()).allMatch(Double::isFinite)
                && Arrays.stream(variances).allMatch(v -> v > 0 && v < Double.POSITIVE_INFINITY);
        if (!finite || !(lambda > 0) || Double.isInfinite(lambda)) {
            throw new IllegalArgumentException(
                    "Mean and directions must be finite, variances and λ (%s) positive and finite.".formatted(lambda));
        }
        return new CovarianceMemory(la, CovarianceModel.of(mean, directions, variances, lambda), options);
    }

    /**
     * Stores patterns.
     *
     * @param patterns [patterns, values], at least one, finite; only read
     * @throws IllegalArgumentException if there is no pattern or one holds NaN or infinite values
     */
    public static CovarianceMemory learn(Matrix patterns, CovarianceOptions options, LinearAlgebra la) {
        Cues.requirePatterns(patterns);
        return new CovarianceMemory(la, CovarianceModel.of(la, patterns, options.ridge()), options);
    }

    /** {@link #learn(Matrix, CovarianceOptions, LinearAlgebra)} with the shared linear algebra. */
    public static CovarianceMemory learn(Matrix patterns, CovarianceOptions options) {
        return learn(patterns, options, LinearAlgebra.shared());
    }

    @Override
    public String model() {
        return "covariance";
    }

    @Override
    public int values() {
        return learned.mean().length;
    }

    /** The mean, the directions in which the patterns vary, and how much they do, in double precision. */
    @Override
    public long bytes() {
        long directions = learned.variances().length;
        return Double.BYTES * (values() + directions * (values() + 1));
    }

    /** m, [values]; a copy. */
    public double[] mean() {
        return learned.mean().clone();
    }

    /** The directions in which the patterns vary, [r, values], orthonormal rows; the matrix itself, not a copy. */
    public DoubleMatrix directions() {
        return learned.directions();
    }

    /** How much the patterns vary along each direction, [r]; a copy. */
    public double[] variances() {
        return learned.variances().clone();
    }

    /** λ. */
    public double lambda() {
        return learned.lambda();
    }

    public CovarianceOptions options() {
        return options;
    }

    @Override
    public Recall recall(Matrix cues, int iterations) {
        Cues.require(this, cues);
        Cues.requireIterations(iterations);
        DoubleMatrix y = centred(cues);
        Status[] status = new Status[cues.rows()];
        Arrays.fill(status, Status.CONVERGED);
        double[] energy = new double[cues.rows()];
        for (int k = 0; k < iterations; k++) {
            DoubleMatrix errors = learned.errors(la, y);
            energy = energies(y, errors);
            for (int cue = 0; cue < cues.rows(); cue++) {
                predict(y, errors, cue, status);
            }
        }
        return new Recall(uncentred(y), energy, new double[cues.rows()], new int[cues.rows()], List.of(status));
    }

    /** y ← y - ε, unless that leaves the range of floats. */
    private void predict(DoubleMatrix y, DoubleMatrix errors, int cue, Status[] status) {
        boolean fits = status[cue] != Status.DIVERGED;
        for (int j = 0; j < values() && fits; j++) {
            fits = Math.abs(y.get(cue, j) - errors.get(cue, j)) < 0.5 * Float.MAX_VALUE;
        }
        for (int j = 0; j < values() && fits; j++) {
            y.set(cue, j, y.get(cue, j) - errors.get(cue, j));
        }
        status[cue] = fits ? status[cue] : Status.DIVERGED;
    }

    @Override
    public Recall complete(Matrix cues, Mask mask) {
        Cues.require(this, cues, mask);
        DoubleMatrix y = centred(cues);
        blank(y, mask);
        fillWithConditionalMean(y, mask);
        double[] residual = new double[cues.rows()];
        int[] steps = new int[cues.rows()];
        List<Status> status = Collections.nCopies(cues.rows(), Status.CONVERGED);
        if (options.form() == CovarianceOptions.Form.IMPLICIT) {
            ImplicitCompletion completion = new ImplicitCompletion(la, learned, mask, y);
            completion.run();
            residual = completion.residual();
            steps = completion.steps();
            status = completion.status();
        }
        double[] energy = energies(y, learned.errors(la, y));
        Matrix answers = uncentred(y);
        mask.clamp().hold(cues, answers);
        return new Recall(answers, energy, residual, steps, status);
    }

    /**
     * With T = diag(√s) V: y_missing = T_missingᵀ a,  (T_known T_knownᵀ + λI) a = T_known y_known.
     *
     * @param y the known values less their mean, 0 where missing
     */
    private void fillWithConditionalMean(DoubleMatrix y, Mask mask) {
        int r = learned.variances().length;
        DoubleMatrix right = la.product(y, Transpose.NO, learned.directions(), Transpose.YES);
        scaleByDeviations(right);
        List<Cholesky> shared = mask.rows() == 1 ? List.of(factor(mask.clamp().indices(0))) : List.of();
        la.parallel(y.rows(), cue -> {
            double[] a = Arrays.copyOfRange(right.data(), cue * r, (cue + 1) * r);
            Cholesky factor = shared.isEmpty() ? factor(mask.clamp().indices(cue)) : shared.get(0);
            factor.solve(a);
            System.arraycopy(a, 0, right.data(), cue * r, r);
        });
        scaleByDeviations(right);
        DoubleMatrix means = la.product(right, Transpose.NO, learned.directions(), Transpose.NO);
        for (int cue = 0; cue < y.rows(); cue++) {
            for (int j = 0; j < values(); j++) {
                if (!mask.isKnown(cue, j)) {
                    y.set(cue, j, means.get(cue, j));
                }
            }
        }
    }

    private void scaleByDeviations(DoubleMatrix along) {
        for (int k = 0; k < along.columns(); k++) {
            along.scaleColumn(k, Math.sqrt(learned.variances()[k]));
        }
    }

    private Cholesky factor(int[] known) {
        DoubleMatrix part = learned.directions().columns(known);
        for (int k = 0; k < part.rows(); k++) {
            part.scaleRow(k, Math.sqrt(learned.variances()[k]));
        }
        return la.choleskyInPlace(la.gramOfRows(part).addToDiagonal(learned.lambda()));
    }

    private double[] energies(DoubleMatrix y, DoubleMatrix errors) {
        boolean explicit = options.form() == CovarianceOptions.Form.EXPLICIT;
        double[] energy = new double[y.rows()];
        for (int cue = 0; cue < energy.length; cue++) {
            for (int j = 0; j < values(); j++) {
                double error = errors.get(cue, j);
                energy[cue] += explicit
                        ? 0.5 * y.get(cue, j) * error * learned.alone()[j] / learned.lambda()
                        : 0.5 * error * error;
            }
        }
        return energy;
    }

    private DoubleMatrix centred(Matrix cues) {
        return cues.toDouble().subtractRow(learned.mean());
    }

    private static void blank(DoubleMatrix y, Mask mask) {
        for (int cue = 0; cue < y.rows(); cue++) {
            for (int j = 0; j < y.columns(); j++) {
                if (!mask.isKnown(cue, j)) {
                    y.set(cue, j, 0);
                }
            }
        }
    }

    private Matrix uncentred(DoubleMatrix y) {
        Matrix patterns = Matrix.zeros(y.rows(), y.columns());
        for (int cue = 0; cue < y.rows(); cue++) {
            for (int j = 0; j < y.columns(); j++) {
                patterns.set(cue, j, (float) (learned.mean()[j] + y.get(cue, j)));
            }
        }
        return patterns;
    }
}
