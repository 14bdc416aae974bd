package dev.engram.learning;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import java.io.Serializable;

/**
 * What is added up over patterns, in one pass or in parts. It can be sent to where a part of the patterns is, and the sums back.
 *
 * @param <S> the sums
 */
public interface PatternSums<S extends Serializable> extends Sums<S> {
    /**
     * Adds patterns to the sums.
     *
     * @param block [patterns, values]; only read
     */
    void add(LinearAlgebra la, Matrix block, S sums);
}
