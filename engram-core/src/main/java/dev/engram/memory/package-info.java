/** Associative memories: what is stored, cues and masks, what comes back. */
@NullMarked
package dev.engram.memory;

import org.jspecify.annotations.NullMarked;
