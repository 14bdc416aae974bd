/**
 * Memory, sequence and checkpoint files: one codec for each family of memories.
 *
 * <p>May use: {@code io.safetensors}, {@code io.file} and the core. Begin with {@link
 * dev.engram.io.memory.MemoryFile}.
 */
@NullMarked
package dev.engram.io.memory;

import org.jspecify.annotations.NullMarked;
