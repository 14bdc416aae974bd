/** The figures and the table of Salvatori et al. 2021, "Associative Memories via Predictive Coding", with the baselines they lack. */
@NullMarked
package dev.engram.experiments.salvatori;

import org.jspecify.annotations.NullMarked;
