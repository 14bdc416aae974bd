/**
 * The commands on memories of patterns: learn, recall, complete, store, forget and the others.
 *
 * <p>May use: {@code cli.options}, {@code cli.console}. Begin with {@link dev.engram.cli.memory.LearnCommand}.
 */
@NullMarked
package dev.engram.cli.memory;

import org.jspecify.annotations.NullMarked;
