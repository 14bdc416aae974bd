/** Hopfield networks: trained by predictive coding, and by the classical rules. */
@NullMarked
package dev.engram.experiments.hopfield;

import org.jspecify.annotations.NullMarked;
