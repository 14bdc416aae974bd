/** The memories that every other is measured against, on the tasks of the papers. */
@NullMarked
package dev.engram.experiments.baselines;

import org.jspecify.annotations.NullMarked;
