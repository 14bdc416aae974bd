package dev.engram.io.table;

import dev.engram.io.file.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Turns the cells of rows into values, row by row. */
final class TableFill implements TableRows.Visitor {
    private final Path file;
    private final Columns columns;
    private final int[] columnOf;
    private final int[] offsets;
    private final int width;
    private final OptionalInt id;
    private final boolean unique;
    private final float[] values;
    private final List<String> names = new ArrayList<>();
    private final Map<String, Long> lines = new HashMap<>();
    private final Map<String, String> unknown = new LinkedHashMap<>();
    private long missing;

    /**
     * Room for the values.
     *
     * @param columnOf for each cell of a row the index of its column, or -1
     * @param id the cell that names a row
     * @param unique whether no two rows may have the same name
     */
    TableFill(Path file, Columns columns, int[] columnOf, OptionalInt id, boolean unique, int length) {
        this.file = file;
        this.columns = columns;
        this.columnOf = columnOf;
        this.offsets = columns.offsets();
        this.width = columns.values();
        this.id = id;
        this.unique = unique;
        this.values = new float[length];
        Arrays.fill(values, Float.NaN);
    }

    float[] values() {
        return values;
    }

    List<String> names(int count) {
        return id.isPresent()
                ? names
                : IntStream.range(0, count).mapToObj(String::valueOf).toList();
    }

    List<String> notes(int rows) {
        List<String> notes = new ArrayList<>();
        if (missing > 0) {
            notes.add("%,d of %,d cells are missing.".formatted(missing, (long) rows * columns.size()));
        }
        unknown.forEach((column, text) ->
                notes.add("\"%s\" is not one of the texts that the column %s has in the memory; it is taken as missing."
                        .formatted(text, column)));
        return notes;
    }

    @Override
    public void visit(int row, long line, List<String> cells) {
        int base = row * width;
        int found = 0;
        for (int i = 0; i < columnOf.length; i++) {
            if (columnOf[i] >= 0 && !Cell.isMissing(cells.get(i))) {
                found += put(columns.get(columnOf[i]), base + offsets[columnOf[i]], cells.get(i), line);
            }
        }
        missing += columns.size() - found;
        id.ifPresent(index -> name(cells.get(index).strip(), line));
    }

    /** @return how many cells it is: none of a text that the column does not know */
    private int put(Column column, int at, String cell, long line) {
        if (column instanceof Column.Category category) {
            OptionalInt level = category.indexOf(cell.strip());
            if (level.isEmpty()) {
                unknown.putIfAbsent(column.name(), cell.strip());
                return 0;
            }
            for (int j = 0; j < category.values(); j++) {
                values[at + j] = (float) (((j == level.getAsInt() ? 1 : 0) - category.mean(j)) / category.deviation(j));
            }
            return 1;
        }
        double number = Cell.number(cell);
        if (Double.isNaN(number)) {
            throw ColumnProfile.strayText(file, column.name(), cell.strip(), line);
        }
        float value = (float) ((number - column.mean(0)) / column.deviation(0));
        if (!Float.isFinite(value)) {
            throw new InputException("%s: line %d, column %s: %s is too large. Maybe leave the cell empty."
                    .formatted(file, line, column.name(), cell.strip()));
        }
        values[at] = value;
        return 1;
    }

    private void name(String name, long line) {
        if (name.isEmpty() && unique) {
            throw new InputException(
                    "%s: line %d has no id. Maybe leave out --id: rows are then named by their numbers."
                            .formatted(file, line));
        }
        Long before = unique ? lines.putIfAbsent(name, line) : null;
        if (before != null) {
            throw new InputException(
                    "%s: lines %d and %d have the same id \"%s\"; ids must differ. Maybe name another column, or leave out --id."
                            .formatted(file, before, line, name));
        }
        names.add(name);
    }
}
