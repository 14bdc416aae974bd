package dev.engram.experiments.baselines;

import static dev.engram.experiments.baselines.BaselinesCell.EXPECTED_ERROR;
import static dev.engram.experiments.baselines.BaselinesCell.KNOWN_VALUES;
import static dev.engram.experiments.baselines.BaselinesCell.NOISES;
import static dev.engram.experiments.baselines.BaselinesCell.SHEET;
import static dev.engram.experiments.kit.Contest.NEAREST;
import static dev.engram.experiments.kit.Contest.SPAN;
import static dev.engram.experiments.kit.MetricNames.ERROR;
import static dev.engram.experiments.kit.MetricNames.RECOVERED;
import static dev.engram.experiments.kit.Parts.DATA;
import static dev.engram.experiments.kit.Parts.KNOWN;
import static dev.engram.experiments.kit.Parts.MEMORY;
import static dev.engram.experiments.kit.Parts.PATTERNS;
import static dev.engram.experiments.report.Table.Entry.count;
import static dev.engram.experiments.report.Table.Entry.number;
import static dev.engram.experiments.report.Table.Entry.percent;
import static dev.engram.experiments.report.Table.Entry.text;

import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.kit.Fractions;
import dev.engram.experiments.kit.Question;
import dev.engram.experiments.report.Axis;
import dev.engram.experiments.report.ChartGrid;
import dev.engram.experiments.report.HtmlPage;
import dev.engram.experiments.report.LineChart;
import dev.engram.experiments.report.Series;
import dev.engram.experiments.report.Table;
import dev.engram.memory.Score;
import java.util.Arrays;
import java.util.List;

/** The charts, tables and pictures of the report on the baselines. */
record BaselinesReport(HtmlPage page, Results results) {
    private static final double[] TICKS = {50, 100, 250, 500};
    private static final double LEAST_PATTERNS = 45;
    private static final double MOST_PATTERNS = 560;

    void render() {
        page.heading("Completion")
                .figure(
                        "completion",
                        completion(),
                        "The fraction of pictures that came back (MSE < 0.001) from their upper part. The affine span falls from all to none where fewer values are known than pictures are stored.");
        page.table("completion", completionTable());
        results.values(DATA).forEach(this::sheet);
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
                .withTicks(Fractions.PAPER.stream()
                        .map(k -> new Axis.Tick(k, Fractions.words(k)))
                        .toList());
        ChartGrid grid = new ChartGrid(2);
        results.forEach(DATA, (set, ofSet) -> {
            LineChart chart = new LineChart(across, Axis.percent("recovered"));
            ofSet.where(MEMORY, SPAN)
                    .forEach(PATTERNS, (n, here) -> chart.add(here.series("affine span, N = " + n, KNOWN, RECOVERED)));
            chart.add(leastNearest(set).withLine(Series.Line.DASHED));
            grid.add(set, chart);
        });
        return grid;
    }

    /** The nearest neighbour at the largest N, where it has most to confuse. */
    private Series leastNearest(String set) {
        List<String> counts = results.where(DATA, set).values(PATTERNS);
        String most = counts.get(counts.size() - 1);
        return results.where(DATA, set)
                .where(PATTERNS, most)
                .where(MEMORY, NEAREST)
                .series("nearest neighbour, N = " + most, KNOWN, RECOVERED);
    }

    private ChartGrid noise() {
        Axis across = Axis.logarithmic("pictures stored, N")
                .withRange(LEAST_PATTERNS, MOST_PATTERNS)
                .withTicks(Arrays.stream(TICKS)
                        .mapToObj(t -> new Axis.Tick(t, String.valueOf(Math.round(t))))
                        .toList());
        ChartGrid grid = new ChartGrid(2);
        results.forEach(DATA, (set, ofSet) -> {
            for (Question noise : NOISES) {
                Results here = noise.in(ofSet);
                grid.add(
                        "%s, %s".formatted(set, Question.brief(noise.value())),
                        new LineChart(across, Axis.logarithmic("MSE").withRange(1e-5, 0.1))
                                .add(here.where(MEMORY, SPAN).series("affine span", PATTERNS, ERROR))
                                .add(here.series("σ²N/d", PATTERNS, EXPECTED_ERROR)
                                        .withLine(Series.Line.DASHED))
                                .add(Series.level(
                                        "threshold", LEAST_PATTERNS, MOST_PATTERNS, Score.DENOISING_THRESHOLD)));
            }
        });
        return grid;
    }

    private Table completionTable() {
        Table table = new Table("Recovered by completion, MSE < 0.001")
                .texts("data")
                .numbers("N", "part known", "values known", SPAN, NEAREST, "MSE of the affine span");
        results.forEach(
                DATA,
                (set, ofSet) -> ofSet.forEach(PATTERNS, (patterns, stored) -> {
                    for (double known : Fractions.PAPER) {
                        Results here = stored.where(KNOWN, known);
                        table.row(
                                text(set),
                                count(Long.parseLong(patterns)),
                                number(known, Fractions.words(known)),
                                count(Math.round(here.value(KNOWN_VALUES).orElse(0))),
                                fraction(here, SPAN),
                                fraction(here, NEAREST),
                                number(here.where(MEMORY, SPAN).value(ERROR)));
                    }
                }));
        return table;
    }

    private Table noiseTable() {
        Table table = new Table("Recovered from noise, MSE < 0.005")
                .texts("data")
                .numbers("N")
                .texts("noise")
                .numbers(SPAN, NEAREST, "MSE of the affine span", "σ²N/d");
        results.forEach(
                DATA,
                (set, ofSet) -> ofSet.forEach(PATTERNS, (patterns, stored) -> {
                    for (Question noise : NOISES) {
                        Results here = noise.in(stored);
                        table.row(
                                text(set),
                                count(Long.parseLong(patterns)),
                                text(noise.value().substring("noise of ".length())),
                                fraction(here, SPAN),
                                fraction(here, NEAREST),
                                number(here.where(MEMORY, SPAN).value(ERROR)),
                                number(here.value(EXPECTED_ERROR)));
                    }
                }));
        return table;
    }

    private static Table.Entry fraction(Results here, String memory) {
        return percent(here.where(MEMORY, memory).value(RECOVERED));
    }

    private void sheet(String set) {
        List<String> counts = results.where(DATA, set).values(PATTERNS);
        String patterns = counts.get(Math.min(2, counts.size() - 1));
        CellSetting cell = CellSetting.of(DATA, set).with(PATTERNS, patterns);
        page.sheet(
                results.sheet(cell, SHEET),
                "Pictures of %s in four rows: original, cue, affine span, nearest neighbour".formatted(set),
                "%s, N = %s: the first pictures, completed from their upper sixteenth.".formatted(set, patterns));
    }
}
