package dev.engram.experiments.hopfield;

import static dev.engram.experiments.hopfield.HopfieldCell.CORRELATION;
import static dev.engram.experiments.hopfield.HopfieldCell.FLIPPED;
import static dev.engram.experiments.hopfield.HopfieldCell.LOAD;
import static dev.engram.experiments.hopfield.HopfieldCell.OTHERS;
import static dev.engram.experiments.hopfield.HopfieldCell.PC_INFERENCE;
import static dev.engram.experiments.hopfield.HopfieldCell.RECALLED;
import static dev.engram.experiments.hopfield.HopfieldCell.RULES;
import static dev.engram.experiments.kit.Parts.MEMORY;
import static dev.engram.experiments.report.Table.Entry.count;
import static dev.engram.experiments.report.Table.Entry.number;
import static dev.engram.experiments.report.Table.Entry.percent;
import static dev.engram.experiments.report.Table.Entry.text;

import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.report.Axis;
import dev.engram.experiments.report.ChartGrid;
import dev.engram.experiments.report.HeatMap;
import dev.engram.experiments.report.HtmlPage;
import dev.engram.experiments.report.LineChart;
import dev.engram.experiments.report.Series;
import dev.engram.experiments.report.Table;
import dev.engram.io.NumberText;
import dev.engram.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The charts, tables and matrices of the report on Hopfield networks. */
record HopfieldReport(HtmlPage page, Results results) {
    private static final String LOADED = "patterns per unit, P/N";
    private static final Axis EXACTLY = Axis.percent("recalled exactly");
    private static final List<String> WITH_INFERENCE =
            Stream.concat(RULES.stream(), Stream.of(PC_INFERENCE)).toList();
    private static final CellSetting FIRST = Hopfield.setting(Hopfield.RANDOM, Hopfield.FEW_UNITS, 0);

    void render() {
        capacity();
        flipped();
        weights();
        correlation();
        energy();
        basins();
        rests();
        covariance();
    }

    private void capacity() {
        ChartGrid grid = new ChartGrid(2);
        OverDraws whole = new OverDraws(results.where("flipped", 0.0), RECALLED, "load", RULES);
        OverDraws flipped = new OverDraws(results.where("flipped", FLIPPED), RECALLED, "load", RULES);
        whole.charts(grid, Axis.linear(LOADED), EXACTLY, "");
        flipped.charts(grid, Axis.linear(LOADED), EXACTLY, ", 10 % flipped");
        page.heading("Capacity")
                .figure(
                        "capacity",
                        grid,
                        "The fraction of patterns that come back exactly, against the load P/N. Above: whole patterns are shown, and have to be fixed points. Below: 10 % of their units are flipped.")
                .table(
                        "capacity",
                        whole.table(
                                "Whole patterns recalled exactly, per cent, mean over draws; columns are loads P/N",
                                NumberText::plain,
                                HopfieldReport::perCent))
                .table(
                        "capacity-flipped",
                        flipped.table(
                                "The same with 10 % of the units flipped", NumberText::plain, HopfieldReport::perCent));
    }

    /** Without the sign, for which a wide table has no room. */
    private static Table.Entry perCent(double fraction) {
        return number(fraction, NumberText.percent(fraction).replace(" %", ""))
                .marked(fraction == 1 ? Table.Mark.GOOD : Table.Mark.NONE);
    }

    private void flipped() {
        OverDraws flipped = new OverDraws(results.where("load", LOAD), RECALLED, "flipped", WITH_INFERENCE);
        page.heading("Flipped units")
                .figure(
                        "flipped",
                        flipped.charts(new ChartGrid(2), Axis.linear("part of the units that is flipped"), EXACTLY, ""),
                        "The fraction of patterns that come back exactly, against the part of the units that was flipped, at a load of 0.1. With half of the units flipped nothing is left of the pattern. By inference, half of the units at a time: three draws of patterns.")
                .table(
                        "flipped",
                        flipped.table(
                                "Recalled exactly at a load of 0.1, per cent, mean over draws; columns are parts of the units flipped",
                                part -> NumberText.plain(100 * part) + " %",
                                HopfieldReport::perCent));
    }

    private void correlation() {
        OverDraws correlation = new OverDraws(results, CORRELATION, "load", OTHERS);
        page.figure(
                        "correlation",
                        correlation.charts(new ChartGrid(2), Axis.linear(LOADED), Axis.linear("correlation"), ""),
                        "The correlation of the other rules' weights with the PC-trained ones, off the diagonal, against the load P/N. At P = N the pseudo-inverse of independent patterns is the identity: off the diagonal only rounding is left.")
                .table(
                        "correlation",
                        correlation.table(
                                "Correlation with the PC-trained weights off the diagonal, mean over draws; columns are loads P/N",
                                NumberText::plain,
                                Table.Entry::number));
    }

    private void weights() {
        ChartGrid grid = new ChartGrid(2);
        for (String rule : RULES) {
            results.curve(FIRST, HopfieldCell.WEIGHTS + rule).ifPresent(values -> {
                float[] weights = new float[values.length];
                for (int i = 0; i < weights.length; i++) {
                    weights[i] = (float) values[i];
                }
                Matrix matrix = Matrix.wrap(Hopfield.FEW_UNITS, Hopfield.FEW_UNITS, weights);
                grid.add(rule, new HeatMap(matrix, "units", "units"));
            });
        }
        page.heading("Weights")
                .figure(
                        "weights",
                        grid,
                        "The weights between 100 units that store the same 10 random patterns. Each picture has its own scale: the PC-trained network has learned patterns of ±10, the others of ±1.");
    }

    private void energy() {
        ChartGrid grid = new ChartGrid(2);
        for (String how : List.of(HopfieldCell.UPDATES, HopfieldCell.INFERENCE)) {
            boolean inference = how.equals(HopfieldCell.INFERENCE);
            LineChart chart = new LineChart(
                    Axis.linear(inference ? "inference step" : "sweep over all units"), Axis.linear("mean energy"));
            for (String draw : results.where("units", Hopfield.FEW_UNITS).values("draw")) {
                results.curve(Hopfield.setting(Hopfield.RANDOM, Hopfield.FEW_UNITS, Integer.parseInt(draw)), how)
                        .ifPresent(curve -> chart.add(Series.ofSteps("draw " + draw, curve)));
            }
            grid.add(inference ? "½|x - W tanh(x)|², inference" : "-½ sᵀWs, one unit at a time", chart);
        }
        page.heading("Energy")
                .figure(
                        "energy",
                        grid,
                        "The mean energy of the cues of the PC-trained network, N = 100, load 0.1, 30 % of the units flipped.");
        Table table = new Table("Every recall of this report, after every sweep or inference step")
                .texts("rule")
                .numbers("changes of a cue's energy", "rises", "largest rise");
        for (String rule : results.metric(HopfieldCell.RISES).values("rule")) {
            Results here = results.where("rule", rule);
            table.row(List.of(
                    text(rule),
                    count((long) here.numbers(HopfieldCell.STEPS).sum()),
                    count((long) here.numbers(HopfieldCell.RISES).sum()),
                    number(here.numbers(HopfieldCell.RISE).max().orElse(0))));
        }
        page.table("energy", table)
                .note(
                        "A rise counts above 1e-12 of ½ Σ|w| in recall by signs (double precision), above 1e-7 of ½|x|² in inference (single precision); the largest is a fraction of the same.");
    }

    private void basins() {
        Results here = results.metric(RingCell.RECALLED);
        if (here.isEmpty()) {
            return;
        }
        ChartGrid grid = new ChartGrid(2);
        List<String> flips = here.values("flipped");
        Table table = new Table(
                        "Loops and rings: recalled exactly, per cent, mean over draws; columns are parts of the units flipped")
                .texts("network")
                .numbers("patterns")
                .texts("recall")
                .numbers(flips.stream()
                        .map(part -> NumberText.plain(100 * Double.parseDouble(part)) + " %")
                        .toArray(String[]::new));
        here.forEach(
                "network",
                (network, ours) -> ours.forEach("patterns", (patterns, all) -> {
                    LineChart chart = new LineChart(Axis.linear("part of the units that is flipped"), EXACTLY);
                    for (String recall : RingCell.RECALLS) {
                        Results mine = all.where("recall", recall);
                        if (mine.isEmpty()) {
                            continue;
                        }
                        chart.add(mine.spread(recall, "flipped", RingCell.RECALLED));
                        List<Table.Entry> row =
                                new ArrayList<>(List.of(text(network), count(Long.parseLong(patterns)), text(recall)));
                        flips.forEach(part -> row.add(perCent(mine.where("flipped", part)
                                .numbers(RingCell.RECALLED)
                                .average()
                                .orElse(Double.NaN))));
                        table.row(row);
                    }
                    grid.add("%s, %s patterns".formatted(network, patterns), chart);
                }));
        page.heading("Loops and rings")
                .figure(
                        "basins",
                        grid,
                        "The fraction of patterns that come back exactly, against the part of the units that was flipped. A ring has no recall by signs, its weights not being symmetric, and none by fixed steps, which let its energy rise.")
                .paragraph(
                        "Why fixed steps of ±10 fail: units that were flipped all pass 0 at the same time. There their slope is 1, and through the weights they pull each other back. With a part q of the units flipped the energy is about ½ q N (x - s (1 - q) - s q tanh(x))², s being the scale; it has no barrier while s q is below 1. With ±10 that is 10 %, where a descent is at its slowest, with ±3 33 %, where what other patterns add decides. Steps by the curvature are of about 1 where units are saturated, x → W f(x), and jump over the barrier; one that would raise the energy is taken back and halved. If a random half of the units moves at each step (of 1, taken back where the energy would rise), they do not pass 0 together, and the basin of a loop is wider.")
                .table("basins", table);
    }

    private void rests() {
        Results here = results.where("patterns", RingCell.MOST);
        if (here.isEmpty()) {
            return;
        }
        Table table = new Table(
                        "Where 2000 steps of inference lead, all draws together, 10 patterns; fixed steps of 0.02 in loops, by the curvature in rings")
                .texts("network")
                .numbers("scale")
                .texts("started from", "at rest at")
                .numbers("states", "least curvature", "below 0", "near 0", "above 0", "largest gain", "largest force");
        here.forEach(
                "network",
                (network, ofNetwork) -> ofNetwork.forEach(
                        "scale",
                        (scale, scaled) -> scaled.forEach("start", (start, started) -> {
                            for (RingCell.Rest rest : RingCell.Rest.values()) {
                                Results mine = started.where("rest", rest);
                                if (!mine.isEmpty()) {
                                    table.row(restRow(network, scale, start, rest, mine));
                                }
                            }
                        })));
        ChartGrid grid = new ChartGrid(2);
        RingCell.NETWORKS.keySet().forEach(network -> {
            for (String scale : here.values("scale")) {
                LineChart chart = new LineChart(Axis.linear("eigenvalue, by size"), Axis.linear("curvature"));
                for (String start : List.of(RingCell.FROM_PATTERNS, RingCell.FROM_ANYWHERE)) {
                    for (RingCell.Rest rest : RingCell.Rest.values()) {
                        CellSetting setting = RingCell.setting(network, 0)
                                .with("scale", scale)
                                .with("start", start)
                                .with("rest", rest);
                        results.curve(RingCell.setting(network, 0), RingCell.SPECTRUM + RingCell.spectrum(setting))
                                .ifPresent(curve -> chart.add(Series.ofSteps(rest + ", from " + start, curve)));
                    }
                }
                grid.add("%s, ±%s".formatted(network, NumberText.plain(Double.parseDouble(scale))), chart);
            }
        });
        page.heading("Equilibria")
                .figure(
                        "curvatures",
                        grid,
                        "Eigenvalues of the energy's second derivatives where inference rests, in order, mean over the states of the first draw, 10 patterns. 1 is a unit by itself; below 0 a direction is unstable.")
                .table("equilibria", table)
                .note(
                        "Curvatures are the eigenvalues of ∇²E, near 0 from -0.01 to 0.01. Gains are those of the map x → W f(x): of a loop exactly, of a ring those of the symmetric part, which bound the real parts from above. E = 0 means at most 1e-4 of ½|x|²; force is |∇E|.");
    }

    private static List<Table.Entry> restRow(
            String network, String scale, String start, RingCell.Rest rest, Results mine) {
        double states = mine.numbers(RingCell.STATES).sum();
        double below = weighted(mine, RingCell.UNSTABLE) / states;
        double near = weighted(mine, RingCell.NEAR_ZERO) / states;
        return List.of(
                text(network),
                number(Double.parseDouble(scale)),
                text(start),
                text(rest.toString()),
                count((long) states),
                number(mine.numbers(RingCell.LEAST).min().orElse(Double.NaN)),
                percent(below),
                percent(near),
                percent(1 - below - near),
                number(mine.numbers(RingCell.GAIN).max().orElse(Double.NaN)),
                number(mine.numbers(RingCell.FORCE).max().orElse(Double.NaN)));
    }

    /** A share of eigenvalues, times the states it is of, over the draws. */
    private static double weighted(Results mine, String share) {
        double[] states = mine.numbers(RingCell.STATES).toArray();
        double[] shares = mine.numbers(share).toArray();
        double sum = 0;
        for (int i = 0; i < states.length; i++) {
            sum += states[i] * shares[i];
        }
        return sum;
    }

    private void covariance() {
        if (results.values(CovarianceCell.PICTURES).isEmpty()) {
            return;
        }
        page.heading("The covariance-learning network").table("covariance", completed());
        for (DataSet set : CovarianceCell.SETS) {
            page.sheet(
                    results.sheet(CovarianceCell.setting(set), CovarianceCell.SHEET),
                    "Pictures in rows: original, upper half, completed by each memory",
                    "The first of 100 pictures of %s, stored by every memory and completed from their upper half."
                            .formatted(set.title()));
        }
    }

    private Table completed() {
        Table table = new Table(
                        "100 pictures completed from their upper part, MSE < 0.001: the covariance-learning network (Tang et al. 2023), and memories that need no learning")
                .texts("pictures")
                .numbers("part known")
                .numbers(CovarianceCell.MEMORIES.toArray(String[]::new));
        results.forEach(
                CovarianceCell.PICTURES,
                (pictures, mine) -> mine.forEach("known", (known, here) -> {
                    List<Table.Entry> row =
                            new ArrayList<>(List.of(text(pictures), percent(Double.parseDouble(known))));
                    CovarianceCell.MEMORIES.forEach(
                            memory -> row.add(percent(here.where(MEMORY, memory).value(CovarianceCell.COMPLETED))));
                    table.row(row);
                }));
        return table;
    }
}
