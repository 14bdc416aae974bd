package dev.engram.spark;

import java.io.Serializable;
import java.util.BitSet;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;

/**
 * Reads cues from records: their values, and which of these are known.
 *
 * @param input the number of their column
 * @param mask the number of the column that says what is known; without it all that is not NaN
 * @param width how many values a cue has
 */
record CueReader(ValueReader values, int input, int mask, int width) implements Serializable {
    /** A cue. */
    record Cue(float[] values, BitSet known) {}

    /** {@link #mask} where there is no such column. */
    static final int NO_MASK = -1;

    static boolean isMask(StructType schema, String column) {
        return schema.apply(column).dataType() instanceof ArrayType array
                        && array.elementType().equals(DataTypes.BooleanType)
                || ValueReader.of(schema.apply(column).dataType())
                        .filter(ValueReader.VECTOR::equals)
                        .isPresent();
    }

    Cue read(Row row) throws UnreadableRecordException {
        float[] cue = values.values(row.get(input), width);
        BitSet known = new BitSet(width);
        if (mask == NO_MASK) {
            for (int i = 0; i < width; i++) {
                known.set(i, !Float.isNaN(cue[i]));
            }
            return new Cue(cue, known);
        }
        boolean[] given = known(row.get(mask));
        if (given.length != width) {
            throw new UnreadableRecordException(
                    "the mask has %d values; %d were expected".formatted(given.length, width));
        }
        for (int i = 0; i < width; i++) {
            known.set(i, given[i]);
            if (given[i] && Float.isNaN(cue[i])) {
                throw new UnreadableRecordException("value %d is NaN, and known by its mask".formatted(i));
            }
        }
        return new Cue(cue, known);
    }

    private static boolean[] known(@Nullable Object mask) throws UnreadableRecordException {
        Object given = ValueReader.present(mask);
        if (given instanceof Vector vector) {
            boolean[] known = new boolean[vector.size()];
            for (int i = 0; i < known.length; i++) {
                known[i] = vector.apply(i) != 0;
            }
            return known;
        }
        Seq<?> all = (Seq<?>) given;
        boolean[] known = new boolean[all.size()];
        for (int i = 0; i < known.length; i++) {
            known[i] = Boolean.TRUE.equals(all.apply(i));
        }
        return known;
    }
}
