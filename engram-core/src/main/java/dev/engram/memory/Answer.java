package dev.engram.memory;

import java.util.List;

/** The answer of a memory that names its patterns to a cue: which pattern it is, which patterns it may be, or that it is not stored. */
public sealed interface Answer {
    /** The patterns that come into question, the likeliest first; of an unfamiliar cue those it would be if it were stored after all. */
    List<Candidate> candidates();

    /**
     * A pattern that a cue may be.
     *
     * @param index of the pattern, in the order in which they were stored
     * @param probability that it is this one, if it is a stored one at all; of all candidates together at most 1
     */
    record Candidate(int index, double probability) {}

    /**
     * One pattern.
     *
     * @param index of the pattern, in the order in which they were stored
     * @param margin how far the cue is from the half-way point to the next pattern: 0.5 at the pattern itself, 0 half-way
     */
    record Recalled(int index, double margin, List<Candidate> candidates) implements Answer {
        public Recalled {
            candidates = List.copyOf(candidates);
        }
    }

    /** Patterns that agree where the cue is known, or that are so alike that it does not say which it is. */
    record Ambiguous(List<Candidate> candidates) implements Answer {
        public Ambiguous {
            candidates = List.copyOf(candidates);
        }

        /** The indices of the candidates. */
        public List<Integer> indices() {
            return candidates.stream().map(Candidate::index).toList();
        }
    }

    /**
     * None of the patterns.
     *
     * @param score the novelty, see {@link Calibration}
     */
    record Unfamiliar(double score, List<Candidate> candidates) implements Answer {
        public Unfamiliar {
            candidates = List.copyOf(candidates);
        }
    }
}
