package dev.engram.experiments.kit;

import static dev.engram.experiments.kit.Contest.NEAREST;
import static dev.engram.experiments.kit.Contest.SPAN;
import static dev.engram.experiments.kit.MetricNames.RECOVERED;
import static dev.engram.experiments.kit.Parts.DATA;
import static dev.engram.experiments.kit.Parts.HIDDEN;
import static dev.engram.experiments.kit.Parts.MEMORY;
import static dev.engram.experiments.kit.Parts.PATTERNS;

import dev.engram.experiments.frame.Results;
import dev.engram.experiments.report.Axis;
import dev.engram.experiments.report.ChartGrid;
import dev.engram.experiments.report.LineChart;
import dev.engram.experiments.report.Series;
import java.util.List;

/** The fraction of pictures recovered from noise over the number stored: a chart for each data set and noise, the baselines beside. */
public final class RecoveredCharts {
    /** A memory with a curve for each number of hidden nodes. */
    public record Curves(String memory, String words) {}

    private RecoveredCharts() {}

    public static ChartGrid of(Results results, List<Question> noises, Curves... memories) {
        ChartGrid grid = new ChartGrid(2);
        results.forEach(DATA, (set, ofSet) -> {
            for (Question noise : noises) {
                Results here = noise.in(ofSet);
                List<String> sizes = here.values(HIDDEN);
                if (!sizes.isEmpty()) {
                    LineChart chart = new LineChart(Axis.linear("pictures stored, N"), Axis.percent("recovered"));
                    for (Curves curves : memories) {
                        add(chart, curves, here.where(MEMORY, curves.memory()));
                    }
                    Results any = here.where(HIDDEN, sizes.get(0));
                    chart.add(any.where(MEMORY, SPAN).series(SPAN, PATTERNS, RECOVERED))
                            .add(any.where(MEMORY, NEAREST)
                                    .series(NEAREST, PATTERNS, RECOVERED)
                                    .withLine(Series.Line.DASHED));
                    grid.add("%s, %s".formatted(set, Question.brief(noise.value())), chart);
                }
            }
        });
        return grid;
    }

    private static void add(LineChart chart, Curves curves, Results memory) {
        memory.forEach(
                HIDDEN,
                (hidden, here) ->
                        chart.add(here.series("%s, n = %s".formatted(curves.words(), hidden), PATTERNS, RECOVERED)));
    }
}
