package dev.engram.learning;

import dev.engram.linalg.LinearAlgebra;
import java.io.Serializable;

/**
 * Patterns of which every block keeps something, where it is. Closing forgets it.
 *
 * @param <K> what a block keeps
 */
public interface KeptBlocks<K extends Serializable> extends AutoCloseable {
    /** The sums over all patterns, each block with what it kept last. */
    <S extends Serializable> S sums(LinearAlgebra la, KeptSums<K, S> of);

    @Override
    void close();
}
