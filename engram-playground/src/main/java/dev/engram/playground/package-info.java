/**
 * The page on this machine on which one watches a memory remember.
 *
 * <p>May use: the core and {@code io}. Begin with {@link dev.engram.playground.Playground}.
 */
@NullMarked
package dev.engram.playground;

import org.jspecify.annotations.NullMarked;
