package dev.engram.learning;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import java.io.Serializable;
import java.util.Optional;

/**
 * {@link PatternSums} over patterns of which every block keeps something from one time to the next, such as its value nodes.
 *
 * @param <K> what a block keeps
 * @param <S> the sums
 */
public interface KeptSums<K extends Serializable, S extends Serializable> extends Sums<S> {
    /**
     * Adds patterns to the sums.
     *
     * @param block [patterns, values]; only read
     * @param first number of its first pattern among all
     * @param kept what it kept last; empty the first time
     * @return what it keeps now: another object, since what was kept may be asked for again
     */
    K add(LinearAlgebra la, Matrix block, int first, Optional<K> kept, S sums);
}
