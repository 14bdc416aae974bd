/**
 * The sparse quantised Hopfield network of Alonso and Krichmar 2024: a tree of nodes of which one unit each is active.
 *
 * <p>May use: {@code memory} and {@code linalg}. Begin with {@link dev.engram.memory.sparse.SparseQuantisedHopfield}.
 */
@NullMarked
package dev.engram.memory.sparse;

import org.jspecify.annotations.NullMarked;
