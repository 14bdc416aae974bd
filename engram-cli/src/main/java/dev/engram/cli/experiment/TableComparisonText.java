package dev.engram.cli.experiment;

import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.console.Terminal;
import dev.engram.experiments.comparison.TableComparison;
import dev.engram.experiments.comparison.TableStanding;
import dev.engram.io.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** A comparison on a table for people, and for programs. */
final class TableComparisonText {
    private static final String NAME = "%-29s";
    private static final String COLUMN = "  %16s";

    private final TableComparison comparison;

    TableComparisonText(TableComparison comparison) {
        this.comparison = comparison;
    }

    void print(Terminal terminal) {
        StringBuilder head = new StringBuilder(NAME.formatted("RMSE in std, AUROC"));
        comparison.questions().forEach(question -> head.append(COLUMN.formatted(question)));
        head.append(COLUMN.formatted("AUROC"));
        TableComparison.RATES.forEach(rate -> head.append(COLUMN.formatted("alarms at " + NumberText.percent(rate))));
        head.append(COLUMN.formatted("odd column first"));
        head.append(COLUMN.formatted("learned in"));
        terminal.result(head.toString());
        for (TableStanding standing : comparison.standings()) {
            terminal.result(
                    standing.tookPart()
                            ? line(standing)
                            : NAME.formatted(standing.name()) + " not here: " + standing.remark());
        }
    }

    private String line(TableStanding standing) {
        StringBuilder line = new StringBuilder(NAME.formatted(standing.name()));
        for (int i = 0; i < comparison.questions().size(); i++) {
            line.append(COLUMN.formatted(
                    i < standing.errors().size()
                            ? NumberText.brief(standing.errors().get(i))
                            : "-"));
        }
        line.append(COLUMN.formatted(brief(standing.separation())));
        for (int i = 0; i < TableComparison.RATES.size(); i++) {
            line.append(COLUMN.formatted(
                    i < standing.alarms().size()
                            ? NumberText.percent(standing.alarms().get(i))
                            : "-"));
        }
        line.append(COLUMN.formatted(
                standing.named().isPresent()
                        ? NumberText.percent(standing.named().getAsDouble())
                        : "-"));
        return line.append(COLUMN.formatted(NumberText.duration(standing.learningSeconds())))
                .toString();
    }

    private static String brief(OptionalDouble number) {
        return number.isPresent() ? NumberText.brief(number.getAsDouble()) : "-";
    }

    /** The same for programs. */
    JsonOutput describe(JsonOutput json) {
        List<JsonOutput> methods = new ArrayList<>();
        for (TableStanding standing : comparison.standings()) {
            JsonOutput method = new JsonOutput()
                    .with("name", standing.name())
                    .with("rival", standing.isRival())
                    .with("took_part", standing.tookPart())
                    .with("remark", standing.remark());
            if (standing.tookPart()) {
                method.with("learning_seconds", standing.learningSeconds())
                        .with("answering_seconds", standing.answeringSeconds())
                        .with("rmse", standing.errors())
                        .with("false_alarms", standing.alarms());
                standing.separation().ifPresent(auroc -> method.with("auroc", auroc));
                standing.named().ifPresent(named -> method.with("odd_column_first", named));
            }
            methods.add(method);
        }
        return json.with("questions", comparison.questions())
                .with("stated_rates", TableComparison.RATES)
                .with("learned", comparison.learned())
                .with("asked", comparison.asked())
                .with("methods", methods);
    }
}
