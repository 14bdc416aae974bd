/** The page on this machine on which one watches a memory remember. */
@NullMarked
package dev.engram.playground;

import org.jspecify.annotations.NullMarked;
