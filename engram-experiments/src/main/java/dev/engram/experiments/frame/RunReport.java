package dev.engram.experiments.frame;

import static dev.engram.experiments.report.Table.Entry.text;

import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.Csv;
import dev.engram.experiments.report.HtmlPage;
import dev.engram.experiments.report.ResultsJson;
import dev.engram.experiments.report.Table;
import dev.engram.io.NumberText;
import dev.engram.io.memory.Software;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the report of an experiment: a page to read, all numbers, tables and figures.
 *
 * <pre>
 * index.html         to read
 * results.json       claims and measurements    \ the same bytes
 * measurements.csv   measurements, a line each  | from the same
 * tables/, figures/  those of the page          / seed
 * timings.csv        what it took
 * </pre>
 *
 * Tables and figures are the same bytes as long as the experiment puts no times into them.
 */
final class RunReport {
    static final String PAGE = "index.html";

    private final Run run;
    private final Software software;

    RunReport(Run run, Software software) {
        this.run = run;
        this.software = software;
    }

    void write(RunFolder folder) {
        HtmlPage page = page();
        page.files().forEach(folder::write);
        folder.write("measurements.csv", csv(run.results()));
        folder.write("timings.csv", csv(run.results().timings()));
        folder.write(ResultsJson.FILE, ResultsJson.of(run.rows()));
        folder.write(PAGE, page.html());
    }

    private HtmlPage page() {
        HtmlPage page = new HtmlPage(run.experiment().about().title());
        run.experiment().about().introduction().forEach(page::lead);
        List<Claim> claims = run.claims();
        if (!claims.isEmpty()) {
            page.verdict(claims).heading("Claims").claims("claims", claims);
        }
        if (!run.results().isEmpty()) {
            run.experiment().render(page, run.results());
        }
        page.folded("Cells", folded -> folded.table("cells", cells()));
        page.heading("How it was made").facts(facts());
        return page;
    }

    private Table cells() {
        Table table = new Table("What was computed, and what was not")
                .texts("cell", "outcome", "why")
                .wrapping();
        for (CellOutcome outcome : run.outcomes()) {
            boolean finished = outcome.isFinished();
            String words =
                    switch (outcome.status()) {
                        case DONE, KEPT -> "done";
                        case NO_DATA -> "no data";
                        case SKIPPED -> "skipped";
                        case FAILED -> "failed";
                    };
            table.row(
                    text(outcome.setting().toString()),
                    text(words)
                            .marked(
                                    finished
                                            ? Table.Mark.GOOD
                                            : outcome.status() == CellOutcome.Status.FAILED
                                                    ? Table.Mark.BAD
                                                    : Table.Mark.NONE),
                    text(outcome.reason()));
        }
        return table;
    }

    private Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("command:", run.options().command());
        facts.put("profile", run.options().profile().name().toLowerCase(Locale.ROOT));
        facts.put("seed", String.valueOf(run.options().seed()));
        facts.put("written", ZonedDateTime.now(ZoneId.systemDefault()).format(DateTimeFormatter.RFC_1123_DATE_TIME));
        int kept = run.count(CellOutcome.Status.KEPT);
        facts.put(
                "computed in",
                "%s, %s%s"
                        .formatted(
                                NumberText.duration(run.outcomes().stream()
                                        .mapToDouble(CellOutcome::seconds)
                                        .sum()),
                                NumberText.count(run.count(CellOutcome.Status.DONE) + kept, "cell"),
                                kept == 0 ? "" : " (%d of them in an earlier run)".formatted(kept)));
        Machine.describe(software, facts);
        run.digests().forEach((data, digest) -> facts.put(data, "SHA-256 " + digest));
        facts.put(
                "beside this page",
                "results.json, measurements.csv, tables/, figures/ (the same bytes from the same seed); timings.csv; cells/ (what a stopped run goes on from)");
        return facts;
    }

    private static String csv(Results results) {
        List<String> parts = results.all().stream()
                .flatMap(m -> m.setting().parts().keySet().stream())
                .distinct()
                .toList();
        List<String> head = new ArrayList<>(parts);
        head.addAll(List.of("metric", "value"));
        List<List<String>> rows = results.all().stream()
                .map(m -> {
                    List<String> row = new ArrayList<>();
                    parts.forEach(part -> row.add(m.setting().get(part)));
                    row.add(m.metric());
                    row.add(String.valueOf(m.value()));
                    return row;
                })
                .toList();
        return Csv.of(head, rows);
    }
}
