/**
 * The deep Boltzmann machine as a memory: one probability over a pattern and layers of two-valued units, taught by contrastive divergence.
 *
 * <p>May use: {@code memory}, {@code learning} and below. Begin with {@link dev.engram.memory.boltzmann.BoltzmannMemory}.
 */
@NullMarked
package dev.engram.memory.boltzmann;

import org.jspecify.annotations.NullMarked;
