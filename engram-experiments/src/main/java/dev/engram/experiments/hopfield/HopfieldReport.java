package dev.engram.experiments.hopfield;

import static dev.engram.experiments.hopfield.HopfieldCell.FLIPPED;
import static dev.engram.experiments.hopfield.HopfieldCell.HEBB;
import static dev.engram.experiments.hopfield.HopfieldCell.LOAD;
import static dev.engram.experiments.hopfield.HopfieldCell.PC;
import static dev.engram.experiments.hopfield.HopfieldCell.RECALLED;
import static dev.engram.experiments.hopfield.HopfieldCell.RULES;

import dev.engram.experiments.frame.Measurement;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.frame.Setting;
import dev.engram.experiments.report.Axis;
import dev.engram.experiments.report.ChartGrid;
import dev.engram.experiments.report.HeatMap;
import dev.engram.experiments.report.HtmlPage;
import dev.engram.experiments.report.LineChart;
import dev.engram.experiments.report.Numbers;
import dev.engram.experiments.report.Series;
import dev.engram.experiments.report.Table;
import dev.engram.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Charts, tables and matrices. */
final class HopfieldReport {
    private static final Setting FIRST = Hopfield.setting(Hopfield.RANDOM, Hopfield.FEW_UNITS, 0);

    private final HtmlPage page;
    private final Results results;

    HopfieldReport(HtmlPage page, Results results) {
        this.page = page;
        this.results = results;
    }

    void render() {
        if (results.isEmpty()) {
            return;
        }
        page.heading("Capacity")
                .figure(
                        "capacity",
                        capacity(),
                        "The fraction of patterns that come back exactly, against the load P/N. Above: whole patterns are shown, and have to be fixed points. Below: 10 % of their units are flipped.")
                .table("capacity", table())
                .heading("Flipped units")
                .figure(
                        "flipped",
                        flipped(),
                        "The fraction of patterns that come back exactly, against the part of the units that was flipped, at a load of 0.1. With half of the units flipped nothing is left of the pattern.");
        page.heading("Weights");
        weights(PC);
        weights(HEBB);
        page.heading("Energy");
        energy();
        covariance();
    }

    private ChartGrid capacity() {
        ChartGrid grid = new ChartGrid(2);
        for (double flips : new double[] {0, FLIPPED}) {
            for (String data : results.values("data")) {
                for (String units : results.where("data", data).values("units")) {
                    Results here =
                            results.where("data", data).where("units", units).where("flipped", flips);
                    grid.add(
                            "%s, N = %s, %s flipped".formatted(data, units, Numbers.percent(flips)),
                            chart(here, "load", Axis.linear("patterns per unit, P/N")));
                }
            }
        }
        return grid;
    }

    private ChartGrid flipped() {
        ChartGrid grid = new ChartGrid(2);
        for (String data : results.values("data")) {
            for (String units : results.where("data", data).values("units")) {
                Results here = results.where("data", data).where("units", units).where("load", LOAD);
                grid.add(
                        "%s, N = %s".formatted(data, units),
                        chart(here, "flipped", Axis.linear("part of the units that is flipped")));
            }
        }
        return grid;
    }

    private static LineChart chart(Results here, String part, Axis across) {
        LineChart chart = new LineChart(across, Axis.percent("recalled exactly"));
        for (String rule : RULES) {
            chart.add(here.where("rule", rule).spread(rule, part, RECALLED));
        }
        return chart;
    }

    private Table table() {
        Table table = new Table("Recalled exactly, mean over draws")
                .texts("data")
                .numbers("N", "P/N", "flipped")
                .numbers(RULES.toArray(String[]::new));
        for (String data : results.values("data")) {
            for (String units : results.where("data", data).values("units")) {
                for (double load : HopfieldCell.LOADS) {
                    for (double flips : new double[] {0, FLIPPED}) {
                        Results here = results.where("data", data)
                                .where("units", units)
                                .where("load", load)
                                .where("flipped", flips);
                        table.row(row(here, data, Long.parseLong(units), load, flips));
                    }
                }
            }
        }
        return table;
    }

    private static List<Table.Entry> row(Results here, String data, long units, double load, double flips) {
        List<Table.Entry> row = new ArrayList<>(List.of(
                Table.Entry.text(data),
                Table.Entry.count(units),
                Table.Entry.number(load),
                Table.Entry.percent(flips)));
        for (String rule : RULES) {
            row.add(Table.Entry.percent(here.where("rule", rule).metric(RECALLED).all().stream()
                    .mapToDouble(Measurement::value)
                    .average()
                    .orElse(Double.NaN)));
        }
        return row;
    }

    private void weights(String rule) {
        results.curve(FIRST, HopfieldCell.WEIGHTS + rule).ifPresent(values -> {
            float[] weights = new float[values.length];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) values[i];
            }
            page.figure(
                    "weights-" + rule.toLowerCase(Locale.ROOT),
                    new HeatMap(Matrix.wrap(Hopfield.FEW_UNITS, Hopfield.FEW_UNITS, weights), "units", "units"),
                    "%s: the weights between 100 units that store the same 10 random patterns.".formatted(rule));
        });
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
        page.figure(
                "energy",
                grid,
                "The mean energy of the cues of the PC-trained network, N = 100, load 0.1, 30 % of the units flipped.");
    }

    private void covariance() {
        results.sheet(CovarianceCell.SETTING, CovarianceCell.SHEET).ifPresent(sheet -> {
            Table table = new Table("Digits completed, MSE < 0.001").numbers("part known", "completed");
            for (Measurement m : results.metric(CovarianceCell.COMPLETED).all()) {
                table.row(
                        Table.Entry.percent(
                                Double.parseDouble(m.setting().parts().get("known"))),
                        Table.Entry.percent(m.value()));
            }
            page.heading("The covariance-learning network")
                    .sheet(
                            sheet,
                            "Digits in three rows: original, upper half, completed",
                            "100 MNIST digits of 784 grey values, stored by the covariance-learning network (Tang et al. 2023) and completed from their upper half.")
                    .table("covariance", table);
        });
    }
}
