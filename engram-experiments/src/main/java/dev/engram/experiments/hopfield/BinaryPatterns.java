package dev.engram.experiments.hopfield;

import dev.engram.io.PatternSet;
import dev.engram.linalg.Matrix;
import java.util.SplittableRandom;

/** Binary patterns, [patterns, units] of 0 and 1. */
final class BinaryPatterns {
    /** Digits of 28 by 28 pixels, averaged over 2 by 2. */
    static final int DIGIT_UNITS = 196;

    private static final int SIDE = 28;

    private BinaryPatterns() {}

    static Matrix random(int count, int units, long seed, int draw) {
        SplittableRandom random = stream(seed, draw);
        Matrix patterns = Matrix.zeros(count, units);
        for (int i = 0; i < patterns.data().length; i++) {
            patterns.data()[i] = random.nextInt(2);
        }
        return patterns;
    }

    static Matrix digits(PatternSet set, int from) {
        Matrix digits = Matrix.zeros(DIGIT_UNITS, DIGIT_UNITS);
        for (int p = 0; p < DIGIT_UNITS; p++) {
            for (int i = 0; i < DIGIT_UNITS; i++) {
                int corner = 2 * (i / (SIDE / 2)) * SIDE + 2 * (i % (SIDE / 2));
                float sum = 0;
                for (int offset : new int[] {0, 1, SIDE, SIDE + 1}) {
                    sum += set.patterns().get(from + p, corner + offset);
                }
                digits.set(p, i, sum > 2 ? 1 : 0);
            }
        }
        return digits;
    }

    /** The patterns with the same number of units flipped in each, chosen for each by itself. */
    static Matrix flipped(Matrix patterns, double fraction, long seed, int draw) {
        SplittableRandom random = stream(~seed, draw);
        int units = patterns.columns();
        long flips = Math.round(fraction * units);
        Matrix flipped = patterns.copy();
        for (int p = 0; p < patterns.rows(); p++) {
            long left = flips;
            for (int i = 0; i < units; i++) {
                if (random.nextInt(units - i) < left) {
                    flipped.set(p, i, 1 - patterns.get(p, i));
                    left--;
                }
            }
        }
        return flipped;
    }

    private static SplittableRandom stream(long seed, int draw) {
        return new SplittableRandom(new SplittableRandom(seed).nextLong() + draw);
    }
}
