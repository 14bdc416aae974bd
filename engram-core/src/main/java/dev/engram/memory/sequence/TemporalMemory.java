package dev.engram.memory.sequence;

import dev.engram.learning.LearningRule;
import dev.engram.learning.PatternSpan;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import dev.engram.memory.Learned;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Recall;
import dev.engram.network.Activation;
import dev.engram.network.Evaluation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.LinearMap;
import dev.engram.network.ValueNodes;
import dev.engram.optimiser.LearningState;
import dev.engram.optimiser.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * Temporal predictive coding without hidden layer: every frame is predicted by the one before.
 *
 * <pre>
 *   E = ½ Σ_t |ε_t|²,   ε_{t+1} = x_{t+1} - W f(x_t)
 *   ΔW = α ε_{t+1} f(x_t)ᵀ, or W = Xᵀ (F Fᵀ + c I)⁻¹ F      X: the next frames, F = f(the present ones), [transitions, values]
 * </pre>
 *
 * <p>All value nodes are shown while it learns, so nothing is inferred. W begins at 0 and stays Uᵀ Ŵ V, with U and V orthonormal bases of
 * the spans of X and F: learning costs nothing in the square of a frame's values, and W is kept in this form only where it is smaller.
 *
 * <p>A frame is followed by what follows it in the mean: where two sequences share frames, this memory does not know in which it is ({@link
 * HiddenTemporalMemory} does). Replayed for ever it may grow out of the range of floats; from there on its status is {@code DIVERGED} and
 * its last finite frame stands.
 *
 * <p>Source: Tang, Barron and Bogacz 2023, "Sequential memory with temporal predictive coding", the single-layer model.
 */
public final class TemporalMemory implements SequenceMemory {
    private static final String FACTOR = "factor";

    private final LinearAlgebra la;
    private final Activation activation;
    private final LinearMap weights;

    private TemporalMemory(LinearAlgebra la, Activation activation, LinearMap weights) {
        this.la = la;
        this.activation = activation;
        this.weights = weights;
    }

    /**
     * A memory over learned weights, which are kept, not copied.
     *
     * @param weights W, [values, values]
     */
    public static TemporalMemory of(Activation activation, LinearMap weights, LinearAlgebra la) {
        if (weights.rows() != weights.columns()) {
            throw new IllegalArgumentException(
                    "The weights have %d rows and %d columns; frames predict frames, so they must agree."
                            .formatted(weights.rows(), weights.columns()));
        }
        return new TemporalMemory(la, activation, weights);
    }

    /** Stores sequences in a new memory. */
    public static Learned<TemporalMemory> learn(Sequences sequences, TemporalOptions options, LinearAlgebra la) {
        return learn(sequences, options, la, MemoryModel.Watch.NONE);
    }

    /** The same, with progress and a way to stop. */
    public static Learned<TemporalMemory> learn(
            Sequences sequences, TemporalOptions options, LinearAlgebra la, MemoryModel.Watch watch) {
        return learn(Optional.empty(), sequences, options, la, watch);
    }

    /**
     * The memory after learning further sequences, from the weights it has and without seeing the earlier ones again: those are forgotten as far
     * as their frames have a part in the span of the new ones. The audit is that of the new ones; f stays as it is.
     */
    public Learned<TemporalMemory> store(Sequences more, TemporalOptions options) {
        if (more.values() != values()) {
            throw new IllegalArgumentException(
                    "The sequences have frames of %d values, those of the memory have %d. Maybe they are pictures of another size."
                            .formatted(more.values(), values()));
        }
        return learn(Optional.of(weights), more, options.withActivation(activation), la, MemoryModel.Watch.NONE);
    }

    /** Only the change of the weights is learned: it begins at 0, and what it has to explain is what the weights of before leave. */
    private static Learned<TemporalMemory> learn(
            Optional<LinearMap> before,
            Sequences sequences,
            TemporalOptions options,
            LinearAlgebra la,
            MemoryModel.Watch watch) {
        Matrix present = sequences.presents();
        options.activation().values(present.data(), present.data());
        Matrix unexplained = sequences.nexts();
        before.ifPresent(weights -> weights.predict(la, -1, present, 1, unexplained));
        PatternSpan from = PatternSpan.of(la, present);
        PatternSpan to = PatternSpan.of(la, unexplained);
        Matrix f = from.coordinates();
        Matrix x = to.coordinates();
        Matrix factor = Matrix.zeros(x.columns(), f.columns());
        GenerativeNetwork network = GenerativeNetwork.of(Activation.LINEAR, List.of(factor), new float[f.columns()], 1);
        LearningRule.WeightUpdate update = options.rule().start(la, network);
        ValueNodes nodes = new ValueNodes(List.of(x, f));
        Matrix noError = Matrix.zeros(1, f.columns());
        Outcome outcome = Outcome.COMPLETED;
        int made = 0;
        Optional<LearningState> resumed = watch.resumed();
        if (resumed.isPresent()) {
            resumed.get().restore(FACTOR, factor);
            update.restore(FACTOR, resumed.get());
            made = resumed.get().update();
        }
        while (made < options.updates() && outcome == Outcome.COMPLETED) {
            Matrix last = factor.copy();
            Matrix error = x.copy();
            la.multiply(-1, f, Transpose.NO, factor, Transpose.YES, 1, error);
            update.apply(nodes, new Evaluation(List.of(error, noError), List.of(), new double[0][]));
            if (!factor.isFinite()) {
                factor.set(last);
                outcome = Outcome.DIVERGED;
                continue;
            }
            LearningState.Draft draft = new LearningState.Draft(++made);
            watch.onState(() -> {
                update.save(FACTOR, draft);
                return draft.with(FACTOR, factor).state();
            });
            if (!watch.onUpdate(made, options.updates(), error.squaredLength() / present.data().length)) {
                outcome = Outcome.CANCELLED;
            }
        }
        Matrix right = la.product(factor, Transpose.NO, from.basis(), Transpose.NO);
        LinearMap.Spanned change = new LinearMap.Spanned(to.basis(), right);
        LinearMap weights = before.isEmpty() ? change : sum(la, before.get(), change);
        TemporalMemory memory = of(options.activation(), compact(la, weights), la);
        return new Learned<>(memory, outcome, made, memory.audit(sequences, watch)).checked();
    }

    /** With an orthonormal basis of what both reach, where the first has one too. */
    private static LinearMap sum(LinearAlgebra la, LinearMap before, LinearMap.Spanned change) {
        if (before instanceof LinearMap.Spanned spanned) {
            PatternSpan both = PatternSpan.of(la, spanned.basis().below(change.basis()));
            Matrix factors = spanned.factor().below(change.factor());
            return new LinearMap.Spanned(
                    both.basis(), la.product(both.coordinates(), Transpose.YES, factors, Transpose.NO));
        }
        Matrix sum = before.matrix(la).copy();
        la.multiply(1, change.basis(), Transpose.YES, change.factor(), Transpose.NO, 1, sum);
        return new LinearMap.Dense(sum);
    }

    /** Whichever form is smaller. */
    static LinearMap compact(LinearAlgebra la, LinearMap map) {
        boolean spanned = map.values() <= (long) map.rows() * map.columns();
        return spanned ? map : new LinearMap.Dense(map.matrix(la));
    }

    /** f. */
    public Activation activation() {
        return activation;
    }

    /** W, [values, values]. */
    public LinearMap weights() {
        return weights;
    }

    @Override
    public String model() {
        return "tpc";
    }

    @Override
    public int values() {
        return weights.rows();
    }

    @Override
    public long bytes() {
        return Float.BYTES * weights.values();
    }

    @Override
    public Recall follow(Matrix frames) {
        return Replay.follow(this, frames, this::next);
    }

    @Override
    public Recall replay(Matrix cue, int steps) {
        return Replay.replay(this, cue, steps, this::next);
    }

    private Matrix next(Matrix frames) {
        Matrix next = Matrix.zeros(frames.rows(), values());
        weights.predict(la, 1, activation.values(frames), 0, next);
        return next;
    }
}
