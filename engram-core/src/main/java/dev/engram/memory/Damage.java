package dev.engram.memory;

import dev.engram.linalg.Matrix;
import java.util.BitSet;
import java.util.List;

/**
 * A way to damage patterns in order to test memories: the cues shown instead of the patterns, and whether the intact values are marked.
 *
 * <pre>
 *   noise       on every value                          recalled    recovered below an MSE of 0.005
 *   missing     a part is 0, and a mask says which      completed   below 0.001
 *   covered     a part shows something else, unmarked   recovered   below 0.001
 * </pre>
 *
 * The thresholds are those of Salvatori et al. 2021. The same damage, patterns and seed give the same cues.
 */
public sealed interface Damage {
    /** In words, as a table's heading has them. */
    String name();

    /** The mean squared error below which a pattern counts as recovered from such damage. */
    default double threshold() {
        return Score.COMPLETION_THRESHOLD;
    }

    /**
     * Damages patterns.
     *
     * @param patterns [patterns, values]; only read
     * @param shape of each of them
     * @param seed of whatever is random; the same seed damages in the same way
     * @throws IllegalArgumentException if patterns of this shape have no such part
     */
    DamagedCues apply(Matrix patterns, Shape shape, long seed);

    static Noisy ofVariance(double variance) {
        return new Noisy("noise of variance " + variance, Noise.ofVariance(variance));
    }

    static Noisy ofStandardDeviation(double deviation) {
        return new Noisy("noise of std " + deviation, Noise.ofStandardDeviation(deviation));
    }

    /** Noise on every value. */
    record Noisy(String name, Noise noise) implements Damage {
        @Override
        public double threshold() {
            return Score.DENOISING_THRESHOLD;
        }

        @Override
        public DamagedCues apply(Matrix patterns, Shape shape, long seed) {
            return DamagedCues.noisy(noise.addTo(patterns, seed));
        }
    }

    /** Only a part is known; all else is missing. */
    record Known(String name, Region part) implements Damage {
        @Override
        public DamagedCues apply(Matrix patterns, Shape shape, long seed) {
            return DamagedCues.missing(patterns, Mask.known(part, shape, patterns.rows(), seed));
        }
    }

    /**
     * A square in the centre is missing; all else is known.
     *
     * @param side as a fraction of the picture's width and height
     */
    record SquareMissing(String name, double side) implements Damage {
        public SquareMissing {
            requireSide(side);
        }

        @Override
        public DamagedCues apply(Matrix patterns, Shape shape, long seed) {
            List<BitSet> gone = square(shape, side).rows(shape, 1, seed);
            return DamagedCues.missing(patterns, Mask.missing(shape.values(), gone));
        }
    }

    /** Something lies on a part, and where is not marked. */
    record Covered(String name, Region part, Cover cover) implements Damage {
        @Override
        public DamagedCues apply(Matrix patterns, Shape shape, long seed) {
            return covered(patterns, shape, part.rows(shape, patterns.rows(), seed), cover);
        }
    }

    /**
     * Something lies on a square in the centre, and it is not marked.
     *
     * @param side as a fraction of the picture's width and height
     */
    record SquareCovered(String name, double side, Cover cover) implements Damage {
        public SquareCovered {
            requireSide(side);
        }

        @Override
        public DamagedCues apply(Matrix patterns, Shape shape, long seed) {
            return covered(patterns, shape, square(shape, side).rows(shape, 1, seed), cover);
        }
    }

    /** What lies on a covered part. */
    enum Cover {
        BLACK,
        /** The same part of the next pattern; on the last, of the first. */
        PASTED
    }

    private static DamagedCues covered(Matrix patterns, Shape shape, List<BitSet> parts, Cover cover) {
        if (cover == Cover.BLACK) {
            return DamagedCues.unmarked(Mask.missing(shape.values(), parts).blank(patterns, 0));
        }
        Matrix cues = patterns.copy();
        for (int cue = 0; cue < cues.rows(); cue++) {
            int next = (cue + 1) % cues.rows();
            int row = cue;
            parts.get(parts.size() == 1 ? 0 : cue).stream().forEach(j -> cues.set(row, j, patterns.get(next, j)));
        }
        return DamagedCues.unmarked(cues);
    }

    private static Region square(Shape shape, double side) {
        int width = (int) Math.round(side * shape.width());
        int height = (int) Math.round(side * shape.height());
        return new Region.Box((shape.width() - width) / 2, (shape.height() - height) / 2, width, height);
    }

    private static void requireSide(double side) {
        if (!(side > 0 && side <= 1)) {
            throw new IllegalArgumentException(
                    "The side of a square (%s) must be above 0 and at most 1. Maybe 0.5 for half of the picture's width and height."
                            .formatted(side));
        }
    }
}
