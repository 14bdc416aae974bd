package dev.engram.experiments.sequences;

import static dev.engram.experiments.kit.MetricNames.BYTES;
import static dev.engram.experiments.kit.MetricNames.LEARNING_SECONDS;
import static dev.engram.experiments.kit.Parts.MEMORY;
import static dev.engram.experiments.kit.Parts.TASK;
import static dev.engram.experiments.report.Table.Entry.count;
import static dev.engram.experiments.report.Table.Entry.number;
import static dev.engram.experiments.report.Table.Entry.percent;
import static dev.engram.experiments.report.Table.Entry.text;

import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.report.Axis;
import dev.engram.experiments.report.ChartGrid;
import dev.engram.experiments.report.HtmlPage;
import dev.engram.experiments.report.LineChart;
import dev.engram.experiments.report.Series;
import dev.engram.experiments.report.Table;
import dev.engram.io.NumberText;
import dev.engram.memory.Score;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The charts and tables of the sequence experiment: capacity, pictures replayed, shared frames, near-copies, forgetting. */
record SequencesReport(HtmlPage page, Results results) {
    void render() {
        capacity(task(Capacity.TASK));
        pictures(task(PicturesInOrder.TASK));
        shared(task(SharedFrames.TASK));
        together(task(OccurredTogether.TASK));
        forgetting(task(Forgetting.TASK));
    }

    private Results task(String task) {
        return results.where(TASK, task);
    }

    private void capacity(Results here) {
        if (here.isEmpty()) {
            return;
        }
        LineChart chart = new LineChart(Axis.linear("units, N"), Axis.logarithmic("longest sequence"));
        Table table = new Table("Longest sequence, bit error below 0.01")
                .texts("memory")
                .numbers("N", "mean", "least", "most");
        here.forEach(MEMORY, (memory, one) -> {
            Series series = one.spread(memory, Capacity.UNITS, Capacity.LONGEST);
            chart.add(series);
            for (int i = 0; i < series.x().length; i++) {
                table.row(
                        text(memory),
                        count(Math.round(series.x()[i])),
                        number(series.y()[i]),
                        number(series.low()[i]),
                        number(series.high()[i]));
            }
        });
        page.heading("Capacity")
                .figure(
                        "capacity",
                        chart,
                        "The greatest length up to which the next of random binary frames has a bit error below 0.01: mean, least and most over draws. Lengths up to %d a unit were tried, beyond 40 in steps of 2.5 %%. The quadratic network keeps the frames; the others keep N² weights."
                                .formatted(Capacity.MOST_PER_UNIT))
                .table("capacity", table);
    }

    private void pictures(Results here) {
        if (here.isEmpty()) {
            return;
        }
        page.heading("Pictures in order")
                .figure(
                        "pictures",
                        curves(),
                        "The error of every frame: replayed from the first alone, and foretold each from a noisy present. The dashed line is the threshold of recall. The nearest frame is not drawn: it keeps the frames, and its errors are 0 wherever it finds the right one.");
        Table table = new Table("100 pictures in order: mean squared errors, and frames foretold from a noisy present")
                .texts("data", "memory")
                .numbers("largest, offline", "last, offline", "mean, noisy", "foretold, noisy", BYTES);
        here.forEach(
                "data",
                (data, ofData) -> ofData.forEach(
                        MEMORY,
                        (memory, one) -> table.row(
                                text(data),
                                text(memory),
                                number(one.value(PicturesInOrder.WORST_OFFLINE)),
                                number(one.value(PicturesInOrder.LAST_OFFLINE)),
                                number(one.value(PicturesInOrder.NOISY)),
                                percent(one.value(PicturesInOrder.NOISY_RECALLED)),
                                bytes(one))));
        page.table("pictures", table).times(times(PicturesInOrder.TASK, "data"));
        for (DataSet set : SequencesExperiment.PICTURES) {
            page.sheet(
                    results.sheet(SequencesExperiment.pictures(set), PicturesInOrder.SHEET),
                    "Frames in four rows: original, replayed, the noisy present, and what was foretold from it",
                    "%s: twelve frames of the hundred. From above: original; replayed from the first by the hidden layer; the noisy frame before it, and what was foretold from that (λ = 100)."
                            .formatted(set.title()));
        }
    }

    private ChartGrid curves() {
        ChartGrid grid = new ChartGrid(2);
        for (DataSet set : SequencesExperiment.PICTURES) {
            CellSetting cell = SequencesExperiment.pictures(set);
            curves(grid, set.title() + ", offline", cell, PicturesInOrder.OFFLINE_CURVE, Score.COMPLETION_THRESHOLD);
            curves(grid, set.title() + ", noisy present", cell, PicturesInOrder.NOISY_CURVE, Score.DENOISING_THRESHOLD);
        }
        return grid;
    }

    private void curves(ChartGrid grid, String title, CellSetting cell, String curve, double threshold) {
        List<Series> found = new ArrayList<>();
        for (String memory : List.of(SequenceModels.DIRECT, SequenceModels.HIDDEN, SequenceModels.STRONG)) {
            results.curve(cell, curve + memory)
                    .ifPresent(errors -> found.add(Series.of(memory, frames(errors), errors)));
        }
        if (found.isEmpty()) {
            return;
        }
        LineChart chart = new LineChart(Axis.linear("frame"), Axis.logarithmic("mean squared error"));
        found.forEach(chart::add);
        double[] x = found.get(0).x();
        chart.add(Series.level("threshold", x[0], x[x.length - 1], threshold));
        grid.add(title, chart);
    }

    /** The first error is that of the second frame. */
    private static double[] frames(double[] errors) {
        return IntStream.range(0, errors.length).mapToDouble(t -> t + 2).toArray();
    }

    private void shared(Results here) {
        if (here.isEmpty()) {
            return;
        }
        Table table = new Table("Recalled after the shared frames, MSE < 0.001")
                .numbers("sequences")
                .texts("memory")
                .numbers("offline, all frames", "online, the first frame after", BYTES);
        here.forEach(
                SharedFrames.SEQUENCES,
                (count, ofCount) -> ofCount.forEach(
                        MEMORY,
                        (memory, one) -> table.row(
                                count(Long.parseLong(count)),
                                text(memory),
                                percent(one.value(SharedFrames.OFFLINE)),
                                percent(one.value(SharedFrames.ONLINE)),
                                bytes(one))));
        page.heading("Sequences of 50 pictures with 10 in common")
                .table("shared", table)
                .times(times(SharedFrames.TASK, SharedFrames.SEQUENCES));
        page.sheet(
                results.sheet(SequencesExperiment.shared(2), SharedFrames.SHEET),
                "Frames in six rows: two sequences, each original and replayed without and with a hidden layer",
                "Two sequences around the ten frames they share, each replayed from its first frame: without a hidden layer what comes after is a mixture of both.");
    }

    private void together(Results here) {
        if (here.isEmpty()) {
            return;
        }
        LineChart chart = new LineChart(
                Axis.linear("way of the middle frame to its near-copy"), Axis.linear("own last frame recalled"));
        Table table = new Table(
                        "After a middle frame on its way to its near-copy: own last frame recalled (or the near-copy's), ± standard error over draws")
                .texts("memory");
        for (double shift : OccurredTogether.SHIFTS) {
            table.numbers(NumberText.percent(shift));
        }
        table.numbers("copy's, at " + NumberText.percent(OccurredTogether.NEARER_THE_COPY));
        here.forEach(MEMORY, (memory, one) -> {
            Series own = one.meanAndError(memory, OccurredTogether.SHIFT, OccurredTogether.RECALLED);
            Series others = one.meanAndError(memory, OccurredTogether.SHIFT, OccurredTogether.MISTAKEN);
            chart.add(own);
            List<Table.Entry> row = new ArrayList<>(List.of(text(memory)));
            OccurredTogether.SHIFTS.forEach(shift -> row.add(withError(own, shift)));
            row.add(withError(others, OccurredTogether.NEARER_THE_COPY));
            table.row(row);
        });
        page.heading("What occurred together, not what is alike")
                .figure(
                        "together",
                        chart,
                        "%d pairs of sequences of three random frames of %d units; the middle frames of a pair differ in %d bits, first and last frames are unlike. The first frame is shown as it is, then the middle one with a part of those bits as in the near-copy: beyond a half it is more like the other sequence's, at 1 it is that. Recalled is a last frame of which less than 1 %% of the bits are wrong. Mean and standard error over draws."
                                .formatted(OccurredTogether.PAIRS, OccurredTogether.UNITS, OccurredTogether.DIFFERENT))
                .table("together", table);
    }

    private void forgetting(Results here) {
        if (here.isEmpty()) {
            return;
        }
        ChartGrid grid = new ChartGrid(2);
        grid.add("offline", forgetting(here, Forgetting.EARLIER));
        grid.add("online", forgetting(here, Forgetting.FOLLOWED));
        Table table = new Table("Wrong bits after the last sequence, ± standard error over draws")
                .texts("memory")
                .numbers("sequences", "earlier, offline", "earlier, online", "first, offline", "newest, offline");
        double most = here.values(Forgetting.LEARNED).stream()
                .mapToDouble(Double::parseDouble)
                .max()
                .orElseThrow();
        here.forEach(MEMORY, (memory, one) -> {
            List<Table.Entry> row = new ArrayList<>(List.of(text(memory), count(Math.round(most))));
            for (String metric :
                    List.of(Forgetting.EARLIER, Forgetting.FOLLOWED, Forgetting.FIRST, Forgetting.NEWEST)) {
                row.add(withError(one.meanAndError(memory, Forgetting.LEARNED, metric), most));
            }
            table.row(row);
        });
        page.heading("Forgetting")
                .figure(
                        "forgetting",
                        grid,
                        "Sequences of %d random frames of %d units, learned one after the other, none of them twice; after each, all the earlier ones are recalled: from their first frames alone (offline), and with each present frame shown (online). Mean and standard error over draws; half of the bits are wrong by chance. The quadratic network keeps the frames; the others keep N² weights."
                                .formatted(Forgetting.FRAMES, Forgetting.UNITS))
                .table("forgetting", table);
    }

    private static LineChart forgetting(Results here, String metric) {
        LineChart chart = new LineChart(Axis.linear("sequences learned"), Axis.linear("wrong bits of earlier ones"));
        here.forEach(MEMORY, (memory, one) -> chart.add(one.meanAndError(memory, Forgetting.LEARNED, metric)));
        return chart;
    }

    /** The mean at x and its standard error, both in percent; empty if there is none. */
    private static Table.Entry withError(Series means, double x) {
        int i = Arrays.binarySearch(means.x(), x);
        if (i < 0) {
            return text("");
        }
        double mean = means.y()[i];
        double error = means.high()[i] - mean;
        return error == 0
                ? number(mean, NumberText.percent(mean))
                : number(mean, "%.1f ± %.1f %%".formatted(100 * mean, 100 * error));
    }

    private Table times(String task, String part) {
        Table times = new Table("What learning took, in seconds")
                .texts(part, "memory")
                .numbers("learning");
        results.timings()
                .where(TASK, task)
                .metric(LEARNING_SECONDS)
                .all()
                .forEach(m ->
                        times.row(text(m.setting().get(part)), text(m.setting().get(MEMORY)), number(m.value())));
        return times;
    }

    private static Table.Entry bytes(Results here) {
        return Table.Entry.bytes(Math.round(here.value(BYTES).orElse(0)));
    }
}
