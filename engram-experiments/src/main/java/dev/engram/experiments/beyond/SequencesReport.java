package dev.engram.experiments.beyond;

import dev.engram.experiments.frame.Measurement;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.report.Axis;
import dev.engram.experiments.report.HtmlPage;
import dev.engram.experiments.report.LineChart;
import dev.engram.experiments.report.Series;
import dev.engram.experiments.report.Table;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.TreeMap;

/** Capacity over units, pictures replayed, and sequences that share frames. */
final class SequencesReport {
    private final HtmlPage page;
    private final Results results;

    SequencesReport(HtmlPage page, Results results) {
        this.page = page;
        this.results = results;
    }

    void render() {
        if (results.isEmpty()) {
            return;
        }
        capacity();
        pictures();
        context();
    }

    private void capacity() {
        Results random = results.where("data", SequencesExperiment.CAPACITY);
        if (random.isEmpty()) {
            return;
        }
        LineChart chart = new LineChart(Axis.linear("units"), Axis.linear("longest sequence"));
        Table table = new Table("Longest sequence, bit error below 0.01")
                .texts("model")
                .numbers("units", "mean", "least", "most");
        for (String model : random.values("model")) {
            TreeMap<Integer, DoubleSummaryStatistics> points = new TreeMap<>();
            for (Measurement m : random.where("model", model).all()) {
                points.computeIfAbsent(
                                Integer.valueOf(m.setting().parts().get("units")), x -> new DoubleSummaryStatistics())
                        .accept(m.value());
            }
            points.forEach((units, lengths) -> table.row(
                    Table.Entry.text(model),
                    Table.Entry.count(units),
                    Table.Entry.number(lengths.getAverage()),
                    Table.Entry.number(lengths.getMin()),
                    Table.Entry.number(lengths.getMax())));
            chart.add(Series.of(
                    model,
                    points.keySet().stream().mapToDouble(u -> u).toArray(),
                    points.values().stream()
                            .mapToDouble(DoubleSummaryStatistics::getAverage)
                            .toArray()));
        }
        page.heading("Capacity")
                .figure(
                        "capacity",
                        chart,
                        "The greatest length up to which the next of random binary frames has a bit error below 0.01; mean over draws. Lengths up to %d a unit were tried."
                                .formatted(SequenceCapacityCell.MOST_PER_UNIT))
                .table("capacity", table);
    }

    private void pictures() {
        Table table = new Table("100 pictures in a row")
                .texts("data", "model")
                .numbers("largest error, offline", "last error, offline", "mean error, noisy", "foretold, noisy");
        page.heading("Pictures");
        for (var set : SequencesExperiment.PICTURES) {
            Results here = results.where("data", set.title());
            for (String model : here.values("model")) {
                Results one = here.where("model", model);
                table.row(
                        Table.Entry.text(set.title()),
                        Table.Entry.text(model),
                        number(one, SequencePicturesCell.OFFLINE),
                        number(one, SequencePicturesCell.LAST),
                        number(one, SequencePicturesCell.NOISY),
                        Table.Entry.percent(
                                one.value(SequencePicturesCell.NOISY_RECALLED).orElse(Double.NaN)));
            }
            results.sheet(SequencesExperiment.pictures(set), SequencePicturesCell.SHEET)
                    .ifPresent(sheet -> page.sheet(
                            sheet,
                            "Frames in two rows: original and replayed",
                            "%s: twelve frames of the hundred, original and replayed from the first by the hidden model."
                                    .formatted(set.title())));
        }
        page.table("pictures", table);
    }

    private void context() {
        Results shared = results.where("data", SequencesExperiment.SHARED);
        Table table = new Table("Recalled after the shared frames, MSE < 0.001")
                .texts("model")
                .numbers("offline, all frames", "online, the first frame after");
        for (String model : List.of(SequencePicturesCell.DIRECT, SequencePicturesCell.HIDDEN)) {
            Results one = shared.where("model", model);
            table.row(
                    Table.Entry.text(model),
                    Table.Entry.percent(one.value(SequenceContextCell.OFFLINE).orElse(Double.NaN)),
                    Table.Entry.percent(one.value(SequenceContextCell.ONLINE).orElse(Double.NaN)));
        }
        page.heading("Two sequences of 50 pictures with 10 in common").table("context", table);
    }

    private static Table.Entry number(Results results, String metric) {
        return Table.Entry.number(results.value(metric).orElse(Double.NaN));
    }
}
