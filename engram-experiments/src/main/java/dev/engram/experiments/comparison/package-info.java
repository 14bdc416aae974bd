/**
 * All memories on one set of patterns, damaged in several ways: one table, and one recommendation.
 *
 * <p>May use: {@code experiments.kit}, {@code .frame}, {@code .report}. Begin with {@link
 * dev.engram.experiments.comparison.Comparison}.
 */
@NullMarked
package dev.engram.experiments.comparison;

import org.jspecify.annotations.NullMarked;
