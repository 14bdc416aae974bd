package dev.engram.memory;

import dev.engram.linalg.Matrix;

/**
 * A memory into which patterns are written, and from which they are taken, without learning the others again. It says which pattern a cue is
 * ({@link #identifier} is there).
 */
public interface EditableMemory extends AssociativeMemory {
    /**
     * The memory with more patterns, numbered on from those it holds.
     *
     * @param patterns [patterns, values], finite
     * @param seed of whatever is drawn for them
     * @throws IllegalArgumentException if there is no {@link #room} for them, or they do not fit
     */
    EditableMemory store(Matrix patterns, long seed);

    /**
     * The memory without some of its patterns; those after them move up.
     *
     * @param patterns their indices; at least one pattern must stay
     * @throws IllegalArgumentException if one is not there, or none would stay
     */
    EditableMemory forget(int... patterns);

    /** How many more patterns it can hold without touching the others; {@link Integer#MAX_VALUE} where nothing but the machine sets a bound. */
    default int room() {
        return Integer.MAX_VALUE;
    }
}
