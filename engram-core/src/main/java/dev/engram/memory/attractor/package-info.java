/**
 * Predictive-coding memories whose prior is a memory itself, one code for each pattern, so that they name what they
 * recall (docs/beyond.md).
 *
 * <p>May use: {@code memory.pcn}, {@code memory}, {@code learning} and below. Begin with {@link
 * dev.engram.memory.attractor.AttractorMemory}.
 */
@NullMarked
package dev.engram.memory.attractor;

import org.jspecify.annotations.NullMarked;
