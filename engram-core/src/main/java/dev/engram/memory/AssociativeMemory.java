package dev.engram.memory;

import dev.engram.linalg.Matrix;

/** A memory that stores patterns and gives them back from damaged cues. */
public interface AssociativeMemory {
    /** The model's name as on the command line, for example {@code pcn}. */
    String model();

    /** How many values a pattern has. */
    int values();

    /** The bytes that must be kept for this memory to answer. */
    long bytes();

    /**
     * Recall from whole, noisy cues: every value is shown, none is trusted.
     *
     * @param cues [cues, values]; only read
     * @param iterations F, how often the answer is shown again as a cue; at least 1
     * @throws IllegalArgumentException if the cues have another number of values or {@code iterations} is below 1
     */
    Recall recall(Matrix cues, int iterations);

    /** {@link #recall(Matrix, int)} with one iteration. */
    default Recall recall(Matrix cues) {
        return recall(cues, 1);
    }

    /**
     * Completion: the known values are trusted and come back unchanged, the missing ones are filled in.
     *
     * @param cues [cues, values]; only read, and only where known
     * @param mask for all cues or one for each
     * @throws IllegalArgumentException if cues or mask do not fit the memory
     */
    Recall complete(Matrix cues, Mask mask);
}
