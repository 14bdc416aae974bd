/**
 * The training suite: predictive coding beside backpropagation on one graph, over seeds, with tests of difference and of equivalence, gradients
 * layer by layer, and what each method costs.
 *
 * <p>May use: {@code experiments.kit}, {@code .frame}, {@code .report}. Begin with {@link
 * dev.engram.experiments.training.TrainingSuite}.
 */
@NullMarked
package dev.engram.experiments.training;

import org.jspecify.annotations.NullMarked;
