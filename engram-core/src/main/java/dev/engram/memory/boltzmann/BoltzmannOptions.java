package dev.engram.memory.boltzmann;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Learned;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Shape;
import dev.engram.memory.internal.Cost;
import dev.engram.memory.internal.Described;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How a deep Boltzmann machine is built, trained and used for recall.
 *
 * @param hiddenLayers above the perception; at least 1
 * @param hidden units in each of them; 0 takes four times the number of patterns, at least 64
 * @param noise ν, the variance of a perceived value given the units, where the patterns' own variance along an axis of their span is 1 on
 *     average; positive
 * @param updates of the parameters, each from all patterns; at least 1
 * @param sweeps of Gibbs sampling in each of them, k; at least 1
 * @param learningRate of Adam at the first update, falling to 0; positive
 * @param iterations the most sweeps of a mean field that come after the cooling; at least 1
 * @param tolerance a cue is at rest when the residual is no larger
 * @param seed of everything random
 */
public record BoltzmannOptions(
        int hiddenLayers,
        int hidden,
        double noise,
        int updates,
        int sweeps,
        double learningRate,
        int iterations,
        double tolerance,
        long seed)
        implements MemoryModel {
    private static final int FEWEST_HIDDEN = 64;
    private static final int FOR_EACH_PATTERN = 4;

    public BoltzmannOptions {
        if (hiddenLayers < 1) {
            throw new IllegalArgumentException(
                    "The number of hidden layers (%d) must be at least 1.".formatted(hiddenLayers));
        }
        if (hidden < 0) {
            throw new IllegalArgumentException(
                    "The number of hidden units (%d) must be at least 1, or 0 to choose it.".formatted(hidden));
        }
        requirePositive("noise", noise);
        requirePositive("learning rate", learningRate);
        if (updates < 1 || sweeps < 1 || iterations < 1) {
            throw new IllegalArgumentException("Updates (%d), sweeps (%d) and iterations (%d) must be at least 1."
                    .formatted(updates, sweeps, iterations));
        }
        if (!(tolerance >= 0)) {
            throw new IllegalArgumentException("The tolerance (%s) must be at least 0.".formatted(tolerance));
        }
    }

    private static void requirePositive(String what, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("The %s (%s) must be positive and finite.".formatted(what, value));
        }
    }

    /** Two hidden layers. */
    public static BoltzmannOptions defaults() {
        return new BoltzmannOptions(2, 0, 0.15, 500, 1, 2e-3, 200, 1e-4, 0);
    }

    public BoltzmannOptions withHidden(int layers, int units) {
        return with(draft -> {
            draft.hiddenLayers = layers;
            draft.hidden = units;
        });
    }

    public BoltzmannOptions withNoise(double variance) {
        return with(draft -> draft.noise = variance);
    }

    public BoltzmannOptions withUpdates(int count) {
        return with(draft -> draft.updates = count);
    }

    public BoltzmannOptions withSweeps(int count) {
        return with(draft -> draft.sweeps = count);
    }

    public BoltzmannOptions withLearningRate(double rate) {
        return with(draft -> draft.learningRate = rate);
    }

    public BoltzmannOptions withRest(int mostIterations, double newTolerance) {
        return with(draft -> {
            draft.iterations = mostIterations;
            draft.tolerance = newTolerance;
        });
    }

    public BoltzmannOptions withSeed(long newSeed) {
        return with(draft -> draft.seed = newSeed);
    }

    private BoltzmannOptions with(Consumer<Draft> change) {
        Draft draft = new Draft();
        change.accept(draft);
        return draft.options();
    }

    /** The components, while one of them changes. */
    private final class Draft {
        private int hiddenLayers = hiddenLayers();
        private int hidden = hidden();
        private double noise = noise();
        private int updates = updates();
        private int sweeps = sweeps();
        private double learningRate = learningRate();
        private int iterations = iterations();
        private double tolerance = tolerance();
        private long seed = seed();

        BoltzmannOptions options() {
            return new BoltzmannOptions(
                    hiddenLayers, hidden, noise, updates, sweeps, learningRate, iterations, tolerance, seed);
        }
    }

    /** The size of a hidden layer for a given number of patterns. */
    public int hiddenFor(int patterns) {
        return hidden > 0 ? hidden : Math.max(FEWEST_HIDDEN, FOR_EACH_PATTERN * patterns);
    }

    @Override
    public String name() {
        return "boltzmann";
    }

    @Override
    public Map<String, String> describe() {
        return Described.of(
                "hidden_layers", hiddenLayers(),
                "hidden", Described.orWord(hidden, "auto"),
                "noise", noise(),
                "updates", updates(),
                "sweeps", sweeps(),
                "learning_rate", learningRate(),
                "iterations", iterations(),
                "tolerance", tolerance());
    }

    /** The weights on values, those in the span with Adam's averages and forces, the span, states of the units. */
    @Override
    public double bytesNeeded(int patterns, Shape shape) {
        double units = hiddenFor(patterns);
        double between = (hiddenLayers - 1) * units * units;
        double inSpan = Math.min(patterns, shape.values()) * units;
        double floats = units * shape.values() + 5 * (inSpan + between) + 6 * hiddenLayers * patterns * units;
        return Float.BYTES * (floats + 4.0 * patterns * shape.values()) + Cost.ofSpan(patterns, shape);
    }

    @Override
    public Learned<BoltzmannMemory> learn(Matrix patterns, Shape shape, long seed, Watch watch, LinearAlgebra la) {
        return BoltzmannMemory.learn(patterns, withSeed(seed), watch, la);
    }
}
