/**
 * The memories that every other is measured against, on the tasks of the papers.
 *
 * <p>May use: {@code experiments.kit}, {@code .frame}, {@code .report}. Begin with {@link
 * dev.engram.experiments.baselines.Baselines}.
 */
@NullMarked
package dev.engram.experiments.baselines;

import org.jspecify.annotations.NullMarked;
