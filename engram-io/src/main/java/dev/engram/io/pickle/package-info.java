/**
 * The part of Python's pickle format that CIFAR-10 files need; nothing in a file is ever executed.
 *
 * <p>May use: {@code io.file}. Begin with {@link dev.engram.io.pickle.PickleReader}.
 */
@NullMarked
package dev.engram.io.pickle;

import org.jspecify.annotations.NullMarked;
