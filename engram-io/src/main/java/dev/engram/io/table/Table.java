package dev.engram.io.table;

import java.util.List;
import java.util.OptionalInt;

/**
 * A table that was read: its columns, and where in the text they stand, so that the rows can be read again when answers are written beside what
 * the table had else. The text itself is not kept.
 *
 * @param columns by which it was read
 */
public record Table(Columns columns, Layout layout) {
    /**
     * Where in the text the columns stand.
     *
     * @param headers of the text
     * @param id which of them names the rows
     * @param columnOf for each of them the index of its column, -1 of what is not read
     */
    record Layout(TableRows rows, List<String> headers, OptionalInt id, List<Integer> columnOf) {
        Layout {
            headers = List.copyOf(headers);
            columnOf = List.copyOf(columnOf);
        }
    }
}
