/**
 * The safetensors format, with a checksum for each tensor and for the header.
 *
 * <p>May use: {@code io.file}, and {@code io.numpy} for 16-bit floats. Begin with {@link
 * dev.engram.io.safetensors.Safetensors}.
 */
@NullMarked
package dev.engram.io.safetensors;

import org.jspecify.annotations.NullMarked;
