package dev.engram.experiments.comparison;

import dev.engram.linalg.Matrix;
import dev.engram.memory.Mask;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The rows of a table, standardised by column and split at random: one half is learned, the other asked about.
 *
 * @param learned [rows, columns], at most {@value #MOST_LEARNED}; what is NaN is missing
 * @param heldOut [rows, columns], at most {@value #MOST_ASKED}
 * @param odd the same with one value of every row moved by {@value #OFF} standard deviations up or down, each row's in another column
 * @param moved the column moved, for each row
 */
record TableRows(Matrix learned, Matrix heldOut, Matrix odd, int[] moved) {
    static final int MOST_LEARNED = 10_000;
    static final int MOST_ASKED = 1_000;
    static final double OFF = 5;

    /**
     * Values of the held-out rows that are asked for.
     *
     * @param known the mask shown
     */
    record Question(String name, Mask known) {}

    /** @throws IllegalArgumentException if a column has no value */
    static TableRows of(Matrix table, long seed) {
        Matrix rows = standardised(table);
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = IntStream.range(0, rows.rows()).toArray();
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int other = order[i];
            order[i] = order[j];
            order[j] = other;
        }
        int half = rows.rows() / 2;
        Matrix learned = rows.rows(
                IntStream.of(order).limit(Math.min(half, MOST_LEARNED)).toArray());
        Matrix heldOut =
                rows.rows(IntStream.of(order).skip(half).limit(MOST_ASKED).toArray());
        Matrix odd = heldOut.copy();
        int[] moved = new int[odd.rows()];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = i % odd.columns();
            for (int k = 0; k < odd.columns() && Float.isNaN(odd.get(i, moved[i])); k++) {
                moved[i] = (moved[i] + 1) % odd.columns();
            }
            odd.set(i, moved[i], (float) (odd.get(i, moved[i]) + (random.nextBoolean() ? OFF : -OFF)));
        }
        return new TableRows(learned, heldOut, odd, moved);
    }

    /** A tenth, then three tenths of the values at random, then one whole column after the other. */
    List<Question> questions(long seed) {
        return List.of(
                new Question("10 % missing", scattered(0.1, seed + 1)),
                new Question("30 % missing", scattered(0.3, seed + 2)),
                new Question("a column missing", columnAfterColumn()));
    }

    private Mask scattered(double share, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return mask((row, column) -> random.nextDouble() >= share);
    }

    private Mask columnAfterColumn() {
        return mask((row, column) -> row % heldOut.columns() != column);
    }

    private interface Choice {
        boolean isKnown(int row, int column);
    }

    private Mask mask(Choice choice) {
        List<BitSet> rows = new ArrayList<>();
        for (int i = 0; i < heldOut.rows(); i++) {
            BitSet row = new BitSet();
            for (int j = 0; j < heldOut.columns(); j++) {
                row.set(j, choice.isKnown(i, j) && !Float.isNaN(heldOut.get(i, j)));
            }
            rows.add(row);
        }
        return Mask.known(heldOut.columns(), rows);
    }

    /** The root mean square error of what was asked for and is there to compare with. */
    double error(Question question, Matrix filled) {
        double squares = 0;
        int asked = 0;
        for (int i = 0; i < heldOut.rows(); i++) {
            for (int j = 0; j < heldOut.columns(); j++) {
                double difference = filled.get(i, j) - heldOut.get(i, j);
                if (!question.known.isKnown(i, j) && !Float.isNaN(heldOut.get(i, j))) {
                    squares += difference * difference;
                    asked++;
                }
            }
        }
        return Math.sqrt(squares / asked);
    }

    /** As many of the learned rows, which are in random order, as are asked about at most. */
    static Matrix atMostAsked(Matrix rows) {
        return rows.slice(0, Math.min(rows.rows(), MOST_ASKED));
    }

    /** A copy in which what is missing is the mean of its standardised column, 0. */
    static Matrix withMeans(Matrix rows) {
        Matrix whole = rows.copy();
        float[] values = whole.data();
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.isNaN(values[i]) ? 0 : values[i];
        }
        return whole;
    }

    /** A column that does not vary becomes 0. */
    private static Matrix standardised(Matrix table) {
        Matrix rows = table.copy();
        for (int j = 0; j < table.columns(); j++) {
            int column = j;
            double[] values = IntStream.range(0, table.rows())
                    .mapToDouble(i -> table.get(i, column))
                    .filter(value -> !Double.isNaN(value))
                    .toArray();
            double mean = IntStream.range(0, values.length)
                    .mapToDouble(i -> values[i])
                    .average()
                    .orElse(0);
            double squares = IntStream.range(0, values.length)
                    .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
                    .sum();
            double deviation = Math.sqrt(squares / values.length);
            for (int i = 0; i < rows.rows(); i++) {
                rows.set(i, j, (float) (deviation > 0 ? (table.get(i, j) - mean) / deviation : 0 * table.get(i, j)));
            }
        }
        return rows;
    }
}
