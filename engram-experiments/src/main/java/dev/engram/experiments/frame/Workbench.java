package dev.engram.experiments.frame;

import dev.engram.experiments.report.Sheet;
import dev.engram.io.NumberText;
import dev.engram.io.PatternSet;
import dev.engram.linalg.LinearAlgebra;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What an experiment's cell computes with: its data, its seed, the linear algebra, and a record that its numbers go into.
 *
 * <p>Whatever takes long should ask {@link #goesOn} at every step, for example in an observer, or call {@link #requireGoingOn}
 * between steps: the user may stop the run, and a cell's time is limited.
 */
public final class Workbench {
    private static final double NANOS = 1e9;

    private final Cell cell;
    private final RunOptions options;
    private final DataFolder data;
    private final Watch watch;
    private final LongSupplier nanoTime;
    private final long start;
    private final List<Measurement> measurements = new ArrayList<>();
    private final List<Measurement> timings = new ArrayList<>();
    private final Map<String, double[]> curves = new LinkedHashMap<>();
    private final Map<String, Sheet> sheets = new LinkedHashMap<>();

    Workbench(Cell cell, RunOptions options, DataFolder data, Watch watch, LongSupplier nanoTime) {
        this.cell = cell;
        this.options = options;
        this.data = data;
        this.watch = watch;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** The seed of everything random. */
    public long seed() {
        return options.seed();
    }

    /** What computes. */
    public LinearAlgebra la() {
        return options.la();
    }

    /** The cell's setting; its measurements' settings begin with it. */
    public CellSetting setting() {
        return cell.setting();
    }

    /**
     * The patterns that the cell asked for.
     *
     * @throws IllegalArgumentException if it did not ask for that data set: what it depends on would not be known
     */
    public PatternSet patterns(DataSet set) {
        return data.patterns(set, asked(set));
    }

    /** Where a data set that the cell asked for is, for those that are not patterns. */
    public Path path(DataSet set) {
        asked(set);
        return data.path(set);
    }

    private int asked(DataSet set) {
        if (!cell.data().containsKey(set)) {
            throw new IllegalArgumentException(
                    "The cell %s uses %s without having asked for it. Maybe add withData to it."
                            .formatted(cell.setting(), set.title()));
        }
        return cell.data().get(set);
    }

    /** Records a number; the same seed must give the same one. */
    public void measure(CellSetting setting, String metric, double value) {
        measurements.add(new Measurement(setting, metric, value));
    }

    /** Does something and records the seconds it took. */
    public <T> T timed(CellSetting setting, String metric, Supplier<T> work) {
        long before = nanoTime.getAsLong();
        T result = work.get();
        timings.add(new Measurement(setting, metric, (nanoTime.getAsLong() - before) / NANOS));
        return result;
    }

    /** Keeps a curve for the report. */
    public void curve(String name, double[] values) {
        curves.put(name, values.clone());
    }

    /** Keeps curves for the report, by name. */
    public void curves(Map<String, List<Double>> named) {
        named.forEach((name, values) -> curves.put(
                name, values.stream().mapToDouble(Double::doubleValue).toArray()));
    }

    /** Keeps pictures for the report. */
    public void sheet(String name, Sheet sheet) {
        sheets.put(name, sheet);
    }

    /** Whether the cell is to continue. */
    public boolean goesOn() {
        return watch.goesOn() && seconds() < options.profile().cellLimit().toSeconds();
    }

    /**
     * Ends the cell here if it is not to continue.
     *
     * @throws RunCancelled if the user stopped the run
     * @throws CellSkipped if the cell's time is over
     */
    public void requireGoingOn() {
        if (!watch.goesOn()) {
            throw new RunCancelled();
        }
        if (!goesOn()) {
            throw new CellSkipped("stopped after %s, the limit of a cell in this profile"
                    .formatted(NumberText.duration(options.profile().cellLimit().toSeconds())));
        }
    }

    private double seconds() {
        return (nanoTime.getAsLong() - start) / NANOS;
    }

    CellRecord record() {
        return new CellRecord(measurements, timings, curves, sheets, seconds());
    }
}
