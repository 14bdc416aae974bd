package dev.engram.spark;

import dev.engram.learning.PatternBlocks;
import dev.engram.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of a partition as blocks of patterns; what cannot be read is counted and left out.
 *
 * @param values reads the first column
 * @param width how many values a pattern has
 * @param named whether the second column is the name
 * @param lacking whether a pattern may have missing values
 */
record PatternRecords(ValueReader values, int width, boolean named, boolean lacking)
        implements FlatMapFunction<Iterator<Row>, PatternBlock> {
    @Override
    public Iterator<PatternBlock> call(Iterator<Row> records) {
        return new Iterator<>() {
            private boolean first = true;

            @Override
            public boolean hasNext() {
                return first || records.hasNext(); // one at least, for what it says of records that are left out
            }

            @Override
            public PatternBlock next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                first = false;
                return block(records);
            }
        };
    }

    private PatternBlock block(Iterator<Row> records) {
        int most = PatternBlocks.rowsFor(width);
        float[] data = new float[0];
        List<String> names = new ArrayList<>();
        int rows = 0;
        long unusable = 0;
        String reason = "";
        while (rows < most && records.hasNext()) {
            Row record = records.next();
            try {
                float[] pattern = pattern(record);
                if (data.length < (rows + 1) * width) {
                    data = Arrays.copyOf(data, Math.min(most, 2 * rows + 16) * width);
                }
                System.arraycopy(pattern, 0, data, rows * width, width);
                rows++;
                if (named) {
                    names.add(name(record));
                }
            } catch (UnreadableRecordException e) {
                unusable++;
                reason = reason.isEmpty() ? String.valueOf(e.getMessage()) : reason;
            }
        }
        return new PatternBlock(Matrix.wrap(rows, width, Arrays.copyOf(data, rows * width)), names, unusable, reason);
    }

    private float[] pattern(Row record) throws UnreadableRecordException {
        float[] pattern = values.values(record.get(0), width);
        for (int i = 0; i < width && !lacking; i++) {
            if (Float.isNaN(pattern[i])) {
                throw new UnreadableRecordException(
                        "value %d is missing (NaN); this model learns only from finite numbers".formatted(i));
            }
        }
        return pattern;
    }

    private static String name(Row record) {
        @Nullable Object name = record.get(1);
        return name == null ? "" : name.toString();
    }
}
