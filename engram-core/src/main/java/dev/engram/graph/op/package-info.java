/** What a prediction is made of: operations with a value and local vector-Jacobian products, on batches of tensors. */
@NullMarked
package dev.engram.graph.op;

import org.jspecify.annotations.NullMarked;
