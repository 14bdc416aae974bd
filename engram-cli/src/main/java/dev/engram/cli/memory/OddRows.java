package dev.engram.cli.memory;

import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.console.Terminal;
import dev.engram.io.NumberText;
import dev.engram.io.PatternSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a memory that predicts every value from the others says of rows: which do not fit, and in which columns.
 *
 * @param odd the columns of each row, the worst first
 * @param most how many standard deviations a column may be off
 * @param judged of each row as a whole, where the memory says so
 */
record OddRows(PatternSource rows, SurpriseText odd, double most, Optional<JudgedRows> judged) {
    /** Prints it, as text or as one JSON object. */
    void hand(Terminal terminal, Path memory, boolean json) {
        int count = (int) IntStream.range(0, rows.count())
                .filter(row -> !odd.beyond(row, most).isEmpty())
                .count();
        if (json) {
            json(memory, count).print(terminal);
        } else {
            print(terminal, count);
        }
    }

    private void print(Terminal terminal, int count) {
        for (int row = 0; row < rows.count(); row++) {
            List<SurpriseText.Odd> beyond = odd.beyond(row, most);
            terminal.result("%-8s  %s%s"
                    .formatted(rows.names().get(row), beyond.isEmpty() ? "fits" : "does not fit", verdict(row)));
            beyond.forEach(one -> terminal.result("          " + SurpriseText.line(one)));
        }
        terminal.result(
                "%d of %s not fit: a column is more than %s standard deviations from what the others let expect."
                        .formatted(
                                count,
                                NumberText.count(rows.count(), "row") + (count == 1 ? " does" : " do"),
                                NumberText.plain(most)));
        judged.ifPresent(of -> terminal.result(of.summary()));
    }

    private String verdict(int row) {
        return judged.filter(of -> of.isNew(row)).isPresent() ? ", new" : "";
    }

    private JsonOutput json(Path memory, int count) {
        List<JsonOutput> items = new ArrayList<>();
        for (int row = 0; row < rows.count(); row++) {
            List<SurpriseText.Odd> beyond = odd.beyond(row, most);
            JsonOutput item = new JsonOutput()
                    .with("name", rows.names().get(row))
                    .with("unfamiliar", !beyond.isEmpty())
                    .with(
                            "score",
                            odd.of(row).stream()
                                    .mapToDouble(one -> Math.abs(one.deviations()))
                                    .max()
                                    .orElse(0))
                    .with("columns", SurpriseText.json(beyond));
            int at = row;
            judged.ifPresent(of -> item.with("new", of.isNew(at)).with("novelty", of.novelty()[at]));
            items.add(item);
        }
        JsonOutput json = JsonOutput.of("familiar")
                .with("memory", memory)
                .with("cues", rows.count())
                .with("deviations", most)
                .with("unfamiliar", count)
                .with("notes", rows.notes());
        judged.ifPresent(of -> of.describe(json));
        return json.with("items", items);
    }
}
