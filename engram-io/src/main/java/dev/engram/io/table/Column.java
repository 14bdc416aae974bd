package dev.engram.io.table;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A column of a table as a memory knows it: by its name, and by what turns its cells into values and back. A value is a cell less the
 * column's mean, over its standard deviation; a column that does not vary has a standard deviation of 1.
 */
public sealed interface Column {
    /** As the table's header has it. */
    String name();

    /** How many values a cell of it becomes. */
    int values();

    /** The mean of a value before it was standardised. */
    double mean(int value);

    /** What a value was divided by. */
    double deviation(int value);

    /** Cells that are numbers; each is one value. */
    record Number(String name, double mean, double deviation) implements Column {
        public Number {
            if (!Double.isFinite(mean) || !(deviation > 0) || Double.isInfinite(deviation)) {
                throw new IllegalArgumentException(
                        "The column %s has mean %s and standard deviation %s; finite numbers were expected, the second above 0."
                                .formatted(name, mean, deviation));
            }
        }

        @Override
        public int values() {
            return 1;
        }

        @Override
        public double mean(int value) {
            return mean;
        }

        @Override
        public double deviation(int value) {
            return deviation;
        }
    }

    /** Cells that are one of a few texts; each is a value for every text, 1 for its own and 0 for the others before they are standardised. */
    record Category(String name, List<Level> levels) implements Column {
        public Category {
            levels = List.copyOf(levels);
            if (levels.isEmpty()) {
                throw new IllegalArgumentException("The column %s needs at least one text.".formatted(name));
            }
        }

        /** Which of the texts that is, if it is one. */
        public OptionalInt indexOf(String text) {
            return IntStream.range(0, levels.size())
                    .filter(i -> levels.get(i).text().equals(text))
                    .findFirst();
        }

        @Override
        public int values() {
            return levels.size();
        }

        @Override
        public double mean(int value) {
            return levels.get(value).frequency();
        }

        @Override
        public double deviation(int value) {
            double frequency = levels.get(value).frequency();
            double variance = frequency * (1 - frequency);
            return variance == 0 ? 1 : Math.sqrt(variance);
        }
    }

    /**
     * One of the texts of a category.
     *
     * @param frequency the fraction of the cells that have it
     */
    record Level(String text, double frequency) {
        public Level {
            if (!(frequency >= 0 && frequency <= 1)) {
                throw new IllegalArgumentException(
                        "The text \"%s\" has the frequency %s; a fraction was expected.".formatted(text, frequency));
            }
        }
    }
}
