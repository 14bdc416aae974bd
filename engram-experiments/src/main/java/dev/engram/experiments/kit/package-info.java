/**
 * What several experiments share: the questions they ask, the memories that answer, the names of what is measured.
 *
 * <p>May use: {@code experiments.frame}, {@code .report}, the core and {@code io}. Begin with {@link
 * dev.engram.experiments.kit.Contest}.
 */
@NullMarked
package dev.engram.experiments.kit;

import org.jspecify.annotations.NullMarked;
