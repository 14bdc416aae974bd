package dev.engram.io.table;

import java.util.List;
import java.util.Optional;

/**
 * How a table is read.
 *
 * @param id the header of the column that names the rows
 * @param ignored the headers of columns that are not read
 * @param known the columns of a memory, by which the table is read; empty reads it by its own
 */
public record TableOptions(Optional<String> id, List<String> ignored, Header header, Optional<Columns> known) {
    public TableOptions {
        ignored = List.copyOf(ignored);
    }

    /** All columns, as they are. */
    public static TableOptions defaults() {
        return new TableOptions(Optional.empty(), List.of(), Header.WHERE_TEXT, Optional.empty());
    }

    public TableOptions withId(String column) {
        return new TableOptions(Optional.of(column), ignored, header, known);
    }

    public TableOptions withIgnored(String... columns) {
        return new TableOptions(id, List.of(columns), header, known);
    }

    public TableOptions withHeader(Header newHeader) {
        return new TableOptions(id, ignored, newHeader, known);
    }

    /** Read by the columns of a memory. */
    public TableOptions by(Optional<Columns> columns) {
        return new TableOptions(id, ignored, header, columns);
    }

    /** Whether something was asked for that only a table has. */
    public boolean isAsked() {
        return id.isPresent() || !ignored.isEmpty() || header != Header.WHERE_TEXT;
    }
}
