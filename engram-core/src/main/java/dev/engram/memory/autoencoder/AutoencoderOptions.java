package dev.engram.memory.autoencoder;

import dev.engram.graph.training.TrainingObserver;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Learned;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Shape;
import dev.engram.memory.internal.Described;
import dev.engram.network.Activation;
import dev.engram.network.UsualActivation;
import dev.engram.optimiser.Optimiser;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How an autoencoder is built, trained and used for recall. {@link #defaults()} is the three layers of figure 3, {@link
 * #overparametrised()} the deep network of figure 8.
 *
 * @param hiddenLayers between the pattern shown and the pattern returned; at least 1
 * @param hidden units in each of them; 0 takes twice the number of patterns, at least 32, so that there are more than four times as many
 *     parameters as values stored
 * @param activation of the hidden units, one of {@link UsualActivation}; what is returned is linear
 * @param gain the first weights are drawn from N(0, gain / inputs); positive
 * @param updates of the parameters, one for each mini-batch; at least 1
 * @param batch patterns in a mini-batch; 0 takes all
 * @param optimiser of the parameters
 * @param iterations the most in a completion; at least 1
 * @param tolerance a cue is at rest when the residual is no larger
 * @param seed of everything random
 */
public record AutoencoderOptions(
        int hiddenLayers,
        int hidden,
        Activation activation,
        double gain,
        int updates,
        int batch,
        Optimiser optimiser,
        int iterations,
        double tolerance,
        long seed)
        implements MemoryModel {
    private static final int FEWEST_HIDDEN = 32;

    public AutoencoderOptions {
        if (!(activation instanceof UsualActivation)) {
            throw new IllegalArgumentException(
                    "An autoencoder is a graph of relu, tanh or linear units; %s is none of them. Maybe use a network (pcn), which takes any."
                            .formatted(activation.word()));
        }
        if (hiddenLayers < 1) {
            throw new IllegalArgumentException(
                    "The number of hidden layers (%d) must be at least 1.".formatted(hiddenLayers));
        }
        if (hidden < 0) {
            throw new IllegalArgumentException(
                    "The number of hidden units (%d) must be at least 1, or 0 to choose it.".formatted(hidden));
        }
        if (!(gain > 0) || Double.isInfinite(gain)) {
            throw new IllegalArgumentException(
                    "The gain of the first weights (%s) must be positive and finite.".formatted(gain));
        }
        if (updates < 1 || iterations < 1) {
            throw new IllegalArgumentException(
                    "Updates (%d) and iterations (%d) must be at least 1.".formatted(updates, iterations));
        }
        if (batch < 0) {
            throw new IllegalArgumentException(
                    "The mini-batch (%d) must hold at least 1 pattern, or be 0 for all.".formatted(batch));
        }
        if (!(tolerance >= 0)) {
            throw new IllegalArgumentException("The tolerance (%s) must be at least 0.".formatted(tolerance));
        }
    }

    /** One hidden layer of ReLU units, trained by Adam on all patterns at once. */
    public static AutoencoderOptions defaults() {
        return new AutoencoderOptions(1, 0, Activation.RELU, 1.0 / 3, 1_000, 0, Optimiser.adam(1e-3), 500, 1e-4, 0);
    }

    /**
     * Nine hidden layers, as many as a predictive-coding network of ten layers has. Small first weights make the map contract around what
     * it stores; with larger ones it is learned as well and completes less.
     */
    public static AutoencoderOptions overparametrised() {
        return new AutoencoderOptions(9, 0, Activation.RELU, 1, 2_000, 0, Optimiser.adam(1e-3), 500, 1e-4, 0);
    }

    public AutoencoderOptions withHidden(int layers, int units) {
        return with(draft -> {
            draft.hiddenLayers = layers;
            draft.hidden = units;
        });
    }

    public AutoencoderOptions withActivation(Activation f) {
        return with(draft -> draft.activation = f);
    }

    public AutoencoderOptions withGain(double newGain) {
        return with(draft -> draft.gain = newGain);
    }

    public AutoencoderOptions withUpdates(int count) {
        return with(draft -> draft.updates = count);
    }

    public AutoencoderOptions withBatch(int patterns) {
        return with(draft -> draft.batch = patterns);
    }

    public AutoencoderOptions withOptimiser(Optimiser newOptimiser) {
        return with(draft -> draft.optimiser = newOptimiser);
    }

    public AutoencoderOptions withRest(int mostIterations, double newTolerance) {
        return with(draft -> {
            draft.iterations = mostIterations;
            draft.tolerance = newTolerance;
        });
    }

    public AutoencoderOptions withSeed(long newSeed) {
        return with(draft -> draft.seed = newSeed);
    }

    private AutoencoderOptions with(Consumer<Draft> change) {
        Draft draft = new Draft();
        change.accept(draft);
        return draft.options();
    }

    /** The components, while one of them changes. */
    private final class Draft {
        private int hiddenLayers = hiddenLayers();
        private int hidden = hidden();
        private Activation activation = activation();
        private double gain = gain();
        private int updates = updates();
        private int batch = batch();
        private Optimiser optimiser = optimiser();
        private int iterations = iterations();
        private double tolerance = tolerance();
        private long seed = seed();

        AutoencoderOptions options() {
            return new AutoencoderOptions(
                    hiddenLayers, hidden, activation, gain, updates, batch, optimiser, iterations, tolerance, seed);
        }
    }

    /** The size of a hidden layer for a given number of patterns. */
    public int hiddenFor(int patterns) {
        return hidden > 0 ? hidden : Math.max(FEWEST_HIDDEN, 2 * patterns);
    }

    /** The size of a mini-batch for a given number of patterns. */
    int batchFor(int patterns) {
        return batch == 0 ? patterns : Math.min(batch, patterns);
    }

    @Override
    public String name() {
        return "autoencoder";
    }

    @Override
    public Map<String, String> describe() {
        return Described.of(
                "hidden_layers", hiddenLayers(),
                "hidden", Described.orWord(hidden, "auto"),
                "activation", activation.word(),
                "gain", gain(),
                "updates", updates(),
                "batch", Described.orWord(batch, "all"),
                "optimiser", optimiser.word(),
                "learning_rate", optimiser.learningRate(),
                "iterations", iterations(),
                "tolerance", tolerance());
    }

    /** Weights with their start and their copy, states of Adam in the span, values of the hidden units. */
    @Override
    public double bytesNeeded(int patterns, Shape shape) {
        double values = shape.values();
        double units = hiddenFor(patterns);
        double weights = 3 * 2 * values * units + 5 * hiddenLayers * units * units;
        return Float.BYTES * (weights + 4 * patterns * values + 4 * hiddenLayers * patterns * units);
    }

    @Override
    public Learned<Autoencoder> learn(Matrix patterns, Shape shape, long seed, Watch watch, LinearAlgebra la) {
        TrainingObserver observer = p -> {
            int update = (p.epoch() - 1) * p.batches() + p.batch();
            watch.onState(() -> p.state().get().asLearning(update));
            return watch.onUpdate(update, updates, 2 * p.metrics().loss() / patterns.columns());
        };
        return Autoencoder.learn(patterns, withSeed(seed), observer, watch.resumed(), la);
    }
}
