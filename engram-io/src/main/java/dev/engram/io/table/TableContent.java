package dev.engram.io.table;

import dev.engram.linalg.Matrix;
import java.util.List;

/**
 * What a table holds.
 *
 * @param values [rows, values], standardised by columns; NaN where a cell is missing
 * @param names of the rows: their ids, or their numbers
 * @param notes what the user should be told, one sentence each
 */
public record TableContent(Matrix values, List<String> names, Table table, List<String> notes) {
    public TableContent {
        names = List.copyOf(names);
        notes = List.copyOf(notes);
    }
}
