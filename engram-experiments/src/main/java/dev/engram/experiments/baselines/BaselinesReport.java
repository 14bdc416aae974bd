package dev.engram.experiments.baselines;

import static dev.engram.experiments.baselines.BaselinesCell.ERROR;
import static dev.engram.experiments.baselines.BaselinesCell.EXPECTED_ERROR;
import static dev.engram.experiments.baselines.BaselinesCell.KNOWN;
import static dev.engram.experiments.baselines.BaselinesCell.KNOWN_VALUES;
import static dev.engram.experiments.baselines.BaselinesCell.NEAREST;
import static dev.engram.experiments.baselines.BaselinesCell.NOISES;
import static dev.engram.experiments.baselines.BaselinesCell.RECOVERED;
import static dev.engram.experiments.baselines.BaselinesCell.SHEET;
import static dev.engram.experiments.baselines.BaselinesCell.SPAN;

import dev.engram.experiments.frame.Results;
import dev.engram.experiments.frame.Setting;
import dev.engram.experiments.report.Axis;
import dev.engram.experiments.report.ChartGrid;
import dev.engram.experiments.report.HtmlPage;
import dev.engram.experiments.report.LineChart;
import dev.engram.experiments.report.Series;
import dev.engram.experiments.report.Table;
import dev.engram.memory.Score;
import java.util.Arrays;
import java.util.List;

/** Charts, tables and pictures. */
final class BaselinesReport {
    private static final double[] TICKS = {50, 100, 250, 500};
    private static final double LEAST_PATTERNS = 45;
    private static final double MOST_PATTERNS = 560;

    private final HtmlPage page;
    private final Results results;
    private final List<String> data;

    BaselinesReport(HtmlPage page, Results results) {
        this.page = page;
        this.results = results;
        this.data = results.values("data");
    }

    void render() {
        if (results.isEmpty()) {
            return;
        }
        page.heading("Completion")
                .figure(
                        "completion",
                        completion(),
                        "The fraction of pictures that came back (MSE < 0.001) from their upper part. The affine span falls from all to none where fewer values are known than pictures are stored.");
        page.table("completion", completionTable());
        for (String set : data) {
            sheet(set);
        }
        page.heading("Noise")
                .figure(
                        "noise",
                        noise(),
                        "Mean squared error of what came back from noisy cues. The dashed line is what theory says of the affine span; recovered is what lies below 0.005.");
        page.table("noise", noiseTable());
    }

    private ChartGrid completion() {
        Axis across = Axis.logarithmic("part that is known")
                .withRange(0.055, 0.57)
                .withTicks(KNOWN.stream()
                        .map(k -> new Axis.Tick(k, "1/" + Math.round(1 / k)))
                        .toList());
        ChartGrid grid = new ChartGrid(2);
        for (String set : data) {
            LineChart chart = new LineChart(across, Axis.percent("recovered"));
            for (String patterns : results.where("data", set).values("patterns")) {
                Results here = results.where("data", set).where("patterns", patterns);
                chart.add(here.where("memory", SPAN).series("affine span, N = " + patterns, "known", RECOVERED));
            }
            chart.add(leastNearest(set).withLine(Series.Line.DASHED));
            grid.add(set, chart);
        }
        return grid;
    }

    /** The nearest neighbour at the largest N, where it has most to confuse. */
    private Series leastNearest(String set) {
        List<String> counts = results.where("data", set).values("patterns");
        String most = counts.get(counts.size() - 1);
        return results.where("data", set)
                .where("patterns", most)
                .where("memory", NEAREST)
                .series("nearest neighbour, N = " + most, "known", RECOVERED);
    }

    private ChartGrid noise() {
        Axis across = Axis.logarithmic("pictures stored, N")
                .withRange(LEAST_PATTERNS, MOST_PATTERNS)
                .withTicks(Arrays.stream(TICKS)
                        .mapToObj(t -> new Axis.Tick(t, String.valueOf(Math.round(t))))
                        .toList());
        ChartGrid grid = new ChartGrid(2);
        for (String set : data) {
            for (String noise : NOISES.keySet()) {
                Results here = results.where("data", set).where("noise", noise);
                double[] threshold = {Score.DENOISING_THRESHOLD, Score.DENOISING_THRESHOLD};
                grid.add(
                        "%s, %s".formatted(set, noise.replace("standard deviation", "std")),
                        new LineChart(across, Axis.logarithmic("MSE").withRange(1e-5, 0.1))
                                .add(here.where("memory", SPAN).series("affine span", "patterns", ERROR))
                                .add(here.series("σ²N/d", "patterns", EXPECTED_ERROR)
                                        .withLine(Series.Line.DASHED))
                                .add(Series.of("threshold", new double[] {LEAST_PATTERNS, MOST_PATTERNS}, threshold)
                                        .withLine(Series.Line.DASHED)));
            }
        }
        return grid;
    }

    private Table completionTable() {
        Table table = new Table("Recovered by completion, MSE < 0.001")
                .texts("data")
                .numbers("N", "part known", "values known", SPAN, NEAREST, "MSE of the affine span");
        for (String set : data) {
            for (String patterns : results.where("data", set).values("patterns")) {
                for (double known : KNOWN) {
                    Results here = results.where("data", set)
                            .where("patterns", patterns)
                            .where("known", known);
                    table.row(
                            Table.Entry.text(set),
                            Table.Entry.count(Long.parseLong(patterns)),
                            Table.Entry.number(known, "1/" + Math.round(1 / known)),
                            Table.Entry.count(
                                    Math.round(here.value(KNOWN_VALUES).orElse(0))),
                            fraction(here, SPAN),
                            fraction(here, NEAREST),
                            Table.Entry.number(
                                    here.where("memory", SPAN).value(ERROR).orElse(Double.NaN)));
                }
            }
        }
        return table;
    }

    private Table noiseTable() {
        Table table = new Table("Recovered from noise, MSE < 0.005")
                .texts("data")
                .numbers("N")
                .texts("noise")
                .numbers(SPAN, NEAREST, "MSE of the affine span", "σ²N/d");
        for (String set : data) {
            for (String patterns : results.where("data", set).values("patterns")) {
                for (String noise : NOISES.keySet()) {
                    Results here = results.where("data", set)
                            .where("patterns", patterns)
                            .where("noise", noise);
                    table.row(
                            Table.Entry.text(set),
                            Table.Entry.count(Long.parseLong(patterns)),
                            Table.Entry.text(noise.substring("noise of ".length())),
                            fraction(here, SPAN),
                            fraction(here, NEAREST),
                            Table.Entry.number(
                                    here.where("memory", SPAN).value(ERROR).orElse(Double.NaN)),
                            Table.Entry.number(here.value(EXPECTED_ERROR).orElse(Double.NaN)));
                }
            }
        }
        return table;
    }

    private static Table.Entry fraction(Results here, String memory) {
        return Table.Entry.percent(here.where("memory", memory).value(RECOVERED).orElse(Double.NaN));
    }

    private void sheet(String set) {
        List<String> counts = results.where("data", set).values("patterns");
        String patterns = counts.get(Math.min(2, counts.size() - 1));
        Setting cell = Setting.of("data", set).with("patterns", patterns);
        results.sheet(cell, SHEET)
                .ifPresent(sheet -> page.sheet(
                        sheet,
                        "Pictures of %s in four rows: original, cue, affine span, nearest neighbour".formatted(set),
                        "%s, N = %s: the first pictures, completed from their upper sixteenth."
                                .formatted(set, patterns)));
    }
}
