/**
 * Training of computation graphs on mini-batches, by predictive coding or by backpropagation.
 *
 * <p>May use: {@code graph.inference}, {@code graph}, {@code optimiser} and {@code linalg}. Begin with {@link
 * dev.engram.graph.training.GraphTrainer}.
 */
@NullMarked
package dev.engram.graph.training;

import org.jspecify.annotations.NullMarked;
