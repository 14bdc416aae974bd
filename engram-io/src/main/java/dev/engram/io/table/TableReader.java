package dev.engram.io.table;

import dev.engram.io.file.HeapLimit;
import dev.engram.io.file.InputException;
import dev.engram.linalg.Matrix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Reads tables: comma- or tab-separated text in UTF-8, or UTF-16 with a byte-order mark, with decimal points. The text is gone through twice,
 * once to learn what its columns are and once to read them; only the values are held.
 *
 * <p>A column is numbers, or a category of a few texts. A cell is missing where it is empty, {@code NA}, {@code NaN}, {@code null} or {@code ?}.
 */
public final class TableReader {
    private static final int MOST_VALUES = 100_000; // of a row
    private static final int LONGEST_NAME = 200;

    private final Path file;
    private final TableOptions options;
    private final TableRows rows;
    private final List<String> headers;
    private final OptionalInt id;

    private TableReader(Path file, int limit, TableOptions options) {
        this.file = file;
        this.options = options;
        TableFormat format = TableFormat.of(file);
        List<String> first = new TableRows(file, format, false, limit).first();
        boolean header = options.header() == Header.WHERE_TEXT
                && first.stream().anyMatch(cell -> !Cell.isMissing(cell) && Double.isNaN(Cell.number(cell)));
        this.rows = new TableRows(file, format, header, limit);
        this.headers = headers(first);
        this.id = id();
    }

    /** Whether a file is a table, by its name or its text. */
    public static boolean isTable(Path file) {
        return TableFormat.isNamed(file) || TableFormat.looksLikeTable(file);
    }

    /**
     * Reads a table.
     *
     * @param limit how many rows at most
     * @throws InputException if it cannot be used: the message says where and what was expected
     */
    public static TableContent read(Path file, int limit, TableOptions options) {
        return new TableReader(file, limit, options).content();
    }

    private List<String> headers(List<String> first) {
        if (first.size() > MOST_VALUES) {
            throw new InputException("%s has %,d columns; at most %,d are read. Maybe save it as a .npy array."
                    .formatted(file, first.size(), MOST_VALUES));
        }
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < first.size(); i++) {
            String cell = rows.header() ? first.get(i).strip() : "";
            String name = cell.isEmpty() ? Columns.numbered(i) : cell;
            if (name.length() > LONGEST_NAME) {
                throw new InputException(
                        "%s: the header of column %d has %,d characters; at most %d were expected. Maybe a quotation mark is not closed."
                                .formatted(file, i + 1, name.length(), LONGEST_NAME));
            }
            if (!seen.add(name)) {
                throw new InputException(
                        "%s has two columns with the header %s; headers must differ. Maybe rename one, or use --no-header."
                                .formatted(file, name));
            }
            names.add(name);
        }
        return names;
    }

    private OptionalInt id() {
        options.id().ifPresent(name -> requireHeader("--id", name));
        options.ignored().forEach(name -> requireHeader("--ignore", name));
        return options.id()
                .or(() -> options.known().flatMap(Columns::id))
                .map(name -> OptionalInt.of(headers.indexOf(name)))
                .filter(index -> index.getAsInt() >= 0)
                .orElse(OptionalInt.empty());
    }

    private void requireHeader(String option, String name) {
        if (!headers.contains(name)) {
            String all = String.join(", ", headers.subList(0, Math.min(20, headers.size())));
            throw new InputException("%s has no column \"%s\", which %s names; it has %s%s."
                    .formatted(file, name, option, all, headers.size() > 20 ? ", ..." : ""));
        }
    }

    private TableContent content() {
        List<String> notes = new ArrayList<>();
        Columns columns;
        int[] columnOf;
        int count;
        if (options.known().isPresent()) {
            columns = options.known().get();
            columnOf = matched(columns, notes);
            count = rows.forEach((row, line, cells) -> {});
        } else {
            int[] read = IntStream.range(0, headers.size())
                    .filter(i -> !isId(i) && !options.ignored().contains(headers.get(i)))
                    .toArray();
            ColumnProfile[] profiles = profiles(read);
            count = rows.forEach((row, line, cells) -> {
                for (int i = 0; i < read.length; i++) {
                    profiles[i].add(cells.get(read[i]), line);
                }
            });
            requireRows(count);
            columns = new Columns(
                    Arrays.stream(profiles).map(ColumnProfile::column).toList(),
                    id.isPresent() ? Optional.of(headers.get(id.getAsInt())) : Optional.empty());
            columnOf = new int[headers.size()];
            Arrays.fill(columnOf, -1);
            IntStream.range(0, read.length).forEach(i -> columnOf[read[i]] = i);
            notes.addAll(notes(columns, profiles));
        }
        requireRows(count);
        if (columns.values() > MOST_VALUES) {
            throw new InputException("%s has rows of %,d values; at most %,d are read. Maybe use --ignore."
                    .formatted(file, columns.values(), MOST_VALUES));
        }
        TableFill fill = new TableFill(
                file,
                columns,
                columnOf,
                id,
                options.id().isPresent(),
                HeapLimit.floats(file.toString(), (long) count * columns.values()));
        rows.forEach(fill);
        notes.addAll(fill.notes(count));
        Table.Layout layout = new Table.Layout(
                rows, headers, id, Arrays.stream(columnOf).boxed().toList());
        return new TableContent(
                Matrix.wrap(count, columns.values(), fill.values()),
                fill.names(count),
                new Table(columns, layout),
                notes);
    }

    private boolean isId(int index) {
        return id.isPresent() && id.getAsInt() == index;
    }

    private ColumnProfile[] profiles(int... read) {
        if (read.length == 0) {
            throw new InputException("%s has no columns left to read. Maybe --ignore names too many.".formatted(file));
        }
        return Arrays.stream(read)
                .mapToObj(i -> new ColumnProfile(file, headers.get(i)))
                .toArray(ColumnProfile[]::new);
    }

    private void requireRows(int count) {
        if (count == 0) {
            throw new InputException(
                    "%s holds a header and no rows. Maybe another file was meant, or the first row is none: --no-header."
                            .formatted(file));
        }
    }

    private static List<String> notes(Columns columns, ColumnProfile... profiles) {
        List<String> notes = new ArrayList<>();
        notes.add("%s, each standardised to mean 0 and standard deviation 1%s."
                .formatted(
                        columns.summary(),
                        columns.values() > columns.size() ? "; every text of a category is a value of its own" : ""));
        List<String> constant = Arrays.stream(profiles)
                .filter(ColumnProfile::isConstant)
                .map(ColumnProfile::name)
                .toList();
        if (!constant.isEmpty()) {
            notes.add("The same in every row: %s.".formatted(few(constant)));
        }
        return notes;
    }

    /** For each header the column of a memory that it is. */
    private int[] matched(Columns columns, List<String> notes) {
        int[] free = IntStream.range(0, headers.size())
                .filter(i -> !isId(i) && !options.ignored().contains(headers.get(i)))
                .toArray();
        int[] columnOf = new int[headers.size()];
        Arrays.fill(columnOf, -1);
        if (!rows.header() || columns.areNameless()) {
            if (free.length != columns.size()) {
                throw new InputException(
                        ("%s has %d columns, the memory %d; without headers they are taken in their order, and must be as many."
                                        + " Maybe add a header row, or use --ignore.")
                                .formatted(file, free.length, columns.size()));
            }
            IntStream.range(0, free.length).forEach(i -> columnOf[free[i]] = i);
            return columnOf;
        }
        List<String> extra = new ArrayList<>();
        Set<Integer> found = new HashSet<>();
        for (int i : free) {
            columnOf[i] = columns.indexOf(headers.get(i)).orElse(-1);
            if (columnOf[i] < 0) {
                extra.add(headers.get(i));
            } else {
                found.add(columnOf[i]);
            }
        }
        if (found.isEmpty()) {
            throw new InputException(
                    "%s has none of the memory's columns (%s). Maybe another memory was meant, or the first row is no header: --no-header."
                            .formatted(
                                    file,
                                    few(columns.columns().stream()
                                            .map(Column::name)
                                            .toList())));
        }
        if (!extra.isEmpty()) {
            notes.add("Not a column of the memory, and ignored: %s.".formatted(few(extra)));
        }
        if (found.size() < columns.size()) {
            notes.add("Missing in every row: %s."
                    .formatted(few(IntStream.range(0, columns.size())
                            .filter(i -> !found.contains(i))
                            .mapToObj(i -> columns.get(i).name())
                            .toList())));
        }
        return columnOf;
    }

    private static String few(List<String> names) {
        String shown = String.join(", ", names.subList(0, Math.min(10, names.size())));
        return names.size() > 10 ? "%s and %d more".formatted(shown, names.size() - 10) : shown;
    }
}
