/** Beyond the papers: what a memory in daily use must do. */
@NullMarked
package dev.engram.experiments.beyond;

import org.jspecify.annotations.NullMarked;
