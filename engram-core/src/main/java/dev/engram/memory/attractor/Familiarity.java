package dev.engram.memory.attractor;

import dev.engram.linalg.Matrix;

/**
 * How novel cues are to a memory, and in which of their values.
 *
 * @param novelty per cue, see {@link AttractorMemory#familiarity}
 * @param errors squared error of each value against the answer, [cues, values]
 * @param energy per cue and layer, at the answer
 */
public record Familiarity(double[] novelty, Matrix errors, double[][] energy) {}
