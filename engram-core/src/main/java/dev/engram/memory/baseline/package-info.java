/**
 * The memories that every other is measured against: the nearest stored pattern, and the affine span of all of them.
 *
 * <p>May use: {@code memory} and below. Begin with {@link dev.engram.memory.baseline.NearestNeighbour}.
 */
@NullMarked
package dev.engram.memory.baseline;

import org.jspecify.annotations.NullMarked;
