package dev.engram.cli.experiment;

import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.console.Terminal;
import dev.engram.cli.memory.MemoryText;
import dev.engram.experiments.comparison.Answered;
import dev.engram.experiments.comparison.Comparison;
import dev.engram.experiments.comparison.ComparisonReport;
import dev.engram.experiments.comparison.Standing;
import dev.engram.io.NumberText;
import dev.engram.memory.Damage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A comparison for people, and for programs. */
final class ComparisonTable {
    private static final String NAME = "%-29s";
    private static final String COST = " %10s";

    private final Comparison comparison;

    ComparisonTable(Comparison comparison) {
        this.comparison = comparison;
    }

    void print(Terminal terminal) {
        head(terminal, "recovered", "stored", "learned in", "one recall");
        for (Standing standing : comparison.standings()) {
            if (standing.tookPart()) {
                line(
                        terminal,
                        standing,
                        outcome -> NumberText.percent(outcome.recovered()),
                        NumberText.bytes(standing.bytes()),
                        NumberText.duration(standing.learningSeconds()),
                        ComparisonReport.perRecall(standing.secondsPerRecall()));
            } else {
                terminal.result(NAME.formatted(standing.entrant().name()) + " not here: " + standing.remark());
            }
        }
        terminal.result("");
        head(terminal, "MSE, median / worst");
        comparison.standings().stream()
                .filter(Standing::tookPart)
                .forEach(standing -> line(
                        terminal,
                        standing,
                        outcome -> NumberText.brief(outcome.medianError()) + " / "
                                + NumberText.brief(outcome.worstError())));
        comparison.standings().stream()
                .filter(s -> s.tookPart() && !s.remark().isEmpty())
                .forEach(s -> terminal.note(s.entrant().name() + ": " + s.remark()));
    }

    private void head(Terminal terminal, String first, String... costs) {
        StringBuilder head = new StringBuilder(NAME.formatted(first));
        for (String cost : costs) {
            head.append(COST.formatted(cost));
        }
        for (Damage damage : comparison.damages()) {
            head.append(column(damage).formatted(damage.name()));
        }
        terminal.result(head.toString());
    }

    private void line(Terminal terminal, Standing standing, Function<Answered, String> shown, String... costs) {
        StringBuilder line = new StringBuilder(NAME.formatted(standing.entrant().name()));
        for (String cost : costs) {
            line.append(COST.formatted(cost));
        }
        for (int i = 0; i < standing.outcomes().size(); i++) {
            line.append(column(comparison.damages().get(i))
                    .formatted(shown.apply(standing.outcomes().get(i))));
        }
        terminal.result(line.toString());
    }

    private static String column(Damage damage) {
        return "  %" + Math.max(damage.name().length(), 20) + "s";
    }

    /** The same for programs. */
    JsonOutput describe(JsonOutput json) {
        List<JsonOutput> memories = new ArrayList<>();
        for (Standing standing : comparison.standings()) {
            JsonOutput memory = new JsonOutput()
                    .with("name", standing.entrant().name())
                    .with("model", standing.entrant().model().name())
                    .with("options", MemoryText.typed(standing.entrant().model().describe()))
                    .with("took_part", standing.tookPart())
                    .with("remark", standing.remark());
            if (standing.tookPart()) {
                memory.with("bytes_stored", standing.bytes())
                        .with("learning_seconds", standing.learningSeconds())
                        .with("seconds_per_recall", standing.secondsPerRecall())
                        .with("recovered_fraction", standing.recovered());
            }
            List<JsonOutput> outcomes = new ArrayList<>();
            for (int i = 0; i < standing.outcomes().size(); i++) {
                Answered outcome = standing.outcomes().get(i);
                outcomes.add(new JsonOutput()
                        .with("damage", comparison.damages().get(i).name())
                        .with("cues", outcome.asked())
                        .with("recovered_fraction", outcome.recovered())
                        .with("median_mse", outcome.medianError())
                        .with("worst_mse", outcome.worstError())
                        .with("seconds_per_recall", outcome.secondsPerRecall()));
            }
            memories.add(memory.with("outcomes", outcomes));
        }
        return json.with("asked", comparison.asked().length).with("memories", memories);
    }
}
