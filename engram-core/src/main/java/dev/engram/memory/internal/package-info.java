/**
 * Checks, random streams and other small parts that the families of memories share. Internal use only.
 *
 * <p>May use: {@code memory} and {@code linalg}. Begin with {@link dev.engram.memory.internal.Cues}.
 */
@NullMarked
package dev.engram.memory.internal;

import org.jspecify.annotations.NullMarked;
