package dev.engram.cli.memory;

import dev.engram.cli.console.Terminal;
import dev.engram.io.NumberText;
import dev.engram.io.Printable;
import dev.engram.memory.Score;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A score for people: a line for each pattern (of many, the worst), then the summary. */
final class ScoreTable {
    private static final int MOST_ROWS = 20;
    private static final int WORST_ROWS = 10;
    private static final int LONGEST_NAME = 40;

    private final List<String> names;
    private final double[] errors;
    private final Score score;
    private final double threshold;

    ScoreTable(List<String> names, Score score, double threshold) {
        this.names = names;
        this.errors = score.errors();
        this.score = score;
        this.threshold = threshold;
    }

    /** @param all a line for each, however many there are */
    void print(Terminal terminal, boolean all) {
        List<Integer> shown = IntStream.range(0, errors.length).boxed().toList();
        if (errors.length > MOST_ROWS && !all) {
            shown = shown.stream()
                    .sorted(Comparator.comparingDouble((Integer i) -> -errors[i]))
                    .limit(WORST_ROWS)
                    .toList();
            terminal.result("The %d worst of %d (--all prints every one):".formatted(WORST_ROWS, errors.length));
        }
        int width = shown.stream().mapToInt(i -> name(i).length()).max().orElse(0);
        String row = width == 0 ? "%6s  %10s  %s" : "%6s  %-" + Math.max("name".length(), width) + "s  %10s  %s";
        terminal.result(line(row, "number", "name", "MSE", "").stripTrailing());
        for (int i : shown) {
            String verdict = errors[i] < threshold ? "recovered" : "not recovered";
            terminal.result(line(row, String.valueOf(i), name(i), NumberText.brief(errors[i]), verdict));
        }
        int recovered = score.recovered(threshold);
        terminal.result("Recovered %d of %d (%s) at MSE < %s; mean MSE %s, worst %s."
                .formatted(
                        recovered,
                        errors.length,
                        NumberText.percent(recovered, errors.length),
                        MemoryText.threshold(threshold),
                        NumberText.brief(score.mean()),
                        NumberText.brief(worst())));
    }

    double worst() {
        return Arrays.stream(errors).max().orElse(0);
    }

    private static String line(String row, String number, String name, String error, String verdict) {
        return row.contains("-") ? row.formatted(number, name, error, verdict) : row.formatted(number, error, verdict);
    }

    /** The name of a pattern; empty where it is but its number. */
    private String name(int i) {
        String name = Printable.name(names.get(i));
        if (name.equals(String.valueOf(i))) {
            return "";
        }
        return name.length() > LONGEST_NAME ? "..." + name.substring(name.length() - LONGEST_NAME + 3) : name;
    }
}
