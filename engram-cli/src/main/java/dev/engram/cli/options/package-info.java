/**
 * Options that several commands share, and how their values are read.
 *
 * <p>May use: {@code cli.console}, the core and {@code io}. Begin with {@link dev.engram.cli.options.ReadingOptions}.
 */
@NullMarked
package dev.engram.cli.options;

import org.jspecify.annotations.NullMarked;
