package dev.engram.io;

import dev.engram.learning.GradientRule;
import dev.engram.learning.Learning;
import dev.engram.learning.LearningRule;
import dev.engram.learning.LocalLeastSquares;
import dev.engram.memory.HiddenTemporalOptions;
import dev.engram.memory.PredictiveCodingOptions;
import dev.engram.memory.Score;
import dev.engram.memory.TemporalOptions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where a memory came from: data, options, outcome and platform.
 *
 * <p>There is no time stamp unless one is given, so that the same inputs make the same bytes.
 *
 * @param patterns how many were stored
 * @param dataDigest {@link PatternSet#digest()} of them
 * @param seed of everything random
 * @param options every learning option by name, in a fixed order; see {@link #describe}
 * @param outcome how learning ended
 * @param updates weight updates made
 * @param audit how well the memory regenerates what it stores
 * @param created when, in the words of the caller; empty by default
 */
public record Provenance(
        int patterns,
        String dataDigest,
        long seed,
        Map<String, String> options,
        Learning.Outcome outcome,
        int updates,
        Audit audit,
        Software software,
        Optional<String> created) {

    /**
     * How well the memory regenerates its patterns when each is shown whole.
     *
     * @param meanError mean of the patterns' mean squared errors
     * @param worstError the largest of them
     * @param recovered how many patterns have an error below the threshold
     */
    public record Audit(double meanError, double worstError, int recovered, double threshold) {
        public static Audit of(Score score, double threshold) {
            double worst = 0;
            for (double error : score.errors()) {
                worst = Math.max(worst, error);
            }
            return new Audit(score.mean(), worst, score.recovered(threshold), threshold);
        }
    }

    public Provenance {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        if (patterns < 0 || updates < 0) {
            throw new IllegalArgumentException(
                    "The numbers of patterns (%d) and updates (%d) must be at least 0.".formatted(patterns, updates));
        }
    }

    /** Every option by name, as words and numbers that read back unchanged. */
    public static Map<String, String> describe(PredictiveCodingOptions options) {
        Map<String, String> named = new LinkedHashMap<>();
        named.put("layers", String.valueOf(options.layers()));
        named.put("hidden", options.hidden() == 0 ? "auto" : String.valueOf(options.hidden()));
        named.put("activation", word(options.activation()));
        describe(options.rule(), named);
        named.put("updates", String.valueOf(options.updates()));
        named.put("inference_steps", String.valueOf(options.inferenceSteps()));
        named.put("start", word(options.start()));
        named.put("start_noise", String.valueOf(options.startNoise()));
        named.put("prior_precision", String.valueOf(options.priorPrecision()));
        named.put("memory_mean", String.valueOf(options.initialisation().memoryMean()));
        named.put("memory_std", String.valueOf(options.initialisation().memoryStd()));
        named.put("sensory_std", String.valueOf(options.initialisation().sensoryStd()));
        named.put("hidden_gain", String.valueOf(options.initialisation().hiddenGain()));
        named.put("engine", word(options.engine()));
        return named;
    }

    /** {@link #describe(PredictiveCodingOptions)} of a sequence memory. */
    public static Map<String, String> describe(TemporalOptions options) {
        Map<String, String> named = new LinkedHashMap<>();
        named.put("activation", word(options.activation()));
        describe(options.rule(), named);
        named.put("updates", String.valueOf(options.updates()));
        return named;
    }

    /** {@link #describe(PredictiveCodingOptions)} of a sequence memory with a hidden layer. */
    public static Map<String, String> describe(HiddenTemporalOptions options) {
        Map<String, String> named = new LinkedHashMap<>();
        named.put("hidden", options.hidden() == 0 ? "auto" : String.valueOf(options.hidden()));
        named.put("activation", word(options.activation()));
        describe(options.rule(), named);
        named.put("updates", String.valueOf(options.updates()));
        named.put("inference_steps", String.valueOf(options.inferenceSteps()));
        named.put("start_noise", String.valueOf(options.startNoise()));
        named.put("prior_precision", String.valueOf(options.priorPrecision()));
        named.put("memory_mean", String.valueOf(options.memoryMean()));
        named.put("memory_std", String.valueOf(options.memoryStd()));
        return named;
    }

    private static void describe(LearningRule rule, Map<String, String> named) {
        if (rule instanceof LocalLeastSquares squares) {
            named.put("learning", "local-least-squares");
            named.put("ridge", String.valueOf(squares.ridge()));
            named.put("memory_rate", String.valueOf(squares.memoryRate()));
        } else if (rule instanceof GradientRule gradient) {
            named.put("learning", "gradient");
            named.put("learning_rate", String.valueOf(gradient.learningRate()));
            named.put("optimiser", gradient.optimiser().word());
        }
    }

    /** An enum constant as the command line spells it, for example {@code from-memory-vector}. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
