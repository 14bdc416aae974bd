/**
 * The operations that predictions are made of, with a value and a local vector-Jacobian product, on batches of tensors.
 *
 * <p>May use: {@code linalg}. Begin with {@link dev.engram.graph.op.Operation}.
 */
@NullMarked
package dev.engram.graph.op;

import org.jspecify.annotations.NullMarked;
