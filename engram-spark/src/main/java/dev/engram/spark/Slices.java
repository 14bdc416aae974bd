package dev.engram.spark;

import dev.engram.learning.PatternBlocks;
import dev.engram.linalg.Matrix;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import scala.Tuple2;

/** Cuts blocks of patterns into slices of some values each, the place of which they go to. */
final class Slices implements Iterator<Slices.Slice> {
    private final Iterator<PatternBlock> blocks;
    private final int atOnce;
    private int first; // number of the block's first pattern
    private int from; // the next value of the block
    private Matrix turned = Matrix.zeros(0, 0); // the block, [values, patterns]

    /** Some values of some patterns. Not a record, so that every serialiser of Spark can write it. */
    static final class Slice implements Serializable {
        private static final long serialVersionUID = 1;

        private final int place;
        private final int first;
        private final Matrix values;

        /**
         * @param first number of the first pattern
         * @param values [values, patterns]
         */
        Slice(int place, int first, Matrix values) {
            this.place = place;
            this.first = first;
            this.values = values;
        }

        int place() {
            return place;
        }
    }

    /**
     * Of the blocks of a partition.
     *
     * @param first number of its first pattern
     * @param atOnce values of a slice; the last may have fewer
     */
    Slices(Iterator<PatternBlock> blocks, int first, int atOnce) {
        this.blocks = blocks;
        this.first = first;
        this.atOnce = atOnce;
    }

    @Override
    public boolean hasNext() {
        while (from >= turned.rows() && blocks.hasNext()) {
            first += turned.columns();
            turned = blocks.next().patterns().transpose();
            from = turned.columns() == 0 ? turned.rows() : 0;
        }
        return from < turned.rows();
    }

    @Override
    public Slice next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        int to = Math.min(turned.rows(), from + atOnce);
        Slice slice = new Slice(from / atOnce, first, turned.slice(from, to));
        from = to;
        return slice;
    }

    /**
     * All slices of a place together, as blocks whose patterns are values.
     *
     * @param patterns how many there are
     * @param values how many this place has
     */
    static Iterator<PatternBlock> turned(Iterator<Tuple2<Integer, Slice>> slices, int patterns, int values) {
        Matrix all = Matrix.zeros(values, patterns);
        while (slices.hasNext()) {
            Slice slice = slices.next()._2();
            int columns = slice.values.columns();
            for (int j = 0; j < values; j++) {
                System.arraycopy(slice.values.data(), j * columns, all.data(), j * patterns + slice.first, columns);
            }
        }
        List<PatternBlock> blocks = new ArrayList<>();
        PatternBlocks.of(all).forEach(block -> blocks.add(new PatternBlock(block, List.of(), 0, "")));
        return blocks.iterator();
    }
}
