package dev.engram.memory;

import dev.engram.linalg.Matrix;
import dev.engram.memory.internal.Stream;
import java.util.SplittableRandom;

/**
 * Gaussian noise, named by what its number means: papers write "noise 0.2" for either.
 *
 * @param standardDeviation of the noise added to every value, in the units of the values; at least 0
 */
public record Noise(double standardDeviation) {
    public Noise {
        if (!(standardDeviation >= 0) || Double.isInfinite(standardDeviation)) {
            throw new IllegalArgumentException(
                    "The standard deviation of noise (%s) must be at least 0 and finite.".formatted(standardDeviation));
        }
    }

    public static Noise ofStandardDeviation(double standardDeviation) {
        return new Noise(standardDeviation);
    }

    public static Noise ofVariance(double variance) {
        if (!(variance >= 0) || Double.isInfinite(variance)) {
            throw new IllegalArgumentException(
                    "The variance of noise (%s) must be at least 0 and finite.".formatted(variance));
        }
        return new Noise(Math.sqrt(variance));
    }

    public double variance() {
        return standardDeviation * standardDeviation;
    }

    /** A copy of the patterns with noise on every value, not clipped to [0, 1]. */
    public Matrix addTo(Matrix patterns, long seed) {
        SplittableRandom random = Stream.NOISE.of(seed);
        Matrix noisy = patterns.copy();
        float[] values = noisy.data();
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) (standardDeviation * random.nextGaussian());
        }
        return noisy;
    }
}
