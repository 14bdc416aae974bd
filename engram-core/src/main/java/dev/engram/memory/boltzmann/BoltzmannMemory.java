package dev.engram.memory.boltzmann;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Learned;
import dev.engram.memory.Mask;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Recall;
import dev.engram.memory.Score;
import dev.engram.memory.internal.Cues;
import dev.engram.optimiser.Outcome;
import java.util.List;

/**
 * A deep Boltzmann machine that remembers: patterns are what it holds for likely, and a cue is completed by what is likely beside it.
 *
 * <pre>
 *   y = (v - b) / ℓ                                 v a pattern; y and all hidden units have one probability (BoltzmannMachine)
 *   recall:      the mean field m with v held;       v ← b + ℓ W_1ᵀ m_1, F times
 *   completion:  the mean field of m and of what is missing, from a high temperature down to 1;  known values are held
 * </pre>
 *
 * <p>It is ours, made after the abstract of the deep associative neural network (DANN) of Liu, Gong and He 2019, of which no more is open to
 * everybody: a perception layer, layers above that pass on what they see, one probability for all, contrastive divergence with iterated
 * sampling. A label is recalled like any other value: as a part of the pattern that is missing.
 *
 * <p>The energy of an answer is the free energy F of what was known and filled in, its residual how far the mean field still moves in a sweep
 * ({@link Settling}), its status {@code CONVERGED} where that is within the tolerance, a step a sweep.
 *
 * <p>Sources: Salakhutdinov and Hinton 2009, "Deep Boltzmann machines"; Hinton 2002, "Training products of experts by minimizing contrastive
 * divergence"; Montavon and Müller 2012, "Deep Boltzmann machines and the centering trick".
 */
public final class BoltzmannMemory implements AssociativeMemory {
    private final float[] bias;
    private final double scale;
    private final BoltzmannMachine machine;
    private final BoltzmannOptions options;

    private BoltzmannMemory(float[] bias, double scale, BoltzmannMachine machine, BoltzmannOptions options) {
        this.bias = bias;
        this.scale = scale;
        this.machine = machine;
        this.options = options;
    }

    /**
     * A machine with ready-made parameters, which it shares.
     *
     * @param bias b, [values]
     * @param scale ℓ, positive
     * @param weights W_1 .. W_L, [units, values] and then [units, units below]
     * @param biases c_1 .. c_L, [units]
     * @param options of which the noise counts, and how a mean field comes to rest
     * @throws IllegalArgumentException if they do not fit, or are not finite
     */
    public static BoltzmannMemory of(
            float[] bias,
            double scale,
            List<Matrix> weights,
            List<float[]> biases,
            BoltzmannOptions options,
            LinearAlgebra la) {
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw new IllegalArgumentException("The scale (%s) must be positive and finite.".formatted(scale));
        }
        if (weights.isEmpty() || weights.size() != biases.size()) {
            throw new IllegalArgumentException(
                    "%d matrices of weights and %d biases were given; each hidden layer has one of each."
                            .formatted(weights.size(), biases.size()));
        }
        requireFinite("bias 0", bias);
        int below = bias.length;
        for (int l = 1; l <= weights.size(); l++) {
            Matrix w = weights.get(l - 1);
            float[] c = biases.get(l - 1);
            if (w.columns() != below || w.rows() != c.length) {
                throw new IllegalArgumentException(
                        "The weights of layer %d are %s; below it are %d units, and its biases are %d."
                                .formatted(l, w, below, c.length));
            }
            requireFinite("weights " + l, w.data());
            requireFinite("bias " + l, c);
            below = w.rows();
        }
        return new BoltzmannMemory(bias, scale, new BoltzmannMachine(la, weights, biases, options.noise()), options);
    }

    private static void requireFinite(String what, float[] numbers) {
        if (!Matrix.wrap(1, numbers.length, numbers).isFinite()) {
            throw new IllegalArgumentException("The parameters hold NaN or infinite values: %s.".formatted(what));
        }
    }

    /**
     * Stores patterns in a new machine.
     *
     * @param patterns [patterns, values], at least one, finite
     * @param watch called after every update; may stop the learning
     * @throws IllegalArgumentException if there is no pattern or one holds NaN or infinite values
     */
    public static Learned<BoltzmannMemory> learn(
            Matrix patterns, BoltzmannOptions options, MemoryModel.Watch watch, LinearAlgebra la) {
        Cues.requirePatterns(patterns);
        ContrastiveDivergence learning = new ContrastiveDivergence(la, patterns, options);
        Outcome outcome = learning.run(watch);
        BoltzmannMemory memory = learning.memory();
        Score audit = memory.regenerated(patterns);
        double ofZeros = patterns.squaredLength() / patterns.data().length;
        return outcome == Outcome.DIVERGED || Outcome.byError(0, audit.mean(), ofZeros) == Outcome.DIVERGED
                ? Learned.unaudited(memory, Outcome.DIVERGED, learning.updates())
                : new Learned<>(memory, outcome, learning.updates(), audit);
    }

    /** {@link #learn(Matrix, BoltzmannOptions, MemoryModel.Watch, LinearAlgebra)} unwatched, with the shared linear algebra. */
    public static Learned<BoltzmannMemory> learn(Matrix patterns, BoltzmannOptions options) {
        return learn(patterns, options, MemoryModel.Watch.NONE, LinearAlgebra.shared());
    }

    /** b, the live array. */
    public float[] bias() {
        return bias;
    }

    /** ℓ. */
    public double scale() {
        return scale;
    }

    /** L. */
    public int hiddenLayers() {
        return machine.layers();
    }

    /** W_l, [units, units below]; the live array. */
    public Matrix weights(int layer) {
        return machine.weight(layer);
    }

    /** c_l, the live array. */
    public float[] biases(int layer) {
        return machine.bias(layer);
    }

    public BoltzmannOptions options() {
        return options;
    }

    @Override
    public String model() {
        return options.name();
    }

    @Override
    public int values() {
        return bias.length;
    }

    @Override
    public long bytes() {
        long count = bias.length;
        for (int l = 1; l <= machine.layers(); l++) {
            count += machine.weight(l).data().length + machine.bias(l).length;
        }
        return Float.BYTES * count;
    }

    @Override
    public Recall recall(Matrix cues, int iterations) {
        Cues.require(this, cues);
        Cues.requireIterations(iterations);
        Recall first = recalled(cues);
        Matrix shown = first.patterns();
        for (int k = 1; k < iterations; k++) {
            shown = recalled(shown).patterns();
        }
        return new Recall(shown, first.energy(), first.residual(), first.steps(), first.status());
    }

    private Recall recalled(Matrix cues) {
        return answer(new Settling(machine, perceived(cues)).whole(options.iterations(), options.tolerance()));
    }

    @Override
    public Recall complete(Matrix given, Mask mask) {
        Matrix cues = Cues.known(this, given, mask);
        Matrix perception = mask.blank(perceived(cues), 0);
        Recall recall =
                answer(new Settling(machine, perception).partial(mask, options.iterations(), options.tolerance()));
        mask.clamp().hold(cues, recall.patterns());
        return recall;
    }

    /** y, within what can be squared. */
    private Matrix perceived(Matrix patterns) {
        Matrix y = Matrix.zeros(patterns.rows(), patterns.columns());
        for (int row = 0; row < y.rows(); row++) {
            for (int i = 0; i < y.columns(); i++) {
                double deviation = ((double) patterns.get(row, i) - bias[i]) / scale;
                y.set(row, i, (float) Math.max(-Cues.LARGEST, Math.min(Cues.LARGEST, deviation)));
            }
        }
        return y;
    }

    private Recall answer(Settling at) {
        Matrix expected = machine.expected(at.state());
        for (int row = 0; row < expected.rows(); row++) {
            for (int i = 0; i < expected.columns(); i++) {
                expected.set(row, i, (float) (bias[i] + scale * expected.get(row, i)));
            }
        }
        return new Recall(expected, machine.freeEnergy(at.state()), at.residual(), at.steps(), at.status());
    }
}
