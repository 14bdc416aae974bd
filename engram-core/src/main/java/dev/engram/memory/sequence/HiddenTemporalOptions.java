package dev.engram.memory.sequence;

import dev.engram.learning.LearningRule;
import dev.engram.learning.LocalLeastSquares;
import dev.engram.memory.internal.Described;
import dev.engram.network.Activation;
import dev.engram.network.Initialisation;
import java.util.Map;

/**
 * How a sequence memory with a hidden layer is built and trained.
 *
 * @param hidden value nodes in the hidden layer; 0 takes twice the number of frames, at least 32
 * @param activation f; linear by default
 * @param rule how weights are updated; local least squares, or gradient steps without Adam
 * @param updates U, weight updates; at least 1
 * @param inferenceSteps T, inference steps before every update but the first; at least 0
 * @param startNoise standard deviation of the noise that sets the frames' hidden states apart at the start; above 0
 * @param priorPrecision λ, of what a hidden state is predicted to be; positive. The noisier the frames shown, the larger it should be
 * @param memoryMean mean of b, from which every sequence begins
 * @param memoryStd standard deviation of b
 * @param seed of everything random
 */
public record HiddenTemporalOptions(
        int hidden,
        Activation activation,
        LearningRule rule,
        int updates,
        int inferenceSteps,
        double startNoise,
        double priorPrecision,
        double memoryMean,
        double memoryStd,
        long seed) {
    private static final int FEWEST_HIDDEN = 32;

    public HiddenTemporalOptions {
        if (hidden < 0 || updates < 1 || inferenceSteps < 0) {
            throw new IllegalArgumentException(
                    "The numbers of hidden value nodes (%d) and inference steps (%d) must be at least 0, that of updates (%d) at least 1."
                            .formatted(hidden, inferenceSteps, updates));
        }
        if (!(startNoise > 0) || Double.isInfinite(startNoise)) {
            throw new IllegalArgumentException(
                    "The start noise (%s) must be positive and finite: without it no two frames have states of their own."
                            .formatted(startNoise));
        }
        TemporalOptions.requireTurns(rule);
    }

    /** Linear units, 10 updates of local least squares; states that differ by noise of standard deviation 0.1, each at right angles. */
    public static HiddenTemporalOptions defaults() {
        return new HiddenTemporalOptions(
                0, Activation.LINEAR, new LocalLeastSquares(1e-5, 0), 10, 5, 0.1, 1, 1, 0.5, 0);
    }

    public HiddenTemporalOptions withHidden(int nodes) {
        return with(nodes, activation, rule, updates, priorPrecision, seed);
    }

    public HiddenTemporalOptions withActivation(Activation f) {
        return with(hidden, f, rule, updates, priorPrecision, seed);
    }

    public HiddenTemporalOptions withRule(LearningRule newRule, int newUpdates) {
        return with(hidden, activation, newRule, newUpdates, priorPrecision, seed);
    }

    public HiddenTemporalOptions withPriorPrecision(double lambda) {
        return with(hidden, activation, rule, updates, lambda, seed);
    }

    public HiddenTemporalOptions withSeed(long newSeed) {
        return with(hidden, activation, rule, updates, priorPrecision, newSeed);
    }

    private HiddenTemporalOptions with(
            int nodes, Activation f, LearningRule newRule, int newUpdates, double lambda, long newSeed) {
        return new HiddenTemporalOptions(
                nodes, f, newRule, newUpdates, inferenceSteps, startNoise, lambda, memoryMean, memoryStd, newSeed);
    }

    /** The size of the hidden layer for a given number of frames. */
    public int hiddenFor(int frames) {
        return hidden > 0 ? hidden : Math.max(FEWEST_HIDDEN, 2 * frames);
    }

    /** Every option by name, as words and numbers that read back unchanged; the seed apart. */
    public Map<String, String> describe() {
        return Described.join(
                Described.of(
                        "hidden", Described.orWord(hidden, "auto"),
                        "activation", activation.word()),
                rule.describe(),
                Described.of(
                        "updates", updates,
                        "inference_steps", inferenceSteps,
                        "start_noise", startNoise,
                        "prior_precision", priorPrecision,
                        "memory_mean", memoryMean,
                        "memory_std", memoryStd));
    }

    /** b as drawn; the weights, W and H, start at 0. */
    Initialisation initialisation() {
        return new Initialisation(memoryMean, memoryStd, 0, 0);
    }
}
