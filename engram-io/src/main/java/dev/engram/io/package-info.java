/**
 * Reading patterns, whatever they come as: pictures, arrays, the files of well-known data sets.
 *
 * <p>May use: the other packages of this module but {@code io.memory}, and the core. Begin with {@link
 * dev.engram.io.PatternReader}.
 */
@NullMarked
package dev.engram.io;

import org.jspecify.annotations.NullMarked;
