/**
 * Pictures: decoding, resizing, writing.
 *
 * <p>May use: {@code io.file}. Begin with {@link dev.engram.io.image.ImageDecoder}.
 */
@NullMarked
package dev.engram.io.image;

import org.jspecify.annotations.NullMarked;
