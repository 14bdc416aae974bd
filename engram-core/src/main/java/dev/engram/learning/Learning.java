package dev.engram.learning;

import dev.engram.inference.Inference;
import dev.engram.linalg.Matrix;
import dev.engram.network.GenerativeNetwork;
import dev.engram.optimiser.LearningState;
import dev.engram.optimiser.Outcome;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * Algorithm 1: the sensory layer is clamped to the patterns, inference runs for T steps, then weights and memory vector are updated
 * once; and again.
 *
 * @param rule how weights are updated
 * @param updates U, how many weight updates; at least 0
 * @param inference T steps of it before every update
 * @param start whether value nodes resume where the last update left them or begin at the memory vector again
 * @param startNoise standard deviation of the noise that sets the patterns' top layers apart at the very start. With it the first
 *     update learns from those value nodes as they are: inference under weights that know nothing yet would pull them together again
 * @param tolerance learning has converged, and ends before U updates, when one leaves squared errors Σ|ε^l|², of all layers below the top
 *     together, of at most this share of the patterns' variance about their mean, at the value nodes that it learned from; local least squares knows what it leaves. 0 takes all
 *     updates, as gradient steps always do
 */
public record Learning(
        LearningRule rule, int updates, Inference inference, Start start, double startNoise, double tolerance) {
    /** Where the value nodes stand when an update's inference begins. */
    public enum Start {
        /** At the predicted state, x^L = b, every time. */
        FROM_MEMORY_VECTOR,
        /** Where the last update's inference ended; far fewer steps are needed. */
        WARM
    }

    /**
     * A learned network.
     *
     * @param network of a learning that diverged the one given
     * @param updates how many updates were made
     * @param trainingError mean squared error per value before the last update
     */
    public record Result(GenerativeNetwork network, Outcome outcome, int updates, double trainingError) {}

    public Learning {
        if (updates < 0 || !(startNoise >= 0) || !(tolerance >= 0)) {
            throw new IllegalArgumentException(
                    "Learning needs updates (%d), start noise (%s) and a tolerance (%s) of at least 0."
                            .formatted(updates, startNoise, tolerance));
        }
    }

    /** All the updates, whatever they leave. */
    public Learning(LearningRule rule, int updates, Inference inference, Start start, double startNoise) {
        this(rule, updates, inference, start, startNoise, 0);
    }

    /**
     * Teaches a copy of the network the given patterns: Algorithm 1. For each update, inference with the patterns clamped (Eq. 3), then the
     * weights move (Eq. 4 and 5, or another rule).
     *
     * @param network only read
     * @param patterns [patterns, size(0)]
     * @param seed of the start noise
     */
    public Result learn(GenerativeNetwork network, Matrix patterns, long seed, LearningObserver observer) {
        return learn(network, patterns, seed, observer, Optional.empty());
    }

    /**
     * The same, resumed: it ends with the bits it would have ended with.
     *
     * @param from the state at an update of the same learning, see {@link LearningProgress#state}
     * @throws IllegalArgumentException if it is a state of another learning
     */
    public Result learn(
            GenerativeNetwork network,
            Matrix patterns,
            long seed,
            LearningObserver observer,
            Optional<LearningState> from) {
        requireSome(patterns.rows());
        GenerativeNetwork learner = network.copy();
        LearningRule.WeightUpdate weightUpdate = started(learner, from);
        StartCodes codes = StartCodes.draw(patterns.rows(), learner.size(learner.hiddenLayers()), startNoise, seed);
        try (LearningValues values = new ValuesInMemory(rule, weightUpdate, inference, learner, patterns, codes)) {
            return learn(network, learner, weightUpdate, values, patterns.rows(), observer, from);
        }
    }

    /**
     * The same of patterns that are in parts, perhaps elsewhere: every part infers its own value nodes and keeps them, and what an update takes
     * of them is added up ({@link UpdateSums}). The result is that of all patterns at once up to rounding.
     *
     * @param patterns of size(0) values
     * @throws IllegalArgumentException if the rule does not learn in parts
     */
    public Result learn(
            GenerativeNetwork network,
            PatternBlocks patterns,
            long seed,
            LearningObserver observer,
            Optional<LearningState> from) {
        requireSome(patterns.count());
        if (!rule.learnsInParts()) {
            throw new IllegalArgumentException(
                    "The rule %s does not learn patterns in parts. Maybe learn them all at once, from a matrix."
                            .formatted(rule));
        }
        GenerativeNetwork learner = network.copy();
        LearningRule.WeightUpdate weightUpdate = started(learner, from);
        ValuesInParts.Noise noise = new ValuesInParts.Noise(patterns.count(), startNoise, seed);
        try (LearningValues values = new ValuesInParts(rule, weightUpdate, inference, learner, patterns, noise)) {
            return learn(network, learner, weightUpdate, values, patterns.count(), observer, from);
        }
    }

    private static void requireSome(int patterns) {
        if (patterns == 0) {
            throw new IllegalArgumentException("There is no pattern to learn; at least one is needed.");
        }
    }

    /** A rule that begins, or goes on where the learner and it were. */
    private LearningRule.WeightUpdate started(GenerativeNetwork learner, Optional<LearningState> from) {
        LearningRule.WeightUpdate weightUpdate = rule.start(inference.la(), learner);
        from.ifPresent(state -> {
            NetworkState.restore("", state, learner);
            weightUpdate.restore("", state);
        });
        return weightUpdate;
    }

    private Result learn(
            GenerativeNetwork network,
            GenerativeNetwork learner,
            LearningRule.WeightUpdate weightUpdate,
            LearningValues values,
            int patterns,
            LearningObserver observer,
            Optional<LearningState> from) {
        double numbers = (double) patterns * learner.size(0);
        double enough = tolerance * values.squaresAboutMean();
        double trainingError = Double.NaN;
        double first = Double.NaN;
        int made = 0;
        if (from.isPresent()) {
            LearningState state = from.get();
            made = state.update();
            values.restore(state);
            first = state.number("first_error");
            trainingError = state.number("training_error");
            if (state.find("left").orElse(Double.MAX_VALUE) <= enough) {
                return new Result(learner, Outcome.COMPLETED, made, trainingError);
            }
        }
        for (int update = made + 1; update <= updates; update++) {
            if (start == Start.FROM_MEMORY_VECTOR && update > 1) {
                values.begin();
            }
            double[] perLayer = values.infer(update > 1 || startNoise == 0);
            double error = 2 * perLayer[0] / numbers;
            if (!Double.isFinite(error)) {
                return new Result(network, Outcome.DIVERGED, update - 1, trainingError);
            }
            trainingError = error;
            first = update == 1 ? error : first;
            OptionalDouble left = values.update(update == 1 && startNoise > 0);
            if (!learner.isFinite()) {
                return new Result(network, Outcome.DIVERGED, update - 1, trainingError);
            }
            LearningState.Draft draft =
                    new LearningState.Draft(update).with("first_error", first).with("training_error", trainingError);
            left.ifPresent(squares -> draft.with("left", squares));
            Supplier<LearningState> state = () -> {
                NetworkState.save("", learner, draft);
                weightUpdate.save("", draft);
                values.save(draft);
                return draft.state();
            };
            if (!observer.onUpdate(
                    new LearningProgress(update, updates, perLayer, trainingError, () -> learner, state))) {
                return new Result(learner, Outcome.CANCELLED, update, trainingError);
            }
            if (left.isPresent() && left.getAsDouble() <= enough) {
                return new Result(learner, Outcome.COMPLETED, update, trainingError);
            }
        }
        double ofZeros = values.squares() / numbers;
        return updates > 0 && Outcome.byError(first, trainingError, ofZeros) == Outcome.DIVERGED
                ? new Result(network, Outcome.DIVERGED, updates, trainingError)
                : new Result(learner, Outcome.COMPLETED, updates, trainingError);
    }
}
