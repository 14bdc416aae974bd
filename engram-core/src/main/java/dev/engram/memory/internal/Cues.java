package dev.engram.memory.internal;

import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Mask;

/** Checks of patterns and cues that all memories share. */
public final class Cues {
    private Cues() {}

    public static void requirePatterns(Matrix patterns) {
        if (patterns.rows() == 0 || patterns.columns() == 0) {
            throw new IllegalArgumentException("There is nothing to learn: %s.".formatted(patterns));
        }
        if (!patterns.isFinite()) {
            throw new IllegalArgumentException("The patterns hold NaN or infinite values.");
        }
    }

    public static void require(AssociativeMemory memory, Matrix cues) {
        if (cues.columns() != memory.values()) {
            throw new IllegalArgumentException(
                    "The cues have %d values each, the memory's patterns %d. Maybe they are pictures of another size or colour."
                            .formatted(cues.columns(), memory.values()));
        }
        if (!cues.isFinite()) {
            throw new IllegalArgumentException(
                    "The cues hold NaN or infinite values. Maybe mark missing values with a mask instead.");
        }
    }

    /** The same of cues in which what is NaN is missing. */
    public static void requirePartial(AssociativeMemory memory, Matrix cues) {
        Matrix present = cues.copy();
        for (int i = 0; i < present.data().length; i++) {
            present.data()[i] = Float.isNaN(present.data()[i]) ? 0 : present.data()[i];
        }
        require(memory, present);
    }

    public static void require(AssociativeMemory memory, Matrix cues, Mask mask) {
        require(memory, cues);
        mask.requireFits(cues);
    }

    public static void requireFrames(int values, Matrix frames) {
        if (frames.rows() == 0 || frames.columns() != values) {
            throw new IllegalArgumentException(
                    "The frames shown are %s; at least one of %d values was expected. Maybe they are pictures of another size or colour."
                            .formatted(frames, values));
        }
        if (!frames.isFinite()) {
            throw new IllegalArgumentException("The frames hold NaN or infinite values.");
        }
    }

    public static void requireSteps(int steps) {
        requireAtLeastOne("frames to recall", steps);
    }

    public static void requireIterations(int iterations) {
        requireAtLeastOne("iterations", iterations);
    }

    private static void requireAtLeastOne(String what, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("The number of %s (%d) must be at least 1.".formatted(what, count));
        }
    }
}
