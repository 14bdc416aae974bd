package dev.engram.experiments.hopfield;

import static dev.engram.experiments.report.Table.Entry.count;
import static dev.engram.experiments.report.Table.Entry.text;

import dev.engram.experiments.frame.Measurement;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.report.Axis;
import dev.engram.experiments.report.ChartGrid;
import dev.engram.experiments.report.LineChart;
import dev.engram.experiments.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Charts and tables of a metric by learning rule, for every data set and number of units: means over the draws of patterns.
 *
 * @param results that have the metric; once for every draw, rule and value of the part
 */
record OverDraws(Results results, String metric, String part, List<String> rules) {
    /** Adds a chart for every data and number of units, bars from the least to the most of the draws. */
    ChartGrid charts(ChartGrid grid, Axis across, Axis up, String which) {
        results.metric(metric)
                .forEach(
                        "data",
                        (data, ofData) -> ofData.forEach("units", (units, here) -> {
                            LineChart chart = new LineChart(across, up);
                            rules.forEach(
                                    rule -> chart.add(here.where("rule", rule).spread(rule, part, metric)));
                            grid.add("%s, N = %s%s".formatted(data, units, which), chart);
                        }));
        return grid;
    }

    /** The means: a row for every data, number of units and rule, a column for every value of the part. */
    Table table(String caption, DoubleFunction<String> head, DoubleFunction<Table.Entry> entry) {
        List<String> columns = results.metric(metric).values(part);
        Table table = new Table(caption)
                .texts("data")
                .numbers("N")
                .texts("rule")
                .numbers(columns.stream()
                        .map(column -> head.apply(Double.parseDouble(column)))
                        .toArray(String[]::new));
        results.metric(metric)
                .forEach(
                        "data",
                        (data, ofData) -> ofData.forEach("units", (units, sized) -> {
                            for (String rule : rules) {
                                Results here = sized.where("rule", rule);
                                List<Table.Entry> row =
                                        new ArrayList<>(List.of(text(data), count(Long.parseLong(units)), text(rule)));
                                columns.forEach(column -> row.add(entry.apply(mean(here.where(part, column)))));
                                table.row(row);
                            }
                        }));
        return table;
    }

    private static double mean(Results here) {
        return here.all().stream().mapToDouble(Measurement::value).average().orElse(Double.NaN);
    }
}
