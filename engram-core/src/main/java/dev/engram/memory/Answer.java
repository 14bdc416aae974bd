package dev.engram.memory;

import dev.engram.memory.attractor.Calibration;
import java.util.List;

/** The answer of a memory with codes to a cue: which pattern it is, which patterns it may be, or that it is not stored. */
public sealed interface Answer {
    /**
     * One pattern.
     *
     * @param index of the pattern, in the order in which they were stored
     * @param margin how far the cue is from the half-way point to the next pattern: 0.5 at the pattern itself, 0 half-way
     */
    record Recalled(int index, double margin) implements Answer {}

    /**
     * Patterns that agree where the cue is known.
     *
     * @param candidates their indices, the nearest to the cue first
     */
    record Ambiguous(List<Integer> candidates) implements Answer {
        public Ambiguous {
            candidates = List.copyOf(candidates);
        }
    }

    /**
     * None of the patterns.
     *
     * @param score the novelty, see {@link Calibration}
     */
    record Unfamiliar(double score) implements Answer {}
}
