/**
 * The {@code engram} command.
 *
 * <p>May use: the packages beside it. Begin with {@link dev.engram.cli.EngramCommand}.
 */
@NullMarked
package dev.engram.cli;

import org.jspecify.annotations.NullMarked;
