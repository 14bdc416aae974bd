/** All memories on one set of patterns, damaged in several ways: one table, and one recommendation. */
@NullMarked
package dev.engram.experiments.comparison;

import org.jspecify.annotations.NullMarked;
