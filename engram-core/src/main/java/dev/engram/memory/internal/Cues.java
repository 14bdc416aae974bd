package dev.engram.memory.internal;

import dev.engram.learning.KeptBlocks;
import dev.engram.learning.PatternBlocks;
import dev.engram.learning.PatternSpan;
import dev.engram.learning.PatternSums;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Mask;
import dev.engram.memory.UnusableValuesException;
import java.io.Serializable;
import java.util.BitSet;
import java.util.function.Consumer;

/** Checks of patterns and cues that all memories share: what gets past them no arithmetic makes NaN or infinite of. */
public final class Cues {
    /** The size up to which values are learned and shown: the squares of 3·10⁸ of them add up to a float. */
    public static final float LARGEST = 1e15f;

    private Cues() {}

    public static void requirePatterns(Matrix patterns) {
        if (patterns.rows() == 0 || patterns.columns() == 0) {
            throw new IllegalArgumentException("There is nothing to learn: %s.".formatted(patterns));
        }
        requireUsable("patterns", patterns, "");
        float largest = 0;
        for (float value : patterns.data()) {
            largest = Math.max(largest, Math.abs(value));
        }
        if (largest > 0 && largest < Float.MIN_NORMAL) {
            throw new UnusableValuesException(
                    "The largest of the patterns' values is %s; floats below %s lose their digits. Maybe multiply all values by the same large number."
                            .formatted(largest, Float.MIN_NORMAL));
        }
    }

    /** The same of patterns in which what is NaN is missing. */
    public static void requirePartialPatterns(Matrix patterns) {
        requirePatterns(withoutGaps(patterns));
    }

    /** The same patterns, of which every block is looked at whenever it is visited. */
    public static PatternBlocks checked(PatternBlocks patterns) {
        return new PatternBlocks() {
            @Override
            public int count() {
                return patterns.count();
            }

            @Override
            public int values() {
                return patterns.values();
            }

            @Override
            public void forEach(Consumer<Matrix> visitor) {
                patterns.forEach(block -> {
                    requireUsable("patterns", block, "");
                    visitor.accept(block);
                });
            }

            @Override
            public Matrix rows(int... named) {
                return patterns.rows(named);
            }

            @Override
            public <S extends Serializable> S sums(LinearAlgebra la, PatternSums<S> of) {
                return patterns.sums(la, new Checked<>(of));
            }

            @Override
            public <K extends Serializable>
                    KeptBlocks<K> keeping() { // learning sums them up before, which looks at them
                return patterns.keeping();
            }

            @Override
            public PatternSpan span(LinearAlgebra la) {
                requirePatterns(patterns, la);
                return patterns.span(la);
            }
        };
    }

    /** Checks patterns in parts, where they are. */
    public static void requirePatterns(PatternBlocks patterns, LinearAlgebra la) {
        patterns.sums(la, new Looks());
    }

    /** Looks at all patterns where they are. */
    private record Looks() implements PatternSums<Boolean> {
        @Override
        public Boolean none() {
            return true;
        }

        @Override
        public void add(LinearAlgebra la, Matrix block, Boolean usable) {
            requireUsable("patterns", block, "");
        }

        @Override
        public Boolean joined(Boolean one, Boolean other) {
            return one;
        }
    }

    /** The same sums of patterns that are looked at where they are. */
    private record Checked<S extends Serializable>(PatternSums<S> of) implements PatternSums<S> {
        @Override
        public S none() {
            return of.none();
        }

        @Override
        public void add(LinearAlgebra la, Matrix block, S sums) {
            requireUsable("patterns", block, "");
            of.add(la, block, sums);
        }

        @Override
        public S joined(S one, S other) {
            return of.joined(one, other);
        }
    }

    /** Checks patterns that are to be stored beside others. */
    public static void requireMore(AssociativeMemory memory, Matrix patterns) {
        requirePatterns(patterns);
        requireWidth(memory.values(), patterns);
    }

    /**
     * The patterns that stay when some are forgotten, ascending.
     *
     * @param stored how many there are
     * @throws IllegalArgumentException if one of those to be forgotten is not there, or none would stay
     */
    public static int[] kept(int stored, int... forgotten) {
        BitSet kept = new BitSet();
        kept.set(0, stored);
        for (int i : forgotten) {
            if (i < 0 || i >= stored) {
                throw new IllegalArgumentException(
                        "There is no pattern %d: the memory holds 0 to %d.".formatted(i, stored - 1));
            }
            kept.clear(i);
        }
        if (kept.isEmpty()) {
            throw new IllegalArgumentException(
                    "A memory without a pattern is none; at least one of %d must stay. Maybe delete its file."
                            .formatted(stored));
        }
        return kept.stream().toArray();
    }

    public static void require(AssociativeMemory memory, Matrix cues) {
        requireWidth(memory.values(), cues);
        requireUsable("cues", cues, " Maybe mark missing values with a mask instead.");
    }

    /** The same of cues in which what is NaN is missing. */
    public static void requirePartial(AssociativeMemory memory, Matrix cues) {
        require(memory, withoutGaps(cues));
    }

    /** {@link #known(int, Matrix, Mask)} of a memory's patterns. */
    public static Matrix known(AssociativeMemory memory, Matrix cues, Mask mask) {
        return known(memory.values(), cues, mask);
    }

    /**
     * Cues of which only what the mask says is known counts, checked there; the others, whatever they hold, are 0 in what is returned, unless all
     * are numbers as they should be.
     *
     * @param values how many values a pattern has
     */
    public static Matrix known(int values, Matrix cues, Mask mask) {
        requireWidth(values, cues);
        mask.requireFits(cues);
        if (isUsable(cues)) {
            return cues;
        }
        Matrix known = mask.blank(cues, 0);
        requireUsable("cues", known, " Maybe mark missing values with a mask instead.");
        return known;
    }

    private static void requireWidth(int values, Matrix cues) {
        if (cues.columns() != values) {
            throw new IllegalArgumentException(
                    "The cues have %d values each, the memory's patterns %d. Maybe they are pictures of another size or colour."
                            .formatted(cues.columns(), values));
        }
    }

    private static Matrix withoutGaps(Matrix values) {
        Matrix present = values.copy();
        for (int i = 0; i < present.data().length; i++) {
            present.data()[i] = Float.isNaN(present.data()[i]) ? 0 : present.data()[i];
        }
        return present;
    }

    private static boolean isUsable(Matrix values) {
        boolean usable = true;
        for (float value : values.data()) {
            usable &= Math.abs(value) <= LARGEST;
        }
        return usable;
    }

    private static void requireUsable(String what, Matrix values, String advice) {
        if (isUsable(values)) {
            return;
        }
        if (!values.isFinite()) {
            throw new UnusableValuesException("The %s hold NaN or infinite values.%s".formatted(what, advice));
        }
        int at = 0;
        while (Math.abs(values.data()[at]) <= LARGEST) {
            at++;
        }
        throw new UnusableValuesException(
                "The %s hold values like %s (number %d of row %d, from 0); squares of what is beyond %.0e leave the range of floats. Maybe divide all values by the largest."
                        .formatted(what, values.data()[at], at % values.columns(), at / values.columns(), LARGEST));
    }

    public static void requireFrames(int values, Matrix frames) {
        if (frames.rows() == 0 || frames.columns() != values) {
            throw new IllegalArgumentException(
                    "The frames shown are %s; at least one of %d values was expected. Maybe they are pictures of another size or colour."
                            .formatted(frames, values));
        }
        requireUsable("frames", frames, "");
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
