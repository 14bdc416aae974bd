package dev.engram.cli.bench;

import dev.engram.linalg.Matrix;
import java.util.SplittableRandom;

/**
 * Patterns in any number, made up from a seed: smooth, and yet as independent of each other as patterns can be. Each is a random walk that is
 * drawn back to the middle,
 *
 * <pre>
 *   v_1 = g_1,   v_j = ρ v_{j-1} + √(1 - ρ²) g_j,   x_j = ½ + v_j / 8, kept in [0, 1]
 * </pre>
 *
 * <p>with g normal. The variance along its principal directions falls with the square of their number, somewhat faster than in photographs.
 * Sums of a few waves would not do: those of at most k turns span about 2k dimensions, however many they are.
 */
final class MadeUpPatterns {
    private static final double CORRELATION_LENGTH = 256; // values
    private static final double DEVIATION = 1 / 8.0;

    private MadeUpPatterns() {}

    /** The first patterns of the seed, [count, values]. */
    static Matrix draw(int count, int values, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double kept = 1 - 1 / CORRELATION_LENGTH;
        double fresh = Math.sqrt(1 - kept * kept);
        Matrix patterns = Matrix.zeros(count, values);
        for (int i = 0; i < count; i++) {
            double v = random.nextGaussian();
            for (int j = 0; j < values; j++) {
                patterns.data()[i * values + j] = (float) Math.max(0, Math.min(1, 0.5 + DEVIATION * v));
                v = kept * v + fresh * random.nextGaussian();
            }
        }
        return patterns;
    }
}
