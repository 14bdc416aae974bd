/**
 * Inference: lowering the energy over the value nodes. Solver x step size x stop rule x annealing x observer ->
 * equilibrium.
 *
 * <p>May use: {@code network} and {@code linalg}. Begin with {@link dev.engram.inference.Inference}.
 */
@NullMarked
package dev.engram.inference;

import org.jspecify.annotations.NullMarked;
