package dev.engram.io.table;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.engram.io.file.AtomicFiles;
import dev.engram.io.file.InputException;
import dev.engram.io.file.Inputs;
import dev.engram.io.file.OutputException;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Mask;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Writes the values of a memory as tables in the user's units, a category as its likeliest text; what is missing (NaN) is an empty cell. Text is
 * UTF-8, with tabs where the name ends in {@code .tsv}, else with commas.
 */
public final class TableWriter {
    private final Matrix values;
    private final Columns columns;
    private final List<String> names;
    private final int[] offsets;

    /**
     * What is to be written.
     *
     * @param values [rows, values], standardised by the columns
     * @param names of the rows
     */
    public TableWriter(Matrix values, Columns columns, List<String> names) {
        this.values = values;
        this.columns = columns;
        this.names = names;
        this.offsets = columns.offsets();
        if (values.columns() != columns.values() || values.rows() != names.size()) {
            throw new IllegalArgumentException("%s, columns of %d values and %d names do not fit together."
                    .formatted(values, columns.values(), names.size()));
        }
    }

    /** Whether a file's name is that of a table. */
    public static boolean isTable(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).matches(".*\\.(csv|tsv)");
    }

    /** The name of the second table, beside {@code answers.csv}: {@code answers.filled.csv}. */
    public static Path besides(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return file.resolveSibling(name.substring(0, dot) + ".filled" + name.substring(dot));
    }

    /**
     * Writes a table of its own: the ids, where rows have some, and the columns.
     *
     * @throws OutputException if it cannot be written
     */
    public void write(Path file) {
        writing(file, out -> {
            List<String> header = new ArrayList<>();
            columns.id().ifPresent(header::add);
            columns.columns().forEach(column -> header.add(column.name()));
            out.writeRecord(header);
            for (int row = 0; row < values.rows(); row++) {
                List<String> cells = new ArrayList<>();
                if (columns.id().isPresent()) {
                    cells.add(names.get(row));
                }
                for (int i = 0; i < columns.size(); i++) {
                    cells.add(cell(row, i));
                }
                out.writeRecord(cells);
            }
        });
    }

    /**
     * Writes the rows of the table that the cues came from, in its columns and its order, with the values in place of the cells; ids and columns
     * that were not read stay as they are. Columns that it lacked come last.
     *
     * @param known the values that are to stay as the user wrote them; empty replaces all
     * @throws OutputException if it cannot be written
     * @throws InputException if the cues are not there any more
     */
    public void write(Path file, Table cues, Optional<Mask> known) {
        Table.Layout layout = cues.layout();
        int[] added = added(layout);
        writing(file, out -> {
            List<String> header = new ArrayList<>(layout.headers());
            Arrays.stream(added).forEach(i -> header.add(columns.get(i).name()));
            if (layout.rows().header()) {
                out.writeRecord(header);
            }
            int count = layout.rows().forEach((row, line, cells) -> {
                requireRow(cues, row);
                List<String> answer = new ArrayList<>(cells);
                for (int i = 0; i < cells.size(); i++) {
                    int column = layout.columnOf().get(i);
                    if (column >= 0 && !stays(known, row, column, cells.get(i))) {
                        answer.set(i, cell(row, column));
                    }
                }
                Arrays.stream(added).forEach(i -> answer.add(cell(row, i)));
                append(file, out, answer);
            });
            if (count != values.rows()) {
                throw changed(cues);
            }
        });
    }

    /** While rows are read, so that a full disk is not taken for a file that cannot be read. */
    private static void append(Path file, CsvWriter out, List<String> cells) {
        try {
            out.writeRecord(cells);
        } catch (UncheckedIOException e) {
            throw new OutputException(
                    "%s cannot be written: %s. Maybe free some space, or write to another disk."
                            .formatted(file, Inputs.reason(e)),
                    e);
        }
    }

    private int[] added(Table.Layout layout) {
        return IntStream.range(0, columns.size())
                .filter(i -> !layout.columnOf().contains(i))
                .toArray();
    }

    private void requireRow(Table cues, int row) {
        if (row >= values.rows()) {
            throw changed(cues);
        }
    }

    private static InputException changed(Table cues) {
        return new InputException("%s changed while it was read. Maybe start again when nothing writes to it any more."
                .formatted(cues.layout().rows().file()));
    }

    private boolean stays(Optional<Mask> known, int row, int column, String text) {
        if (known.isEmpty()) {
            return false;
        }
        return isKnown(known.get(), row, column)
                || columns.get(column) instanceof Column.Category category
                        && !Cell.isMissing(text)
                        && category.indexOf(text.strip()).isEmpty();
    }

    private boolean isKnown(Mask known, int row, int column) {
        boolean all = true;
        for (int j = offsets[column]; j < offsets[column + 1]; j++) {
            all &= known.isKnown(row, j);
        }
        return all;
    }

    /**
     * Writes which cells were filled in: row, column, value, and how sure the value of a number is.
     *
     * @param known the values that were not filled in
     * @param deviations the standard deviation of every value, of a model that gives one
     * @return how many cells it was
     */
    public int writeFilled(Path file, Mask known, Optional<Matrix> deviations) {
        int[] count = {0};
        writing(file, out -> {
            List<String> header = new ArrayList<>(List.of("row", "column", "value"));
            deviations.ifPresent(some -> header.add("deviation"));
            out.writeRecord(header);
            for (int row = 0; row < values.rows(); row++) {
                for (int i = 0; i < columns.size(); i++) {
                    if (!isKnown(known, row, i)) {
                        List<String> cells = new ArrayList<>(
                                List.of(names.get(row), columns.get(i).name(), cell(row, i)));
                        int at = row;
                        int column = i;
                        deviations.ifPresent(some -> cells.add(deviation(some, at, column)));
                        out.writeRecord(cells);
                        count[0]++;
                    }
                }
            }
        });
        return count[0];
    }

    private String deviation(Matrix deviations, int row, int column) {
        double scale = columns.get(column).deviation(0);
        return columns.get(column) instanceof Column.Number
                ? NumberCell.text(deviations.get(row, offsets[column]), 0, scale)
                : "";
    }

    private String cell(int row, int column) {
        return text(columns.get(column), Arrays.copyOfRange(values.row(row), offsets[column], offsets[column + 1]));
    }

    /**
     * What a cell says: its number in the user's units, or the likeliest of its texts; empty where it is missing.
     *
     * @param standardised the values of the cell
     */
    public static String text(Column column, float... standardised) {
        if (column instanceof Column.Category category) {
            int best = -1;
            double most = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < standardised.length; j++) {
                double share = category.mean(j) + category.deviation(j) * standardised[j];
                if (share > most) {
                    most = share;
                    best = j;
                }
            }
            return best < 0 ? "" : category.levels().get(best).text();
        }
        return NumberCell.text(standardised[0], column.mean(0), column.deviation(0));
    }

    private interface Content {
        void to(CsvWriter out) throws IOException;
    }

    private static void writing(Path file, Content content) {
        boolean tabs =
                String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".tsv");
        AtomicFiles.write(file, stream -> {
            Writer text = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
            CsvWriter out = CsvWriter.builder()
                    .fieldSeparator(tabs ? '\t' : ',')
                    .lineDelimiter(LineDelimiter.LF)
                    .build(text);
            content.to(out);
            out.flush();
            text.flush();
        });
    }
}
