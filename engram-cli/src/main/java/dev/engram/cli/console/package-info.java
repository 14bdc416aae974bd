/**
 * What every command talks through: the terminal, progress, interruption, JSON, exit codes and failures.
 *
 * <p>May use: the core and {@code io}, no other package of the command line. Begin with {@link
 * dev.engram.cli.console.Terminal}.
 */
@NullMarked
package dev.engram.cli.console;

import org.jspecify.annotations.NullMarked;
