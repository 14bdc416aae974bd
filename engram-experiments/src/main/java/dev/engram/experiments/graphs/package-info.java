/**
 * Predictive coding on the computation graphs of Millidge, Tschantz and Buckley 2022, beside backpropagation.
 *
 * <p>May use: {@code experiments.kit}, {@code .frame}, {@code .report}. Begin with {@link
 * dev.engram.experiments.graphs.Graphs}.
 */
@NullMarked
package dev.engram.experiments.graphs;

import org.jspecify.annotations.NullMarked;
