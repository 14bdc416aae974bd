package dev.engram.experiments.comparison;

import static dev.engram.experiments.report.Table.Entry.duration;
import static dev.engram.experiments.report.Table.Entry.number;
import static dev.engram.experiments.report.Table.Entry.percent;
import static dev.engram.experiments.report.Table.Entry.text;

import dev.engram.experiments.frame.Machine;
import dev.engram.experiments.report.HtmlPage;
import dev.engram.experiments.report.ResultRow;
import dev.engram.experiments.report.ResultsJson;
import dev.engram.experiments.report.Table;
import dev.engram.io.NumberText;
import dev.engram.io.memory.Software;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Writes a comparison on a table as a page to read, with {@code results.json} and the tables beside it. */
public final class TableReport {
    private static final String EXPERIMENT = "compare";

    private final TableComparison comparison;
    private final Software software;
    private final String command;

    /** @param command that was given, so that it can be given again */
    public TableReport(TableComparison comparison, Software software, String command) {
        this.comparison = comparison;
        this.software = software;
        this.command = command;
    }

    /** Writes the folder, all or nothing. */
    public void write(Path folder) {
        page().write(folder, ComparisonReport.PAGE, Map.of(ResultsJson.FILE, ResultsJson.of(rows())));
    }

    /** Every number but the times. */
    public List<ResultRow> rows() {
        List<ResultRow> rows = new ArrayList<>();
        for (TableStanding standing : comparison.standings()) {
            for (int i = 0; i < standing.errors().size(); i++) {
                String setting = standing.name() + ", " + comparison.questions().get(i);
                rows.add(ResultRow.measured(
                        EXPERIMENT,
                        setting,
                        "RMSE in standard deviations",
                        standing.errors().get(i)));
            }
            standing.separation().ifPresent(a -> rows.add(ResultRow.measured(EXPERIMENT, standing.name(), "AUROC", a)));
            for (int i = 0; i < standing.alarms().size(); i++) {
                String setting = "%s, stated %s".formatted(standing.name(), TableComparison.RATES.get(i));
                rows.add(ResultRow.measured(
                        EXPERIMENT, setting, "false alarms", standing.alarms().get(i)));
            }
            standing.named()
                    .ifPresent(n -> rows.add(ResultRow.measured(EXPERIMENT, standing.name(), "odd column first", n)));
        }
        return rows;
    }

    private HtmlPage page() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("command:", command);
        facts.put("seed", String.valueOf(comparison.seed()));
        facts.put("patterns", "SHA-256 " + comparison.set().digest());
        Machine.describe(software, facts);
        HtmlPage page = new HtmlPage("Which method for these rows?")
                .lead(TableRecommendation.of(comparison).advice())
                .lead("%s of %s, half of them learned (%d), the others asked about (%d), standardised by column."
                        .formatted(
                                NumberText.count(comparison.set().count(), "row"),
                                NumberText.count(comparison.set().shape().values(), "value"),
                                comparison.learned(),
                                comparison.asked()))
                .heading("Missing values, new rows")
                .table("methods", methods())
                .note(
                        "Errors are root mean squares in standard deviations. Odd rows have one value 5 standard deviations off. "
                                + TableRecommendation.RULE)
                .heading("What each costs")
                .times(costs());
        Table remarks = new Table("What to know").texts("method", "remark").wrapping();
        List<TableStanding> absent = comparison.standings().stream()
                .filter(s -> !s.remark().isEmpty())
                .toList();
        absent.forEach(s -> remarks.row(text(s.name()), text("not here: " + s.remark())));
        return (absent.isEmpty() ? page : page.table("remarks", remarks))
                .heading("How it was made")
                .facts(facts);
    }

    private Table methods() {
        Table table = new Table("Error of what is filled in, and how odd rows are told from others")
                .texts("method")
                .wrapping();
        comparison.questions().forEach(table::numbers);
        table.numbers("AUROC");
        TableComparison.RATES.forEach(rate -> table.numbers("false alarms at " + NumberText.percent(rate)));
        table.numbers("odd column first");
        for (TableStanding standing : comparison.standings()) {
            if (standing.tookPart()) {
                List<Table.Entry> row = new ArrayList<>(List.of(text(standing.name())));
                for (int i = 0; i < comparison.questions().size(); i++) {
                    row.add(number(at(standing.errors(), i)));
                }
                row.add(number(standing.separation()));
                for (int i = 0; i < TableComparison.RATES.size(); i++) {
                    row.add(percent(at(standing.alarms(), i)));
                }
                row.add(percent(standing.named()));
                table.row(row);
            }
        }
        return table;
    }

    private static OptionalDouble at(List<Double> numbers, int index) {
        return index < numbers.size() ? OptionalDouble.of(numbers.get(index)) : OptionalDouble.empty();
    }

    private Table costs() {
        Table table = new Table("Time to learn, and to answer everything")
                .texts("method")
                .numbers("learned in", "answered in");
        comparison.standings().stream()
                .filter(TableStanding::tookPart)
                .forEach(s -> table.row(text(s.name()), duration(s.learningSeconds()), duration(s.answeringSeconds())));
        return table;
    }
}
