/** Lowering the same energy over the weights: Algorithm 1's gradient step, local least squares, trainers. */
@NullMarked
package dev.engram.learning;

import org.jspecify.annotations.NullMarked;
