/**
 * The generative network of Salvatori et al. 2021: weights, activations, value nodes, clamps, and its energy with the
 * forces on its nodes (Eq. 1 to 3).
 *
 * <p>May use: {@code linalg}. Begin with {@link dev.engram.network.GenerativeNetwork}.
 */
@NullMarked
package dev.engram.network;

import org.jspecify.annotations.NullMarked;
