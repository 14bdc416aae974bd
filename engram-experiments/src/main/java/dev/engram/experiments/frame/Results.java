package dev.engram.experiments.frame;

import dev.engram.experiments.report.Series;
import dev.engram.experiments.report.Sheet;
import dev.engram.io.NumberText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The numbers of an experiment's finished cells, to be narrowed down: {@code results.where("data", "flags").value("seconds")}. */
public final class Results {
    private final List<Measurement> all;
    private final List<CellOutcome> cells;

    private Results(List<Measurement> all, List<CellOutcome> cells) {
        this.all = all;
        this.cells = cells;
    }

    /** The numbers that the same seed gives again. */
    static Results measured(List<CellOutcome> cells) {
        return new Results(
                finished(cells).stream().flatMap(r -> r.measurements().stream()).toList(), cells);
    }

    /** The times that were taken. */
    public Results timings() {
        return new Results(
                finished(cells).stream().flatMap(r -> r.timings().stream()).toList(), cells);
    }

    private static List<CellRecord> finished(List<CellOutcome> cells) {
        return cells.stream().flatMap(c -> c.record().stream()).toList();
    }

    public List<Measurement> all() {
        return all;
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** Those whose setting has the part. */
    public Results where(String name, Object value) {
        return filter(m -> m.setting().has(name, value));
    }

    public Results metric(String metric) {
        return filter(m -> m.metric().equals(metric));
    }

    /** Those of exactly this setting. */
    public Results at(CellSetting setting) {
        return filter(m -> m.setting().equals(setting));
    }

    /** All numbers with this metric. */
    public DoubleStream numbers(String metric) {
        return all.stream().filter(m -> m.metric().equals(metric)).mapToDouble(Measurement::value);
    }

    private Results filter(Predicate<Measurement> wanted) {
        return new Results(all.stream().filter(wanted).toList(), cells);
    }

    /** The different values that a part of the settings takes, in order of appearance. */
    public List<String> values(String name) {
        return all.stream()
                .flatMap(m -> Optional.ofNullable(m.setting().parts().get(name)).stream())
                .distinct()
                .toList();
    }

    /** Hands over every value that a part of the settings takes, in order of appearance, and the numbers that have it. */
    public void forEach(String part, BiConsumer<String, Results> use) {
        values(part).forEach(value -> use.accept(value, where(part, value)));
    }

    /**
     * The one number that is left with this metric; empty if there is none.
     *
     * @throws IllegalStateException if there are several
     */
    public OptionalDouble value(String metric) {
        List<Measurement> left = metric(metric).all();
        if (left.size() > 1) {
            throw new IllegalStateException(
                    "%d numbers are left of \"%s\", the first two of %s and of %s; one was expected."
                            .formatted(
                                    left.size(),
                                    metric,
                                    left.get(0).setting(),
                                    left.get(1).setting()));
        }
        return left.stream().mapToDouble(Measurement::value).findFirst();
    }

    /** The one fraction that is left with this metric, as people read it; "" if there is none. */
    public String percent(String metric) {
        return NumberText.percent(value(metric));
    }

    /** The one number that is left with this metric, to three digits; NaN if there is none. */
    public String brief(String metric) {
        return NumberText.brief(value(metric).orElse(Double.NaN));
    }

    /** A curve of a metric over a part of the settings that is a number, in its order. */
    public Series series(String name, String part, String metric) {
        List<Measurement> points = metric(metric).all().stream()
                .filter(m -> m.setting().parts().containsKey(part))
                .sorted(Comparator.comparingDouble(m -> number(m, part)))
                .toList();
        return Series.of(
                name,
                points.stream().mapToDouble(m -> number(m, part)).toArray(),
                points.stream().mapToDouble(Measurement::value).toArray());
    }

    private static double number(Measurement m, String part) {
        return Double.parseDouble(m.setting().get(part));
    }

    /** The mean of a metric over a part of the settings that is a number, with the least and the most. */
    public Series spread(String name, String part, String metric) {
        TreeMap<Double, DoubleSummaryStatistics> points = new TreeMap<>();
        for (Measurement m : metric(metric).all()) {
            points.computeIfAbsent(number(m, part), x -> new DoubleSummaryStatistics())
                    .accept(m.value());
        }
        return Series.of(
                        name,
                        points.keySet().stream().mapToDouble(x -> x).toArray(),
                        of(points, DoubleSummaryStatistics::getAverage))
                .withSpread(
                        Series.Spread.BARS,
                        of(points, DoubleSummaryStatistics::getMin),
                        of(points, DoubleSummaryStatistics::getMax));
    }

    /** The mean of a metric over a part of the settings that is a number, with one standard error below and above; 0 of a single number. */
    public Series meanAndError(String name, String part, String metric) {
        TreeMap<Double, List<Double>> points = new TreeMap<>();
        for (Measurement m : metric(metric).all()) {
            points.computeIfAbsent(number(m, part), x -> new ArrayList<>()).add(m.value());
        }
        double[] x = points.keySet().stream().mapToDouble(Double::doubleValue).toArray();
        double[] mean = new double[x.length];
        double[] low = new double[x.length];
        double[] high = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            List<Double> numbers = Objects.requireNonNull(points.get(x[i]));
            int n = numbers.size();
            double average = numbers.stream().mapToDouble(y -> y).sum() / n;
            double squares = numbers.stream()
                    .mapToDouble(y -> (y - average) * (y - average))
                    .sum();
            double error = n == 1 ? 0 : Math.sqrt(squares / (n - 1) / n);
            mean[i] = average;
            low[i] = average - error;
            high[i] = average + error;
        }
        return Series.of(name, x, mean).withSpread(Series.Spread.BARS, low, high);
    }

    private static double[] of(
            TreeMap<Double, DoubleSummaryStatistics> points, ToDoubleFunction<DoubleSummaryStatistics> what) {
        return points.values().stream().mapToDouble(what).toArray();
    }

    /** Pictures that a cell kept; empty if it is not finished. */
    public Optional<Sheet> sheet(CellSetting cell, String name) {
        return record(cell).flatMap(r -> Optional.ofNullable(r.sheets().get(name)));
    }

    /** A curve that a cell kept; empty if it is not finished. */
    public Optional<double[]> curve(CellSetting cell, String name) {
        return record(cell)
                .flatMap(r -> Optional.ofNullable(r.curves().get(name)))
                .map(double[]::clone);
    }

    private Optional<CellRecord> record(CellSetting cell) {
        return cells.stream().filter(c -> c.setting().equals(cell)).findFirst().flatMap(CellOutcome::record);
    }
}
