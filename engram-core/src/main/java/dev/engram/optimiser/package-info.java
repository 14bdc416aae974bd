/**
 * Optimisers: plain steps, momentum and Adam, and the state they carry from step to step.
 *
 * <p>May use: {@code linalg}. Begin with {@link dev.engram.optimiser.Optimiser}.
 */
@NullMarked
package dev.engram.optimiser;

import org.jspecify.annotations.NullMarked;
