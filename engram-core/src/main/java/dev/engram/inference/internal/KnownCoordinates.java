package dev.engram.inference.internal;

import dev.engram.linalg.DoubleMatrix;

/**
 * Cues in the coordinates of {@link KnownWeights}.
 *
 * @param cues x̃, [cues, r]
 * @param outside what no f explains, per cue
 */
record KnownCoordinates(DoubleMatrix cues, double[] outside) {}
