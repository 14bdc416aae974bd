/** Memories whose prior is a set of codes (docs/beyond.md), on the tasks that a single memory vector fails. */
@NullMarked
package dev.engram.experiments.attractors;

import org.jspecify.annotations.NullMarked;
