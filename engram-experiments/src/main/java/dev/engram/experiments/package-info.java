/**
 * The list of experiments.
 *
 * <p>May use: all packages of this module. Begin with {@link dev.engram.experiments.Experiments}.
 */
@NullMarked
package dev.engram.experiments;

import org.jspecify.annotations.NullMarked;
