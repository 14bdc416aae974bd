/**
 * The figures and the table of Salvatori et al. 2021, "Associative Memories via Predictive Coding", with the baselines
 * they lack.
 *
 * <p>May use: {@code experiments.kit}, {@code .frame}, {@code .report}. Begin with {@link
 * dev.engram.experiments.salvatori.Figure3}.
 */
@NullMarked
package dev.engram.experiments.salvatori;

import org.jspecify.annotations.NullMarked;
