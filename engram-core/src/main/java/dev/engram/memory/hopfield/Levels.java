package dev.engram.memory.hopfield;

import dev.engram.linalg.Matrix;

/**
 * The two values that a network of bipolar units gives back: those of its patterns, where these have no more than two and the threshold lies
 * between them (-1 and 1 come back as -1 and 1), else 0 and 1.
 *
 * @param low of a unit at -1
 * @param high of a unit at +1, greater
 */
public record Levels(float low, float high) {
    /** 0 and 1. */
    public static final Levels BINARY = new Levels(0, 1);

    /** Those of the units themselves. */
    static final Levels BIPOLAR = new Levels(-1, 1);

    public Levels {
        if (!Float.isFinite(low) || !Float.isFinite(high) || !(low < high)) {
            throw new IllegalArgumentException(
                    "The values of a binary network (%s and %s) must be finite, the first the lesser."
                            .formatted(low, high));
        }
    }

    /**
     * Those of patterns.
     *
     * @param threshold values above it are high, the others low
     */
    public static Levels of(Matrix patterns, double threshold) {
        float low = Float.NaN;
        float high = Float.NaN;
        for (float value : patterns.data()) {
            if (value > threshold) {
                high = Float.isNaN(high) ? value : high;
            } else {
                low = Float.isNaN(low) ? value : low;
            }
            if (value != low && value != high) { // a third value, or NaN
                return BINARY;
            }
        }
        low = Float.isNaN(low) ? BINARY.low : low;
        high = Float.isNaN(high) ? BINARY.high : high;
        boolean areApart = low <= threshold && high > threshold && Float.isFinite(low) && Float.isFinite(high);
        return areApart ? new Levels(low, high) : BINARY;
    }

    /** The value of a unit in a state, or with a field. */
    public float of(float state) {
        return state > 0 ? high : low;
    }

    /** High where values are above the threshold, else low. */
    Matrix applied(Matrix values, double threshold) {
        Matrix applied = Matrix.zeros(values.rows(), values.columns());
        for (int i = 0; i < values.data().length; i++) {
            applied.data()[i] = values.data()[i] > threshold ? high : low;
        }
        return applied;
    }
}
