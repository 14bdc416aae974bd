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
        Matrix present = sequences.presents();
        options.activation().values(present.data(), present.data());
        PatternSpan from = PatternSpan.of(la, present);
        PatternSpan to = PatternSpan.of(la, sequences.nexts());
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
            Matrix before = factor.copy();
            Matrix error = x.copy();
            la.multiply(-1, f, Transpose.NO, factor, Transpose.YES, 1, error);
            update.apply(nodes, new Evaluation(List.of(error, noError), List.of(), new double[0][]));
            if (!factor.isFinite()) {
                factor.set(before);
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
        TemporalMemory memory = of(options.activation(), compact(la, new LinearMap.Spanned(to.basis(), right)), la);
        return new Learned<>(memory, outcome, made, memory.audit(sequences, watch)).checked();
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
