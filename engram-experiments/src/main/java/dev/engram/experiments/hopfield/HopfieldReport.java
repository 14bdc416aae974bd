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
                        "The fraction of patterns that come back exactly, against the part of the units that was flipped, at a load of 0.1. With half of the units flipped nothing is left of the pattern. By inference: three draws of patterns.")
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
