package dev.engram.memory.attractor;

import dev.engram.memory.Answer;
import java.util.List;

/**
 * Options for recall from a memory with codes. At sharpness s, with D² the median squared distance of a code to its nearest neighbour and λ
 * the network's prior precision,
 *
 * <pre>
 *   β = s / D²,   λ of this inference = s λ / precision
 * </pre>
 *
 * <p>so that λ/β, the temperature of the prior, stays while the wells around the codes get narrower.
 *
 * @param noisePrecision how much the sensory layer is trusted, relative to the network's own prior, where every value of a cue is noisy
 * @param completionPrecision the same where the known values are exact
 * @param sharpness s, stage by stage, from smooth to sharp
 * @param rounds the most alternations of inference and weighing of codes at each stage
 * @param tolerance a stage ends when no cue's weights of codes move by more
 * @param truncation the squared error of a value above which {@link AttractorMemory#recover} lets it go; the patterns' variance where that is less
 * @param agreement the mean squared difference over what is known of a cue up to which patterns are {@link Answer.Ambiguous}
 */
public record AttractionOptions(
        double noisePrecision,
        double completionPrecision,
        List<Double> sharpness,
        int rounds,
        double tolerance,
        double truncation,
        double agreement) {
    public AttractionOptions {
        sharpness = List.copyOf(sharpness);
        if (!isPositive(noisePrecision) || !isPositive(completionPrecision)) {
            throw new IllegalArgumentException(
                    "The precisions for noise (%s) and completion (%s) must be positive and finite."
                            .formatted(noisePrecision, completionPrecision));
        }
        if (sharpness.isEmpty() || !sharpness.stream().allMatch(AttractionOptions::isPositive)) {
            throw new IllegalArgumentException(
                    "The stages of sharpness %s must be at least one, each positive and finite.".formatted(sharpness));
        }
        if (!isPositive(truncation) || !(agreement >= 0)) {
            throw new IllegalArgumentException("The truncation (%s) must be positive, the agreement (%s) at least 0."
                    .formatted(truncation, agreement));
        }
        if (rounds < 1 || !(tolerance >= 0)) {
            throw new IllegalArgumentException(
                    "Rounds (%d) must be at least 1, the tolerance (%s) at least 0.".formatted(rounds, tolerance));
        }
    }

    /**
     * One sharp stage. The cue's own evidence says where to start; smoother stages first would forget that where little is known
     * (docs/beyond.md).
     */
    public static AttractionOptions defaults() {
        return new AttractionOptions(0.01, 1, List.of(50.0), 3, 1e-3, 0.01, 1e-3);
    }

    /** The same with other precisions and stages. */
    public AttractionOptions with(double newNoise, double newCompletion, List<Double> newSharpness, int newRounds) {
        return new AttractionOptions(
                newNoise, newCompletion, newSharpness, newRounds, tolerance, truncation, agreement);
    }

    private static boolean isPositive(double value) {
        return value > 0 && !Double.isInfinite(value);
    }
}
