/**
 * The commands on memories of sequences.
 *
 * <p>May use: {@code cli.memory}, {@code cli.options}, {@code cli.console}. Begin with {@link
 * dev.engram.cli.sequence.SequenceLearnCommand}.
 */
@NullMarked
package dev.engram.cli.sequence;

import org.jspecify.annotations.NullMarked;
