/**
 * Associative memories as everybody sees them: the memory, the model it is learned by, cues and masks, what comes back
 * and how it is scored.
 *
 * <p>May use: what the models' families have in common: {@code learning}, {@code inference} and below. Begin with
 * {@link dev.engram.memory.AssociativeMemory}.
 */
@NullMarked
package dev.engram.memory;

import org.jspecify.annotations.NullMarked;
