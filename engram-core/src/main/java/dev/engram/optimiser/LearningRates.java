package dev.engram.optimiser;

/**
 * What a learning rate is multiplied with, update by update. With t for the update, from 0:
 *
 * <pre>
 *   steps:    c^⌊t / n⌋
 *   cosine:   ½ (1 + cos(π t / n)), 0 from n on            (Loshchilov and Hutter 2017)
 *   warm-up:  (t + 1) / n up to n, and then another from its beginning
 * </pre>
 */
@FunctionalInterface
public interface LearningRates {
    /**
     * The factor of an update, at least 0 and finite.
     *
     * @param update how many were made before it
     */
    double factor(long update);

    /** Always 1. */
    static LearningRates constant() {
        return update -> 1;
    }

    /**
     * Falls by a factor after every so many updates.
     *
     * @param every at least 1
     * @param factor above 0, at most 1
     */
    static LearningRates steps(long every, double factor) {
        requireUpdates(every);
        if (!(factor > 0 && factor <= 1)) {
            throw new IllegalArgumentException(
                    "The factor of a learning rate that falls (%s) must be above 0 and at most 1.".formatted(factor));
        }
        return update -> {
            long falls = update / every;
            return Math.pow(factor, falls);
        };
    }

    /**
     * Falls to 0 as a half wave of a cosine.
     *
     * @param updates after how many it is 0, at least 1
     */
    static LearningRates cosine(long updates) {
        requireUpdates(updates);
        return update -> update >= updates ? 0 : 0.5 * (1 + Math.cos(Math.PI * update / updates));
    }

    /**
     * Rises in a line over the first updates, before this one begins.
     *
     * @param updates how many, at least 1
     */
    default LearningRates afterWarmUp(long updates) {
        requireUpdates(updates);
        return update -> update < updates ? (update + 1.0) / updates : factor(update - updates);
    }

    private static void requireUpdates(long updates) {
        if (updates < 1) {
            throw new IllegalArgumentException(
                    "The updates over which a learning rate changes (%d) must be at least 1.".formatted(updates));
        }
    }
}
