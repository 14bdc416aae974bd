package dev.engram.memory.hopfield;

import dev.engram.inference.Status;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import dev.engram.memory.EditableMemory;
import dev.engram.memory.Identifier;
import dev.engram.memory.Mask;
import dev.engram.memory.Recall;
import dev.engram.memory.Score;
import dev.engram.memory.internal.Cues;
import dev.engram.memory.internal.ExactSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Modern Hopfield networks, all of one form: how similar each stored pattern is to the cue, which of them are separated from the rest, and
 * their projection, here the patterns themselves.
 *
 * <pre>
 *   answer = Xᵀ separation(similarity(X, q))                          X: [patterns, values]
 *
 *   E = -1/β log Σ exp(β x_i·q) + ½|q|² + 1/β log N + ½ max|x_i|²     dot product and softmax (Ramsauer et al., Eq. 2), never below 0
 *   E = -max similarity                                               all others
 * </pre>
 *
 * <p>Recall shows the whole cue and then its answers, F times in all; the energy is that of the answer. The residual is how far one more
 * iteration would move the answer, |next - answer| / (|next| + |answer|); below 10⁻⁵ the cue counts as converged. Only {@link Separation.Identity} can diverge.
 *
 * <p>Completion compares the known values only and answers once; known values come back as they were shown, and the energy is that of the
 * cue over its known values. With the dot product this is the same as showing a cue whose missing values are 0, which is how Table 1 of
 * Salvatori et al. is made here; the paper does not say how it shows a partial image. To score its answer whole, recall the blanked cue instead.
 *
 * <p>Sources: Ramsauer et al. 2021, "Hopfield Networks is All You Need"; Millidge et al. 2022, "Universal Hopfield Networks".
 */
public final class ModernHopfield implements EditableMemory {
    private static final double AT_REST = 1e-5;

    private final LinearAlgebra la;
    private final Matrix patterns;
    private final ModernHopfieldOptions options;
    private final ExactSearch search;

    private ModernHopfield(LinearAlgebra la, Matrix patterns, ModernHopfieldOptions options, ExactSearch search) {
        this.la = la;
        this.patterns = patterns;
        this.options = options;
        this.search = search;
    }

    /**
     * Stores patterns, which is all there is to learn.
     *
     * @param patterns [patterns, values], at least one, finite; kept, not copied
     * @throws IllegalArgumentException if there is no pattern or one holds NaN or infinite values
     */
    public static ModernHopfield learn(Matrix patterns, ModernHopfieldOptions options, LinearAlgebra la) {
        Cues.requirePatterns(patterns);
        return new ModernHopfield(la, patterns, options, ExactSearch.over(la, patterns));
    }

    /** {@link #learn(Matrix, ModernHopfieldOptions, LinearAlgebra)} with the shared linear algebra. */
    public static ModernHopfield learn(Matrix patterns, ModernHopfieldOptions options) {
        return learn(patterns, options, LinearAlgebra.shared());
    }

    /** X, [patterns, values]; the matrix itself, not a copy. */
    public Matrix patterns() {
        return patterns;
    }

    public ModernHopfieldOptions options() {
        return options;
    }

    @Override
    public String model() {
        return "modern-hopfield";
    }

    @Override
    public int values() {
        return patterns.columns();
    }

    @Override
    public long bytes() {
        return (long) Float.BYTES * patterns.rows() * patterns.columns();
    }

    @Override
    public Recall recall(Matrix cues, int iterations) {
        Cues.require(this, cues);
        Cues.requireIterations(iterations);
        Mask all = Mask.all(values());
        boolean[] diverged = new boolean[cues.rows()];
        Matrix answers = cues;
        for (int k = 0; k < iterations; k++) {
            answers = next(answers, similarities(answers, all), diverged);
        }
        DoubleMatrix similarities = similarities(answers, all);
        double[] energy = energies(answers, similarities);
        Matrix next = next(answers, similarities, new boolean[cues.rows()]);
        double[] residual = new double[cues.rows()];
        int[] steps = new int[cues.rows()];
        List<Status> status = new ArrayList<>();
        for (int cue = 0; cue < cues.rows(); cue++) {
            double scale = Math.sqrt(next.squaredLength(cue)) + Math.sqrt(answers.squaredLength(cue));
            residual[cue] = scale == 0 ? 0 : Math.sqrt(Score.squaredDistance(next, cue, answers, cue)) / scale;
            steps[cue] = iterations;
            boolean resting = residual[cue] <= AT_REST;
            status.add(diverged[cue] ? Status.DIVERGED : resting ? Status.CONVERGED : Status.STEPS_USED);
        }
        return new Recall(answers, energy, residual, steps, status);
    }

    /** Completes from the values in which each cue agrees with the likeliest pattern. */
    @Override
    public Recall recover(Matrix cues) {
        Cues.require(this, cues);
        ExactSearch.Damaged found = search.findDamaged(cues);
        Matrix marked = cues.copy();
        for (int at = 0; at < marked.data().length; at++) {
            if (found.trust().data()[at] == 0) {
                marked.data()[at] = Float.NaN;
            }
        }
        Recall recall = complete(cues, Mask.present(marked));
        return recall.withAnswers(found.answers()).withTrust(found.trust());
    }

    @Override
    public ModernHopfield store(Matrix more, long seed) {
        Cues.requireMore(this, more);
        return over(patterns.below(more));
    }

    @Override
    public ModernHopfield forget(int... forgotten) {
        return over(patterns.rows(Cues.kept(patterns.rows(), forgotten)));
    }

    private ModernHopfield over(Matrix all) {
        return new ModernHopfield(la, all, options, search.moved(all));
    }

    @Override
    public ModernHopfield calibrated(double rate) {
        return new ModernHopfield(la, patterns, options, search.calibrated(rate));
    }

    @Override
    public Optional<Identifier> identifier() {
        return Optional.of(search);
    }

    @Override
    public Recall complete(Matrix given, Mask mask) {
        Matrix cues = Cues.known(this, given, mask);
        DoubleMatrix similarities = similarities(cues, mask);
        double[] energy = energies(mask.blank(cues, 0), similarities);
        Matrix answers = project(similarities);
        mask.clamp().hold(cues, answers);
        return Recall.closedForm(answers, energy);
    }

    private DoubleMatrix similarities(Matrix cues, Mask mask) {
        return options.similarity().of(la, cues, patterns, mask);
    }

    /** One iteration; a cue whose answer is not finite keeps the last that was. Overwrites the similarities. */
    private Matrix next(Matrix answers, DoubleMatrix similarities, boolean[] diverged) {
        Matrix next = project(similarities);
        for (int cue = 0; cue < next.rows(); cue++) {
            if (!next.slice(cue, cue + 1).isFinite()) {
                diverged[cue] = true;
                next.setRow(cue, answers, cue);
            }
        }
        return next;
    }

    /** Overwrites the similarities. */
    private Matrix project(DoubleMatrix similarities) {
        options.separation().weighAll(similarities);
        return la.product(similarities, Transpose.NO, patterns.toDouble(), Transpose.NO)
                .toFloat();
    }

    private double[] energies(Matrix shown, DoubleMatrix similarities) {
        boolean ramsauer = options.similarity() == Similarity.DOT && options.separation() instanceof Separation.Softmax;
        double longest = 0;
        for (int i = 0; i < patterns.rows(); i++) {
            longest = Math.max(longest, patterns.squaredLength(i));
        }
        double[] energy = new double[shown.rows()];
        for (int cue = 0; cue < energy.length; cue++) {
            double best = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < patterns.rows(); i++) {
                best = Math.max(best, similarities.get(cue, i));
            }
            energy[cue] = 0 - best;
            if (ramsauer) {
                double beta = ((Separation.Softmax) options.separation()).beta();
                double sum = 0;
                for (int i = 0; i < patterns.rows(); i++) {
                    sum += Math.exp(beta * (similarities.get(cue, i) - best));
                }
                energy[cue] += Math.log(patterns.rows() / sum) / beta + 0.5 * shown.squaredLength(cue) + 0.5 * longest;
            }
        }
        return energy;
    }
}
