package dev.engram.learning;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
     * The same patterns, of which every block keeps something from one sum to the next: in memory here; where the patterns are, if these are
     * elsewhere.
     *
     * @param <K> what a block keeps
     */
    default <K extends Serializable> KeptBlocks<K> keeping() {
        List<K> kept = new ArrayList<>(); // by block
        return new KeptBlocks<>() {
            @Override
            public <S extends Serializable> S sums(LinearAlgebra la, KeptSums<K, S> of) {
                S sums = of.none();
                int[] next = {0, 0}; // the block, its first pattern
                forEach(block -> {
                    int b = next[0];
                    Optional<K> last = b < kept.size() ? Optional.of(kept.get(b)) : Optional.empty();
                    K now = of.add(la, block, next[1], last, sums);
                    if (b < kept.size()) {
                        kept.set(b, now);
                    } else {
                        kept.add(now);
                    }
                    next[0]++;
                    next[1] += block.rows();
                });
                return sums;
            }

            @Override
            public void close() {
                kept.clear();
            }
        };
    }

    /** All of them, [patterns, values]. */
    default Matrix gathered() {
        Matrix all = Matrix.zeros(count(), values());
        int[] at = {0};
        forEach(block -> {
            System.arraycopy(block.data(), 0, all.data(), at[0], block.data().length);
            at[0] += block.data().length;
        });
        return all;
    }

    /** What they span: found here, of all at once, or in parts where they are elsewhere ({@link PatternSpan#ofValues}). */
    default PatternSpan span(LinearAlgebra la) {
        return PatternSpan.of(la, gathered());
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
            public Matrix gathered() {
                return patterns;
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
