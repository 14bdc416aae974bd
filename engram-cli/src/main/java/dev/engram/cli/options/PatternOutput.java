package dev.engram.cli.options;

import dev.engram.cli.console.CommandException;
import dev.engram.io.PatternSet;
import dev.engram.io.image.ImageWriter;
import dev.engram.io.numpy.NpyWriter;
import dev.engram.io.table.Columns;
import dev.engram.io.table.Table;
import dev.engram.io.table.TableWriter;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Mask;
import dev.engram.memory.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where patterns are written: {@code .npy} (float32, not clipped), a table ({@code .csv}, {@code .tsv}) or a folder of PNG pictures (clipped to
 * [0, 1], 8 bits), by its name.
 */
public final class PatternOutput {
    private static final String FILE_NAMES = ".*\\.(npz|png|jpe?g|gif|bmp|engram|txt)";

    private final Path path;
    private final Kind kind;

    private PatternOutput(Path path, Kind kind) {
        this.path = path;
        this.kind = kind;
    }

    private enum Kind {
        ARRAY,
        TABLE,
        PICTURES;

        static Kind of(Path path) {
            String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
            return name.endsWith(".npy") ? ARRAY : TableWriter.isTable(path) ? TABLE : PICTURES;
        }
    }

    /**
     * Checks what can be checked before the work.
     *
     * @param inputs what the command reads, and must not overwrite
     */
    public static PatternOutput of(Path path, Path... inputs) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        Kind kind = Kind.of(path);
        if (kind == Kind.PICTURES && name.matches(FILE_NAMES)) {
            throw CommandException.wrongUsage(
                    ("%s is not a name patterns can be written to: .npy, .csv, .tsv or a folder (for PNG pictures) was expected."
                                    + " Maybe use %s.npy.")
                            .formatted(path, name.substring(0, name.lastIndexOf('.'))));
        }
        Targets.require(path, kind != Kind.PICTURES, inputs);
        return new PatternOutput(path, kind);
    }

    Path path() {
        return path;
    }

    /** Whether values outside [0, 1] are lost. */
    public boolean clips() {
        return kind == Kind.PICTURES;
    }

    /** Whether it is an array, whose rows can be written as they come. */
    public boolean isArray() {
        return kind == Kind.ARRAY;
    }

    /** Whether it is a table. */
    public boolean isTable() {
        return kind == Kind.TABLE;
    }

    /**
     * Checks that patterns of this shape can be written here.
     *
     * @throws CommandException (wrong usage) for pictures of two channels
     */
    public void requireHolds(Shape shape) {
        if (clips() && shape.channels() == 2) {
            throw CommandException.wrongUsage(
                    "%s: patterns of shape %s have 2 channels, a PNG has 1, 3 or 4. Maybe write to a .npy file."
                            .formatted(path, shape));
        }
    }

    /**
     * Checks that the rows of a table can be written here.
     *
     * @throws CommandException (wrong usage) for a folder of pictures
     */
    public void requireHoldsRows() {
        if (clips()) {
            throw CommandException.wrongUsage(
                    "%s would be a folder of pictures; the rows of a table make none. Maybe use %s.csv, or a .npy file."
                            .formatted(path, path));
        }
    }

    /** Writes all or nothing. */
    public void write(Matrix patterns, Shape shape, List<String> names) {
        switch (kind) {
            case ARRAY -> NpyWriter.write(path, shape.withCount(patterns.rows()), patterns.data());
            case TABLE -> new TableWriter(patterns, Columns.plain(patterns.columns()), names).write(path);
            case PICTURES -> ImageWriter.writeFolder(path, patterns, shape, withoutNumbers(names));
        }
    }

    /**
     * Writes what was made of patterns, in the units of their columns where they have some, and in the table's rows where they were one.
     *
     * @param patterns standardised by the columns
     * @param columns of the memory; of the patterns themselves where there is none
     * @param known the values that are to stay as the user wrote them; empty replaces all
     */
    public void write(Matrix patterns, Shape shape, PatternSet from, Optional<Columns> columns, Optional<Mask> known) {
        Optional<Columns> units = columns.or(() -> from.table().map(Table::columns));
        if (units.isEmpty() || clips()) {
            write(patterns, shape, from.names());
        } else if (!isTable()) {
            write(units.get().inUnits(patterns), shape, from.names());
        } else {
            TableWriter writer = new TableWriter(patterns, units.get(), from.names());
            from.table().ifPresentOrElse(cues -> writer.write(path, cues, known), () -> writer.write(path));
        }
    }

    /**
     * Writes answers in the size of their cues, all or nothing.
     *
     * @param answers {@code [cues, values]}
     */
    public void write(Matrix answers, CuePictures cues, List<String> names) {
        ImageWriter.writeFolder(path, withoutNumbers(names), cue -> cues.png(answers, cue));
    }

    /** The names without the number the writer once put before each, and will again. */
    public static List<String> withoutNumbers(List<String> names) {
        List<String> bare = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            int hyphen = name.indexOf('-');
            if (hyphen < 1 || !name.substring(0, hyphen).matches("0*" + i)) {
                return names;
            }
            bare.add(name.substring(hyphen + 1));
        }
        return bare;
    }

    /** How many values would be, or were, clipped. */
    public long clipped(Matrix patterns) {
        if (!clips()) {
            return 0;
        }
        long count = 0;
        for (float value : patterns.data()) {
            count += value < 0 || value > 1 ? 1 : 0;
        }
        return count;
    }
}
