/** The experiments there are. */
@NullMarked
package dev.engram.experiments;

import org.jspecify.annotations.NullMarked;
