package dev.engram.experiments.frame;

import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.ResultRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The outcome of a run of one experiment: its cells, claims and numbers.
 *
 * @param outcomes of all cells, in order
 * @param digests of the data that were used, by the data's name
 */
public record Run(Experiment experiment, RunOptions options, List<CellOutcome> outcomes, Map<String, String> digests) {
    public Run {
        outcomes = List.copyOf(outcomes);
        digests = Collections.unmodifiableMap(new LinkedHashMap<>(digests));
    }

    public int count(CellOutcome.Status status) {
        return (int) outcomes.stream().filter(o -> o.status() == status).count();
    }

    public Results results() {
        return Results.measured(outcomes);
    }

    public List<Claim> claims() {
        return experiment.claims(results());
    }

    /** What goes into {@code results.json}: claims first, then measurements. */
    public List<ResultRow> rows() {
        List<ResultRow> rows = new ArrayList<>();
        claims().forEach(claim -> rows.add(claim.row(experiment.name())));
        results()
                .all()
                .forEach(m -> rows.add(
                        ResultRow.measured(experiment.name(), m.setting().toString(), m.metric(), m.value())));
        return rows;
    }
}
