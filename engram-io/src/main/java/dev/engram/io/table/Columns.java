package dev.engram.io.table;

import dev.engram.linalg.Matrix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The columns of a table in their order, and the way between a user's units and a memory's values: cells standardised by columns.
 *
 * @param id the header of the column that names the rows, if there is one
 */
public record Columns(List<Column> columns, Optional<String> id) {
    public Columns {
        columns = List.copyOf(columns);
        Set<String> names = new HashSet<>();
        for (Column column : columns) {
            if (!names.add(column.name())) {
                throw new IllegalArgumentException("Two columns are called %s.".formatted(column.name()));
            }
        }
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("A table needs at least one column.");
        }
    }

    /** Columns of numbers that are values as they are, without names. */
    public static Columns plain(int values) {
        return new Columns(
                IntStream.range(0, values)
                        .mapToObj(i -> (Column) new Column.Number(numbered(i), 0, 1))
                        .toList(),
                Optional.empty());
    }

    /** What a column is called that has no name. */
    static String numbered(int index) {
        return "column %d".formatted(index + 1);
    }

    /** Whether no column has a name of its own. */
    boolean areNameless() {
        return IntStream.range(0, columns.size())
                .allMatch(i -> columns.get(i).name().equals(numbered(i)));
    }

    public int size() {
        return columns.size();
    }

    public Column get(int index) {
        return columns.get(index);
    }

    /** The index of the column of that name. */
    public OptionalInt indexOf(String name) {
        return IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).name().equals(name))
                .findFirst();
    }

    /** How many values a row becomes. */
    public int values() {
        return columns.stream().mapToInt(Column::values).sum();
    }

    /** The first value of every column, and the number of all values. */
    int[] offsets() {
        int[] offsets = new int[columns.size() + 1];
        for (int i = 0; i < columns.size(); i++) {
            offsets[i + 1] = offsets[i] + columns.get(i).values();
        }
        return offsets;
    }

    /** The column that each value belongs to. */
    public int[] columnOfValues() {
        int[] offsets = offsets();
        int[] of = new int[values()];
        for (int i = 0; i < columns.size(); i++) {
            for (int j = offsets[i]; j < offsets[i + 1]; j++) {
                of[j] = i;
            }
        }
        return of;
    }

    /** The values of rows in the user's units; missing ones stay NaN. */
    public Matrix standardised(Matrix rows) {
        return scaled(rows, (cell, mean, deviation) -> (cell - mean) / deviation);
    }

    /** The user's units of values; of a category how much of each text there is. */
    public Matrix inUnits(Matrix values) {
        return scaled(values, (value, mean, deviation) -> mean + deviation * value);
    }

    private interface Scale {
        double of(double value, double mean, double deviation);
    }

    private Matrix scaled(Matrix from, Scale scale) {
        Matrix to = Matrix.zeros(from.rows(), from.columns());
        List<double[]> parts = new ArrayList<>();
        for (Column column : columns) {
            for (int j = 0; j < column.values(); j++) {
                parts.add(new double[] {column.mean(j), column.deviation(j)});
            }
        }
        if (from.columns() != parts.size()) {
            throw new IllegalArgumentException(
                    "There are %d values in a row; the columns have %d.".formatted(from.columns(), parts.size()));
        }
        for (int j = 0; j < parts.size(); j++) {
            double[] part = parts.get(j);
            for (int row = 0; row < from.rows(); row++) {
                to.set(row, j, (float) scale.of(from.get(row, j), part[0], part[1]));
            }
        }
        return to;
    }

    /** Whether every column is one value, so that no category can be missing in part. */
    public boolean areSingle() {
        return columns.stream().allMatch(column -> column.values() == 1);
    }

    /** The values with every category missing of which a part is missing. */
    public Matrix withWholeCategories(Matrix values) {
        Matrix whole = values.copy();
        int[] offsets = offsets();
        for (int row = 0; row < whole.rows(); row++) {
            for (int i = 0; i < columns.size(); i++) {
                boolean missing = false;
                for (int j = offsets[i]; j < offsets[i + 1]; j++) {
                    missing |= Float.isNaN(whole.get(row, j));
                }
                for (int j = offsets[i]; j < offsets[i + 1] && missing; j++) {
                    whole.set(row, j, Float.NaN);
                }
            }
        }
        return whole;
    }

    /** For example {@code 5 numbers, 1 category: colour (3)}. */
    public String summary() {
        List<Column.Category> categories = columns.stream()
                .filter(Column.Category.class::isInstance)
                .map(Column.Category.class::cast)
                .toList();
        int numbers = columns.size() - categories.size();
        String text = "%d number%s".formatted(numbers, numbers == 1 ? "" : "s");
        if (categories.isEmpty()) {
            return text;
        }
        List<String> each = categories.stream()
                .map(c -> "%s (%d)".formatted(c.name(), c.values()))
                .toList();
        return "%s, %d categor%s: %s"
                .formatted(text, each.size(), each.size() == 1 ? "y" : "ies", String.join(", ", each));
    }
}
