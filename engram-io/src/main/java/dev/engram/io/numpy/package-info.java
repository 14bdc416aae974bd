/**
 * NumPy's {@code .npy} and {@code .npz} files.
 *
 * <p>May use: {@code io.file}. Begin with {@link dev.engram.io.numpy.NpyReader}.
 */
@NullMarked
package dev.engram.io.numpy;

import org.jspecify.annotations.NullMarked;
