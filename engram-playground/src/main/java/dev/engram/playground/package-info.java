/**
 * A local web page that shows a memory at work: patterns are learned, damaged by hand and recalled step by step.
 *
 * <p>May use: the core and {@code io}. Begin with {@link dev.engram.playground.Playground}.
 */
@NullMarked
package dev.engram.playground;

import org.jspecify.annotations.NullMarked;
