/**
 * Memories of sequences: what comes after the frames that were shown (Tang, Barron and Bogacz 2023).
 *
 * <p>May use: {@code memory.hopfield}, {@code memory}, {@code learning} and below. Begin with {@link
 * dev.engram.memory.sequence.SequenceMemory}.
 */
@NullMarked
package dev.engram.memory.sequence;

import org.jspecify.annotations.NullMarked;
