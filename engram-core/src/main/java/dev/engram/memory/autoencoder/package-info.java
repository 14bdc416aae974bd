/**
 * The autoencoder as a memory: the network applied again and again until the cue no longer changes.
 *
 * <p>May use: {@code memory}, {@code graph.training} and below. Begin with {@link
 * dev.engram.memory.autoencoder.Autoencoder}.
 */
@NullMarked
package dev.engram.memory.autoencoder;

import org.jspecify.annotations.NullMarked;
