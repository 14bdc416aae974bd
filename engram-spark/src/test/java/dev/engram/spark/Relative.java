package dev.engram.spark;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares what was computed in two ways that differ in rounding. */
final class Relative {
    private Relative() {}

    /** |one - other| / |other|. */
    static double difference(float[] one, float[] other) {
        assertThat(one).hasSameSizeAs(other);
        double apart = 0;
        double length = 0;
        for (int i = 0; i < one.length; i++) {
            apart += Math.pow(one[i] - other[i], 2);
            length += Math.pow(other[i], 2);
        }
        return Math.sqrt(apart / length);
    }
}
