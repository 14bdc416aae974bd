/** Predictive coding on the computation graphs of Millidge, Tschantz and Buckley 2022, beside backpropagation. */
@NullMarked
package dev.engram.experiments.graphs;

import org.jspecify.annotations.NullMarked;
