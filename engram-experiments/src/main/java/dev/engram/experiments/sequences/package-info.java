/** Patterns in order, stored by temporal predictive coding (docs/beyond.md), beside asymmetric Hopfield networks and the nearest frame. */
@NullMarked
package dev.engram.experiments.sequences;

import org.jspecify.annotations.NullMarked;
