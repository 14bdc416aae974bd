package dev.engram.experiments.comparison;

import static dev.engram.experiments.kit.MetricNames.BYTES;
import static dev.engram.experiments.kit.MetricNames.RECOVERED;

import dev.engram.experiments.report.Csv;
import dev.engram.experiments.report.ResultRow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The numbers of a comparison as rows of {@code results.json} and as a table of comma-separated values. */
record ComparisonNumbers(Comparison comparison) {
    private static final String EXPERIMENT = "compare";

    /** Every number but the times. */
    List<ResultRow> rows() {
        List<ResultRow> rows = new ArrayList<>();
        for (Standing standing : comparison.standings()) {
            String name = standing.entrant().name();
            if (standing.tookPart()) {
                rows.add(ResultRow.measured(EXPERIMENT, name, BYTES, standing.bytes()));
            }
            for (int i = 0; i < standing.outcomes().size(); i++) {
                Answered outcome = standing.outcomes().get(i);
                String setting = name + ", " + comparison.damages().get(i).name();
                rows.add(ResultRow.measured(EXPERIMENT, setting, RECOVERED, outcome.recovered()));
                rows.add(ResultRow.measured(EXPERIMENT, setting, "median mean squared error", outcome.medianError()));
                rows.add(ResultRow.measured(EXPERIMENT, setting, "worst mean squared error", outcome.worstError()));
            }
        }
        return rows;
    }

    /** Every number, a line for each memory and damage. */
    String csv() {
        List<List<String>> lines = new ArrayList<>();
        for (Standing standing : comparison.standings()) {
            List<String> start = List.of(
                    standing.entrant().name(),
                    standing.entrant().model().name(),
                    options(standing),
                    standing.tookPart() ? String.valueOf(standing.bytes()) : "",
                    standing.tookPart() ? String.valueOf(standing.learningSeconds()) : "");
            for (int i = 0; i < standing.outcomes().size(); i++) {
                Answered outcome = standing.outcomes().get(i);
                List<String> line = new ArrayList<>(start);
                line.add(comparison.damages().get(i).name());
                line.add(String.valueOf(outcome.recovered()));
                line.add(String.valueOf(outcome.medianError()));
                line.add(String.valueOf(outcome.worstError()));
                line.add(String.valueOf(outcome.secondsPerRecall()));
                line.add(standing.remark());
                lines.add(line);
            }
            if (!standing.tookPart()) {
                List<String> line = new ArrayList<>(start);
                line.addAll(List.of("", "", "", "", "", standing.remark()));
                lines.add(line);
            }
        }
        return Csv.of(
                List.of(
                        "memory",
                        "model",
                        "options",
                        "bytes stored",
                        "learning seconds",
                        "damage",
                        "recovered fraction",
                        "median MSE",
                        "worst MSE",
                        "seconds per recall",
                        "remark"),
                lines);
    }

    /** A memory's options, as on the command line. */
    static String options(Standing standing) {
        return standing.entrant().model().describe().entrySet().stream()
                .map(o -> o.getKey() + "=" + o.getValue())
                .collect(Collectors.joining(" "));
    }
}
