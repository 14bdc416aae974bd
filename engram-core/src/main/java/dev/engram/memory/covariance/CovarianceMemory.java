package dev.engram.memory.covariance;

import dev.engram.inference.Status;
import dev.engram.learning.PatternBlocks;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Calibration;
import dev.engram.memory.Learned;
import dev.engram.memory.Mask;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.NoveltyJudge;
import dev.engram.memory.Recall;
import dev.engram.memory.Surprise;
import dev.engram.memory.baseline.AffineSpan;
import dev.engram.memory.internal.Cues;
import dev.engram.optimiser.Outcome;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

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
 * <p>A normal distribution says more than its mean: how sure a completed value is (its standard deviation given the known ones, in the explicit and
 * the dendritic form), how surprising each value of a cue is given its others ({@link #surprises}), and how unlike the patterns a cue is
 * ({@link #novelty}), with a threshold from the patterns themselves ({@link #ordinary(double)}). The precision of each value is learned with
 * the covariance: given the others it is P_jj. Patterns with missing values, NaN, are learned by expectation-maximisation ({@link MissingValues}).
 *
 * <p>Left out: nonlinear predictions, and the hybrid with a hierarchy above.
 *
 * <p>Source: Tang et al. 2023, "Recurrent predictive coding models for associative memory employing covariance learning".
 */
public final class CovarianceMemory implements AssociativeMemory, NoveltyJudge {
    private final LinearAlgebra la;
    private final CovarianceModel learned;
    private final CovarianceOptions options;
    private final double[] ordinary;

    private CovarianceMemory(LinearAlgebra la, CovarianceModel learned, CovarianceOptions options, double... ordinary) {
        this.la = la;
        this.learned = learned;
        this.options = options;
        this.ordinary = ordinary;
    }

    /**
     * A memory of ready-made parts, which are kept.
     *
     * @param mean m, [values]
     * @param directions [r, values], orthonormal rows, r at most the number of values
     * @param variances [r], positive
     * @param lambda λ, positive
     * @param ordinary the novelty of learned patterns, each judged by the others; may be none
     * @throws IllegalArgumentException if sizes, variances, λ or novelties are not so, or a number is not finite
     */
    public static CovarianceMemory of(
            double[] mean,
            DoubleMatrix directions,
            double[] variances,
            double lambda,
            double[] ordinary,
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
        if (!Arrays.stream(ordinary).allMatch(novelty -> novelty >= 0 && novelty < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("The novelty of a learned pattern must be at least 0 and finite.");
        }
        return new CovarianceMemory(la, CovarianceModel.of(mean, directions, variances, lambda), options, ordinary);
    }

    /**
     * Stores patterns.
     *
     * @param patterns [patterns, values], at least one; what is NaN is missing, and each value must be there in one of them; only read
     * @throws IllegalArgumentException if there is no pattern, one holds infinite values, or a value is missing in all of them
     */
    public static CovarianceMemory learn(Matrix patterns, CovarianceOptions options, LinearAlgebra la) {
        return learn(patterns, options, MemoryModel.Watch.NONE, la).memory();
    }

    /** The same without an audit, saying how it ended, and watched where values are missing. */
    static Learned<CovarianceMemory> learn(
            Matrix patterns, CovarianceOptions options, MemoryModel.Watch watch, LinearAlgebra la) {
        if (Present.isAll(patterns)) {
            Cues.requirePatterns(patterns);
            CovarianceModel model = CovarianceModel.of(la, patterns, options.ridge());
            return Learned.unaudited(made(model, patterns, options, la), Outcome.COMPLETED, 0);
        }
        MissingValues fit = MissingValues.fit(la, patterns, MissingValues.ridge(options.ridge()), watch);
        CovarianceModel model = CovarianceModel.of(la, fit.moments(), fit.lambda());
        return Learned.unaudited(made(model, patterns, options, la), fit.outcome(), fit.rounds());
    }

    private static CovarianceMemory made(
            CovarianceModel model, Matrix patterns, CovarianceOptions options, LinearAlgebra la) {
        return new CovarianceMemory(la, model, options, Distances.leftOut(la, model, PatternBlocks.of(patterns)));
    }

    /** From sums over more patterns than values, wherever they are; empty where a value is missing. */
    static Optional<CovarianceMemory> learn(PatternBlocks patterns, CovarianceOptions options, LinearAlgebra la) {
        return Moments.of(la, patterns).map(moments -> {
            Cues.requirePatterns(patterns, la);
            double lambda = CovarianceModel.lambda(moments, options.ridge());
            CovarianceModel model = CovarianceModel.of(la, moments, lambda);
            return new CovarianceMemory(la, model, options, Distances.leftOut(la, model, patterns));
        });
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

    /** The mean, the directions in which the patterns vary, and how much they do, in double precision; what calibrates the novelty not counted. */
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

    /** The novelty of learned patterns, each judged by the others; a copy. */
    public double[] ordinary() {
        return ordinary.clone();
    }

    /** The Mahalanobis distance of each cue, √((x - m)ᵀ P (x - m)); of partial cues on the same scale. */
    @Override
    public double[] novelty(Matrix cues) {
        Cues.requirePartial(this, cues);
        return Distances.of(la, learned, cues);
    }

    @Override
    public Optional<Calibration> ordinary(double rate) {
        if (ordinary.length == 0) {
            return Optional.empty();
        }
        double[] familiarity = Arrays.stream(ordinary).map(novelty -> -novelty).toArray();
        Calibration least = Calibration.of(familiarity, rate);
        return Optional.of(new Calibration(-least.threshold(), least.falseAlarmRate(), least.heldOut()));
    }

    @Override
    public List<List<Surprise>> surprises(Matrix cues) {
        Cues.requirePartial(this, cues);
        return Residuals.of(la, learned, cues);
    }

    /** The patterns with their missing values filled in. */
    Matrix filled(Matrix patterns) {
        if (Present.isAll(patterns)) {
            return patterns;
        }
        Mask present = Present.mask(patterns);
        return complete(present.blank(patterns, 0), present).patterns();
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
    public Recall complete(Matrix given, Mask mask) {
        Matrix cues = Cues.known(this, given, mask);
        DoubleMatrix y = Present.centred(mask.blank(cues, Float.NaN), learned.mean());
        ConditionalCompletion filled = ConditionalCompletion.ofMissing(la, learned, mask, y);
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
        Recall recall = new Recall(answers, energy, residual, steps, status);
        return options.form() == CovarianceOptions.Form.IMPLICIT ? recall : recall.withDeviation(filled.deviation());
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
