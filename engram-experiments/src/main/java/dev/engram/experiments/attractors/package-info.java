/**
 * Memories whose prior is a set of codes (docs/beyond.md), on the tasks that a single memory vector fails.
 *
 * <p>May use: {@code experiments.kit}, {@code .frame}, {@code .report}. Begin with {@link
 * dev.engram.experiments.attractors.Attractors}.
 */
@NullMarked
package dev.engram.experiments.attractors;

import org.jspecify.annotations.NullMarked;
