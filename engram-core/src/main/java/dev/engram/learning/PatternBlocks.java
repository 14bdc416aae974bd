package dev.engram.learning;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import java.io.Serializable;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Patterns that can be visited block by block, again and again, in the same order: of a file too large for memory, or of a matrix. What a
 * learning takes that needs no more than sums over its patterns ({@link BatchLearning}).
 */
public interface PatternBlocks {
    /** The most values of a block: 16 MB. */
    int LARGEST_BLOCK = 1 << 22;

    /** The most patterns of a block. */
    int MOST_ROWS = 1024;

    /** How many patterns there are. */
    int count();

    /** How many values a pattern has. */
    int values();

    /** Visits all patterns in order, as blocks [patterns, values] that the visitor may keep but must not change. */
    void forEach(Consumer<Matrix> visitor);

    /** The sums over all patterns: block by block here; patterns that are elsewhere are added up there. */
    default <S extends Serializable> S sums(LinearAlgebra la, PatternSums<S> of) {
        S sums = of.none();
        forEach(block -> of.add(la, block, sums));
        return sums;
    }

    /**
     * How many rows a block has; the last one perhaps fewer. The same whether patterns come from a file or a matrix, so that the sums over them
     * are the same to the last bit.
     */
    static int rowsFor(int values) {
        return Math.max(1, Math.min(MOST_ROWS, LARGEST_BLOCK / values));
    }

    /** The patterns of a matrix, of at least one value each. */
    static PatternBlocks of(Matrix patterns) {
        int rows = rowsFor(patterns.columns());
        return new PatternBlocks() {
            @Override
            public int count() {
                return patterns.rows();
            }

            @Override
            public int values() {
                return patterns.columns();
            }

            @Override
            public void forEach(Consumer<Matrix> visitor) {
                for (int from = 0; from < patterns.rows(); from += rows) {
                    visitor.accept(patterns.slice(from, Math.min(patterns.rows(), from + rows)));
                }
            }
        };
    }

    /** The same patterns, visited in another way: perhaps looked at, or told of, on the way to the visitor. */
    default PatternBlocks visitedBy(Consumer<Consumer<Matrix>> visits) {
        PatternBlocks patterns = this;
        return new PatternBlocks() {
            @Override
            public int count() {
                return patterns.count();
            }

            @Override
            public int values() {
                return patterns.values();
            }

            @Override
            public void forEach(Consumer<Matrix> visitor) {
                visits.accept(visitor);
            }
        };
    }

    /** The named patterns, ascending, [named, values]: one visit of all. */
    default Matrix rows(int... named) {
        Matrix chosen = Matrix.zeros(named.length, values());
        int[] next = {0, 0}; // the first pattern of the block, the first of the named not yet found
        forEach(block -> {
            int end = next[0] + block.rows();
            while (next[1] < named.length && named[next[1]] < end) {
                chosen.setRow(next[1], block, named[next[1]] - next[0]);
                next[1]++;
            }
            next[0] = end;
        });
        if (next[1] < named.length) {
            throw new IllegalArgumentException(
                    "There are %d patterns; %s were asked for, ascending.".formatted(count(), Arrays.toString(named)));
        }
        return chosen;
    }
}
