/**
 * Hopfield networks, trained by predictive coding and by the classical rules.
 *
 * <p>May use: {@code experiments.kit}, {@code .frame}, {@code .report}. Begin with {@link
 * dev.engram.experiments.hopfield.Hopfield}.
 */
@NullMarked
package dev.engram.experiments.hopfield;

import org.jspecify.annotations.NullMarked;
