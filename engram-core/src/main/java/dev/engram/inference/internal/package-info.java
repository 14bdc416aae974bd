/**
 * The engines behind {@link dev.engram.inference.Inference}: Eq. 3 stepped literally, first-order steps, Newton's
 * method, the sensory layer summed away. Internal use only.
 *
 * <p>May use: {@code inference}, {@code network} and {@code linalg}. Begin with {@link
 * dev.engram.inference.internal.FirstOrder}.
 */
@NullMarked
package dev.engram.inference.internal;

import org.jspecify.annotations.NullMarked;
