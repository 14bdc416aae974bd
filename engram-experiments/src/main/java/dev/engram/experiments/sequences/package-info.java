/**
 * Patterns in order, stored by temporal predictive coding (docs/beyond.md), beside asymmetric Hopfield networks and
 * the nearest frame.
 *
 * <p>May use: {@code experiments.kit}, {@code .frame}, {@code .report}. Begin with {@link
 * dev.engram.experiments.sequences.SequencesExperiment}.
 */
@NullMarked
package dev.engram.experiments.sequences;

import org.jspecify.annotations.NullMarked;
