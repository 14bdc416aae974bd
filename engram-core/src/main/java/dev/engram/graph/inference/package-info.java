/**
 * Predictive-coding inference on computation graphs: the schedules, a session that runs one, and reverse-mode
 * differentiation beside them.
 *
 * <p>May use: {@code graph}, {@code linalg} and {@link dev.engram.inference.Status}. Begin with {@link
 * dev.engram.graph.inference.GraphInference}.
 */
@NullMarked
package dev.engram.graph.inference;

import org.jspecify.annotations.NullMarked;
