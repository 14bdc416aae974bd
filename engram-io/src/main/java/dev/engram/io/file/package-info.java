/**
 * Files in general: all-or-nothing writes through one small interface to the disk ({@link dev.engram.io.file.FileStore}), locks with an owner
 * ({@link dev.engram.io.file.OwnerLock}), bounded reads, and the errors of input and output.
 *
 * <p>May use: nothing of ours. Begin with {@link dev.engram.io.file.AtomicFiles}.
 */
@NullMarked
package dev.engram.io.file;

import org.jspecify.annotations.NullMarked;
