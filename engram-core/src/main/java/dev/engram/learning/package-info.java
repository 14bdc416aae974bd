/**
 * Learning: lowering the same energy over the weights. Algorithm 1, its gradient step (Eq. 4 and 5), local least
 * squares, the span of the patterns.
 *
 * <p>May use: {@code inference}, {@code network}, {@code optimiser} and {@code linalg}. Begin with {@link
 * dev.engram.learning.Learning}.
 */
@NullMarked
package dev.engram.learning;

import org.jspecify.annotations.NullMarked;
