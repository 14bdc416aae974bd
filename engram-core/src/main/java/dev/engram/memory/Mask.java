package dev.engram.memory;

import dev.engram.linalg.Matrix;
import dev.engram.network.Clamp;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/**
 * Which values of a cue are known and which are missing. One row serves every cue, or there is one for each.
 *
 * <p>Libraries disagree on what {@code true} means in a mask, so it is always said: {@link #known} or {@link #missing}.
 */
public final class Mask {
    private final Clamp known;

    private Mask(Clamp known) {
        this.known = known;
    }

    /**
     * A mask from rows in which {@code true} marks a known value.
     *
     * @param rows one for all cues or one for each, all of the same length
     */
    public static Mask known(boolean[]... rows) {
        return known(values(rows), sets(rows));
    }

    /**
     * A mask from rows in which {@code true} marks a missing value.
     *
     * @param rows one for all cues or one for each, all of the same length
     */
    public static Mask missing(boolean[]... rows) {
        return missing(values(rows), sets(rows));
    }

    /** A mask in which every value is known that is not NaN: one row where all cues lack the same values, else one for each. */
    public static Mask present(Matrix cues) {
        if (cues.rows() > 0 && cues.isFinite()) {
            return all(cues.columns());
        }
        List<BitSet> rows = new ArrayList<>();
        boolean alike = true;
        for (int cue = 0; cue < cues.rows(); cue++) {
            BitSet row = new BitSet(cues.columns());
            for (int j = 0; j < cues.columns(); j++) {
                row.set(j, !Float.isNaN(cues.get(cue, j)));
            }
            alike = alike && (cue == 0 || row.equals(rows.get(0)));
            rows.add(row);
        }
        return known(cues.columns(), alike ? rows.subList(0, 1) : rows);
    }

    /** The mask in which a value is known where it is in both. */
    public Mask and(Mask other) {
        return with(other, BitSet::and);
    }

    /** The mask in which a value is known where it is in either. */
    public Mask or(Mask other) {
        return with(other, BitSet::or);
    }

    private Mask with(Mask other, BiConsumer<BitSet, BitSet> join) {
        List<BitSet> rows = new ArrayList<>();
        for (int row = 0; row < Math.max(rows(), other.rows()); row++) {
            BitSet joined = (BitSet) known.row(row).clone();
            join.accept(joined, other.known.row(row));
            rows.add(joined);
        }
        return known(values(), rows);
    }

    /** A mask in which every value of every cue is known. */
    public static Mask all(int values) {
        return new Mask(Clamp.all(values));
    }

    /** A mask in which the values in the sets are known, of patterns with {@code values} values. */
    public static Mask known(int values, List<BitSet> rows) {
        return new Mask(new Clamp(values, rows));
    }

    /** A mask in which the values in the sets are missing, of patterns with {@code values} values. */
    static Mask missing(int values, List<BitSet> rows) {
        return known(
                values,
                rows.stream()
                        .map(row -> {
                            BitSet rest = (BitSet) row.clone();
                            rest.flip(0, values);
                            return rest;
                        })
                        .toList());
    }

    /** The same region of every cue known; for {@link Region.RandomEach} one drawn for each. */
    public static Mask known(Region region, Shape shape, int cues, long seed) {
        return known(shape.values(), region.rows(shape, cues, seed));
    }

    private static int values(boolean[][] rows) {
        if (rows.length == 0) {
            throw new IllegalArgumentException("A mask needs at least one row.");
        }
        return rows[0].length;
    }

    private static List<BitSet> sets(boolean[][] rows) {
        int values = values(rows);
        List<BitSet> sets = new ArrayList<>();
        for (boolean[] row : rows) {
            if (row.length != values) {
                throw new IllegalArgumentException(
                        "The rows of a mask must agree in length; one has %d values, the first %d."
                                .formatted(row.length, values));
            }
            BitSet set = new BitSet(values);
            IntStream.range(0, values).filter(i -> row[i]).forEach(set::set);
            sets.add(set);
        }
        return sets;
    }

    /** The mask of the named cues: one row where what is known of them is alike. */
    public Mask cues(int... cues) {
        List<BitSet> rows = known.cues(cues).rows();
        return known(values(), rows.stream().distinct().count() == 1 ? rows.subList(0, 1) : rows);
    }

    /** How many values a cue has. */
    public int values() {
        return known.values();
    }

    /** How many rows there are: 1 for all cues together, or one for each. */
    public int rows() {
        return known.rows().size();
    }

    public boolean isKnown(int cue, int value) {
        return known.row(cue).get(value);
    }

    /** How many values of a cue are known. */
    public int knownValues(int cue) {
        return known.row(cue).cardinality();
    }

    /** The known values as the sensory nodes that inference holds. */
    public Clamp clamp() {
        return known;
    }

    /** A copy of the cues with every missing value set to {@code blank}. */
    public Matrix blank(Matrix cues, float blank) {
        requireFits(cues);
        Matrix copy = cues.copy();
        for (int cue = 0; cue < copy.rows(); cue++) {
            for (int i = known.row(cue).nextClearBit(0);
                    i < values();
                    i = known.row(cue).nextClearBit(i + 1)) {
                copy.set(cue, i, blank);
            }
        }
        return copy;
    }

    /**
     * Checks that this mask is for such cues.
     *
     * @throws IllegalArgumentException naming both shapes if not
     */
    public void requireFits(Matrix cues) {
        if (cues.columns() != values() || rows() != 1 && rows() != cues.rows()) {
            throw new IllegalArgumentException(
                    "The mask has shape [%d, %d], the cues [%d, %d]; it needs one row for all cues or one for each, and as many values. Maybe it was made for other pictures."
                            .formatted(rows(), values(), cues.rows(), cues.columns()));
        }
    }

    @Override
    public String toString() {
        return "Mask[%d row%s of %d values, %d known in the first]"
                .formatted(rows(), rows() == 1 ? "" : "s", values(), knownValues(0));
    }
}
