/**
 * The workings of {@link dev.engram.inference.Inference}: one loop, and the solvers it runs. Internal use only.
 *
 * <p>May use: {@code inference}, {@code network} and {@code linalg}. Begin with {@link
 * dev.engram.inference.internal.Descent}, the loop; Eq. 3 of the paper is {@link
 * dev.engram.inference.internal.Force}.
 */
@NullMarked
package dev.engram.inference.internal;

import org.jspecify.annotations.NullMarked;
