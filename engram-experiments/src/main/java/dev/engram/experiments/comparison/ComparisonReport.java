package dev.engram.experiments.comparison;

import static dev.engram.experiments.report.Table.Entry.bytes;
import static dev.engram.experiments.report.Table.Entry.duration;
import static dev.engram.experiments.report.Table.Entry.number;
import static dev.engram.experiments.report.Table.Entry.percent;
import static dev.engram.experiments.report.Table.Entry.text;

import dev.engram.experiments.frame.Machine;
import dev.engram.experiments.report.ContactSheet;
import dev.engram.experiments.report.HtmlPage;
import dev.engram.experiments.report.ResultRow;
import dev.engram.experiments.report.ResultsJson;
import dev.engram.experiments.report.Table;
import dev.engram.io.NumberText;
import dev.engram.io.memory.Software;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Damage;
import dev.engram.memory.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a comparison of memories as a page to read.
 *
 * <pre>
 * index.html      to read
 * comparison.csv  every number, a line for each memory and damage
 * results.json    the same without times
 * tables/         those of the page
 * </pre>
 */
public final class ComparisonReport {
    public static final String PAGE = "index.html";

    private final Comparison comparison;
    private final Software software;
    private final String command;
    private final Recommendation recommendation;
    private final ComparisonNumbers numbers;

    /** @param command that was given, so that it can be given again */
    public ComparisonReport(Comparison comparison, Software software, String command) {
        this.comparison = comparison;
        this.software = software;
        this.command = command;
        this.recommendation = Recommendation.of(comparison.standings());
        this.numbers = new ComparisonNumbers(comparison);
    }

    public Recommendation recommendation() {
        return recommendation;
    }

    /** Writes the folder, all or nothing. */
    public void write(Path folder) {
        page().write(folder, PAGE, Map.of("comparison.csv", numbers.csv(), ResultsJson.FILE, ResultsJson.of(rows())));
    }

    /** Every number but the times. */
    public List<ResultRow> rows() {
        return numbers.rows();
    }

    private HtmlPage page() {
        int count = comparison.set().count();
        Shape shape = comparison.set().shape();
        HtmlPage page = new HtmlPage("Which memory for these patterns?")
                .lead(recommendation.advice())
                .lead("%s of shape %s, stored in every memory, damaged in %s, and shown again%s."
                        .formatted(
                                NumberText.count(count, "pattern"),
                                shape,
                                NumberText.count(comparison.damages().size(), "way"),
                                comparison.asked().length < count
                                        ? "; %d of them, evenly chosen, were asked for"
                                                .formatted(comparison.asked().length)
                                        : ""))
                .heading("What each costs, and what comes back")
                .times(overview())
                .note(
                        "Recovered: mean squared error below 0.005 for noise, below 0.001 for missing parts. A recall's time is that of all cues together, by their number. "
                                + Recommendation.RULE)
                .heading("How far off")
                .table("errors", errors());
        remarks(page);
        for (int i = 0; i < comparison.damages().size(); i++) {
            section(page, i);
        }
        return page.heading("How it was made").table("options", options()).facts(facts());
    }

    private Table overview() {
        Table table = new Table("Costs, and the fraction of the patterns recovered from each damage")
                .texts("memory")
                .numbers("stored", "learned in", "one recall")
                .wrapping();
        comparison.damages().forEach(damage -> table.numbers(damage.name()));
        for (Standing standing : comparison.standings()) {
            List<Table.Entry> row = new ArrayList<>();
            row.add(text(standing.entrant().name())
                    .marked(
                            recommendation
                                            .choice()
                                            .filter(standing.entrant().name()::equals)
                                            .isPresent()
                                    ? Table.Mark.GOOD
                                    : Table.Mark.NONE));
            if (standing.tookPart()) {
                row.add(bytes(standing.bytes()));
                row.add(duration(standing.learningSeconds()));
                row.add(number(standing.secondsPerRecall(), perRecall(standing.secondsPerRecall())));
                standing.outcomes().forEach(outcome -> row.add(percent(outcome.recovered())));
            }
            while (row.size() < 4 + comparison.damages().size()) {
                row.add(new Table.Entry(standing.tookPart() ? "" : "not here", "", Table.Mark.NONE));
            }
            table.row(row);
        }
        return table;
    }

    /** For example {@code 0.42 ms}. */
    public static String perRecall(double seconds) {
        return NumberText.brief(1000 * seconds) + " ms";
    }

    private Table errors() {
        Table table = new Table("Mean squared error: of the median pattern and of the worst")
                .texts("memory")
                .wrapping();
        comparison.damages().forEach(damage -> table.numbers(damage.name() + ", median", "worst"));
        for (Standing standing : comparison.standings()) {
            if (standing.tookPart()) {
                List<Table.Entry> row = new ArrayList<>();
                row.add(text(standing.entrant().name()));
                standing.outcomes().forEach(outcome -> {
                    row.add(number(outcome.medianError()));
                    row.add(number(outcome.worstError()));
                });
                table.row(row);
            }
        }
        return table;
    }

    private void remarks(HtmlPage page) {
        List<Standing> remarkable = comparison.standings().stream()
                .filter(s -> !s.remark().isEmpty())
                .toList();
        if (!remarkable.isEmpty()) {
            Table table = new Table("What to know").texts("memory", "remark").wrapping();
            remarkable.forEach(
                    s -> table.row(text(s.entrant().name()), text((s.tookPart() ? "" : "not here: ") + s.remark())));
            page.table("remarks", table);
        }
    }

    private void section(HtmlPage page, int number) {
        Shape shape = comparison.set().shape();
        if (!shape.isPicture() || shape.channels() != 1 && shape.channels() != 3) {
            return;
        }
        Damage damage = comparison.damages().get(number);
        Matrix originals = comparison.originals();
        int[] shown = comparison.shown();
        ContactSheet sheet = new ContactSheet(shape, shown.length)
                .row("original", originals.rows(shown))
                .row("cue", comparison.cues(damage).cues().rows(shown));
        comparison.standings().stream()
                .filter(Standing::tookPart)
                .forEach(s ->
                        sheet.row(s.entrant().name(), s.outcomes().get(number).shown()));
        page.heading(Character.toUpperCase(damage.name().charAt(0))
                        + damage.name().substring(1))
                .sheet(
                        sheet.sheet(),
                        "%d patterns: original, cue, and what each memory gave back".formatted(shown.length),
                        "%s, evenly chosen: original, cue, and what each memory gave back."
                                .formatted(NumberText.count(shown.length, "pattern")));
    }

    private Table options() {
        Table table = new Table("The memories and their options")
                .texts("memory", "--model", "options")
                .wrapping();
        for (Standing standing : comparison.standings()) {
            table.row(
                    text(standing.entrant().name()),
                    text(standing.entrant().model().name()),
                    text(ComparisonNumbers.options(standing)));
        }
        return table;
    }

    private Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("command:", command);
        facts.put("seed", String.valueOf(comparison.seed()));
        facts.put("patterns", "SHA-256 " + comparison.set().digest());
        Machine.describe(software, facts);
        facts.put("beside this page", "comparison.csv (every number), results.json (all but the times), tables/");
        return facts;
    }
}
