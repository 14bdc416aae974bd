/** Reading and writing: images, npy/npz, safetensors, data sets, memory files. */
@NullMarked
package dev.engram.io;

import org.jspecify.annotations.NullMarked;
