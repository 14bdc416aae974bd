package dev.engram.experiments.frame;

import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.HtmlPage;
import dev.engram.experiments.report.ResultRow;
import dev.engram.experiments.report.ResultsJson;
import dev.engram.io.NumberText;
import java.util.List;

/** The page that leads to the reports of several experiments, with all their claims, and their results in one file. */
final class Overview {
    /** Whose folder it is. */
    static final String NAME = "all";

    private final List<Run> runs;

    Overview(List<Run> runs) {
        this.runs = runs;
    }

    void write(RunFolder folder) {
        HtmlPage page = new HtmlPage("Experiments")
                .verdict(runs.stream().flatMap(r -> r.claims().stream()).toList())
                .lead("What the papers say, and what was found here.");
        for (Run run : runs) {
            String name = run.experiment().name();
            page.heading(run.experiment().about().title()).link(name + "/" + RunReport.PAGE, "The report of " + name);
            int unfinished =
                    (int) run.outcomes().stream().filter(o -> !o.isFinished()).count();
            if (unfinished > 0) {
                page.note("%s of %d not computed; the report says why."
                        .formatted(
                                NumberText.count(unfinished, "cell"),
                                run.outcomes().size()));
            }
            if (!run.claims().isEmpty()) {
                page.paragraph(Claim.summary(run.claims())).claims(name + "-claims", run.claims());
            }
        }
        List<ResultRow> rows = runs.stream().flatMap(r -> r.rows().stream()).toList();
        page.files().forEach(folder::write);
        folder.write(ResultsJson.FILE, ResultsJson.of(rows));
        folder.write(RunReport.PAGE, page.html());
    }
}
