package dev.engram.io.table;

import dev.engram.io.file.InputException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What the cells of one column are, found out by looking at all of them once. */
final class ColumnProfile {
    private static final int MOST_LEVELS = 64;
    private static final int FEW_ROWS = 20;

    private final Path file;
    private final String name;
    private final Map<String, Integer> levels = new TreeMap<>();
    private long numbers;
    private double mean;
    private double squares; // summed squared distances from the mean, by Welford's recurrence
    private long texts;
    private String firstText = "";
    private long firstTextLine;

    ColumnProfile(Path file, String name) {
        this.file = file;
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Whether all cells with a value have the same. */
    boolean isConstant() {
        return levels.size() == 1;
    }

    void add(String cell, long line) {
        if (Cell.isMissing(cell)) {
            return;
        }
        if (levels.size() <= MOST_LEVELS) {
            levels.merge(cell.strip(), 1, Integer::sum);
        }
        double number = Cell.number(cell);
        if (Double.isNaN(number)) {
            if (texts == 0) {
                firstText = cell.strip();
                firstTextLine = line;
            }
            texts++;
        } else {
            numbers++;
            double before = number - mean;
            mean += before / numbers;
            squares += before * (number - mean);
        }
    }

    /**
     * The column that it is: of numbers where most cells are, else a category.
     *
     * @throws InputException if it is neither
     */
    Column column() {
        if (numbers + texts == 0) {
            throw new InputException("%s: the column %s has no cell with a value in it. Maybe use --ignore \"%s\"."
                    .formatted(file, name, name));
        }
        if (texts > 0 && (numbers > texts || Cell.hasComma(firstText))) {
            throw strayText(file, name, firstText, firstTextLine);
        }
        return texts > 0 ? category() : number();
    }

    static InputException strayText(Path file, String name, String text, long line) {
        return Cell.hasComma(text)
                ? new InputException(
                        ("%s: line %d, column %s: \"%s\" has a comma in it; numbers with a decimal point were expected. Maybe save it with"
                                        + " decimal points and without thousands separators.")
                                .formatted(file, line, name, text))
                : new InputException(
                        ("%s: line %d, column %s: \"%s\" is not a number, as most of the column are. Maybe leave the cell empty, or use"
                                        + " --ignore \"%s\".")
                                .formatted(file, line, name, text, name));
    }

    private Column number() {
        double deviation = Math.sqrt(squares / numbers);
        if (!Double.isFinite(mean) || !Double.isFinite(deviation)) {
            throw new InputException(
                    "%s: the numbers in the column %s are too large. Maybe divide them by some power of ten, or use --ignore \"%s\"."
                            .formatted(file, name, name));
        }
        boolean varies = deviation > Math.abs(mean) * 1e-12; // what is less is rounding
        return new Column.Number(name, mean, varies ? deviation : 1);
    }

    private Column category() {
        long count = numbers + texts;
        if (levels.size() > MOST_LEVELS) {
            throw new InputException(
                    "%s: the column %s has more than %d different texts, too many for a category. Maybe use --ignore \"%s\", or --id \"%s\" if it names the rows."
                            .formatted(file, name, MOST_LEVELS, name, name));
        }
        if (levels.size() == count && count > FEW_ROWS) {
            throw new InputException(
                    "%s: the column %s has another text in every row, which is no category. Maybe use --id \"%s\" if it names the rows, or --ignore \"%s\"."
                            .formatted(file, name, name, name));
        }
        return new Column.Category(
                name,
                levels.entrySet().stream()
                        .map(level -> new Column.Level(level.getKey(), (double) level.getValue() / count))
                        .toList());
    }
}
