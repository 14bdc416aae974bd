/**
 * The computation graphs of Millidge et al. 2022: value nodes predicted by expressions, parameters, and the passes
 * over them.
 *
 * <p>May use: {@code graph.op} and {@code linalg}. Begin with {@link dev.engram.graph.GraphBuilder}.
 */
@NullMarked
package dev.engram.graph;

import org.jspecify.annotations.NullMarked;
