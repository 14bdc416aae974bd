/**
 * Hopfield networks: classical ones with several learning rules, those trained by predictive coding, and modern ones.
 *
 * <p>May use: {@code memory}, {@code graph.training} and below. Begin with {@link
 * dev.engram.memory.hopfield.HopfieldNetwork}.
 */
@NullMarked
package dev.engram.memory.hopfield;

import org.jspecify.annotations.NullMarked;
