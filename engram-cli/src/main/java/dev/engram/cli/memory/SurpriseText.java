package dev.engram.cli.memory;

import dev.engram.cli.console.JsonOutput;
import dev.engram.io.NumberText;
import dev.engram.io.table.Column;
import dev.engram.io.table.Columns;
import dev.engram.io.table.TableWriter;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Surprise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The columns of cues that do not fit the others, in the user's units. */
final class SurpriseText {
    private static final int MOST = 10; // columns of a cue

    private final Columns columns;
    private final int[] columnOf;
    private final List<List<Odd>> rows = new ArrayList<>();

    /**
     * A column of a cue.
     *
     * @param value as the user wrote it, about
     * @param deviations how many standard deviations it is off, with its sign
     */
    record Odd(String column, String value, String expected, double deviations) {}

    /** Of no cues yet. */
    SurpriseText(Columns columns) {
        this.columns = columns;
        this.columnOf = columns.columnOfValues();
    }

    /**
     * What a memory found in the next cues.
     *
     * @param cues whose missing values (NaN) are passed over
     * @param found for each cue, the most surprising first
     */
    void add(Matrix cues, List<List<Surprise>> found) {
        for (int cue = 0; cue < found.size(); cue++) {
            rows.add(row(cues.row(cue), found.get(cue)));
        }
    }

    /** Whether the memory says nothing of any cue. */
    boolean isEmpty() {
        return rows.isEmpty();
    }

    private List<Odd> row(float[] values, List<Surprise> found) {
        float[] expected = new float[values.length];
        Arrays.fill(expected, Float.NaN);
        found.forEach(surprise -> expected[surprise.column()] = (float) surprise.expected());
        Map<Integer, Odd> byColumn = new LinkedHashMap<>(); // of a category its most surprising value
        for (Surprise surprise : found) {
            int index = columnOf[surprise.column()];
            if (!Float.isNaN(values[surprise.column()])) {
                byColumn.computeIfAbsent(
                        index,
                        i -> new Odd(columns.get(i).name(), text(i, values), text(i, expected), surprise.deviations()));
            }
        }
        return byColumn.values().stream().limit(MOST).toList();
    }

    private String text(int column, float[] values) {
        int from = 0;
        while (columnOf[from] != column) {
            from++;
        }
        Column of = columns.get(column);
        return TableWriter.text(of, Arrays.copyOfRange(values, from, from + of.values()));
    }

    /** The columns of a cue that fit least, the worst first. */
    List<Odd> of(int cue) {
        return rows.get(cue);
    }

    /** Those of a cue that are farther off than that. */
    List<Odd> beyond(int cue, double deviations) {
        return rows.get(cue).stream()
                .filter(odd -> Math.abs(odd.deviations()) > deviations)
                .toList();
    }

    static String line(Odd odd) {
        return "%s is %s, expected %s: %s standard deviations"
                .formatted(odd.column(), odd.value(), odd.expected(), NumberText.brief(odd.deviations()));
    }

    static List<JsonOutput> json(List<Odd> odd) {
        return odd.stream()
                .map(one -> new JsonOutput()
                        .with("column", one.column())
                        .with("value", one.value())
                        .with("expected", one.expected())
                        .with("deviations", one.deviations()))
                .toList();
    }
}
