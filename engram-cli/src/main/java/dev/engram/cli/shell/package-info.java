/**
 * What a shell wants to know of the commands: completion and the manual page, made from the same model as the help.
 *
 * <p>May use: no other package of the command line. Begin with {@link dev.engram.cli.shell.ManualPage}.
 */
@NullMarked
package dev.engram.cli.shell;

import org.jspecify.annotations.NullMarked;
