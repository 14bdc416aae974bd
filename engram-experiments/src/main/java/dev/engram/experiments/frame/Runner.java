package dev.engram.experiments.frame;

import dev.engram.io.NumberText;
import dev.engram.io.file.OutputException;
import dev.engram.io.memory.Software;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;

/**
 * Runs experiments: computes their cells one after the other and writes the reports. A finished cell is written at once, so that a run
 * that was stopped can be resumed; a cell that fails, does not fit, or would begin after the time limit is reported, and the run continues.
 */
public final class Runner {
    private final RunOptions options;
    private final Watch watch;
    private final LongSupplier nanoTime;
    private final Software software;
    private final long begun;

    public Runner(RunOptions options, Watch watch) {
        this(options, watch, System::nanoTime);
    }

    Runner(RunOptions options, Watch watch, LongSupplier nanoTime) {
        this.options = options;
        this.watch = watch;
        this.nanoTime = nanoTime;
        this.software = Software.current(options.la().description());
        this.begun = nanoTime.getAsLong();
    }

    /** A cell that is to be computed. */
    private record Planned(int index, Cell cell, String fingerprint) {}

    /** What data an experiment lacks, in one line; empty if at least one of its cells has what it needs. */
    public Optional<String> missingData(Experiment experiment) {
        DataFolder data = new DataFolder(options.data());
        List<Cell> cells = experiment.cells(options.profile(), data);
        List<Optional<String>> missing =
                cells.stream().map(c -> missing(c, data)).toList();
        return missing.stream().anyMatch(Optional::isEmpty)
                ? Optional.empty()
                : Optional.of(String.join(
                        " ",
                        missing.stream().flatMap(Optional::stream).distinct().toList()));
    }

    /**
     * Runs several experiments, each into its folder within the given one, and writes an overview of them.
     *
     * @param path absent, empty, or of an earlier run of this kind
     * @throws OutputException if the folder cannot be written or holds something else
     * @throws RunCancelled if the watch stops the run; the cells finished before are kept
     */
    public List<Run> runAll(List<Experiment> experiments, Path path) {
        RunFolder folder = new RunFolder(path, Overview.NAME);
        watch.write(folder::create);
        List<Run> runs = new ArrayList<>();
        for (Experiment experiment : experiments) {
            runs.add(run(experiment, path.resolve(experiment.name())));
        }
        watch.write(() -> new Overview(runs).write(folder));
        return runs;
    }

    /**
     * Runs an experiment and writes its report.
     *
     * @param path the folder of the report: absent, empty, or of an earlier run of the same experiment
     * @throws OutputException if the folder cannot be written or is not of this experiment
     * @throws RunCancelled if the watch stops the run; the cells finished before are kept
     */
    public Run run(Experiment experiment, Path path) {
        RunFolder folder = new RunFolder(path, experiment.name());
        DataFolder data = new DataFolder(options.data());
        List<Cell> cells = experiment.cells(options.profile(), data);
        requireDistinct(cells);
        cells.forEach(cell -> cell.data().forEach(data::expect));
        watch.write(folder::create);
        List<CellOutcome> outcomes = new ArrayList<>();
        List<Planned> planned = new ArrayList<>();
        for (Cell cell : cells) {
            requireGoingOn();
            CellOutcome outcome = before(experiment, cell, data, folder, outcomes.size(), planned);
            outcomes.add(outcome);
        }
        compute(planned, data, folder, outcomes);
        Run run = new Run(experiment, options, outcomes, digests(cells, data, outcomes));
        watch.write(() -> new RunReport(run, software).write(folder));
        return run;
    }

    private static void requireDistinct(List<Cell> cells) {
        Set<String> names = new HashSet<>();
        for (Cell cell : cells) {
            if (!names.add(cell.setting().fileName())) {
                throw new IllegalStateException(
                        "Two cells have the setting %s; each needs its own.".formatted(cell.setting()));
            }
        }
    }

    /** What is known of a cell before it is computed; a cell that has to be computed is planned. */
    private CellOutcome before(
            Experiment experiment, Cell cell, DataFolder data, RunFolder folder, int index, List<Planned> planned) {
        Optional<String> missing = missing(cell, data);
        if (missing.isPresent()) {
            return CellOutcome.without(cell, CellOutcome.Status.NO_DATA, missing.get());
        }
        try {
            String fingerprint = Fingerprint.of(experiment, cell, options, data, software);
            Optional<CellRecord> kept = folder.kept(cell, fingerprint, watch::warn);
            if (kept.isPresent()) {
                return new CellOutcome(cell.setting(), CellOutcome.Status.KEPT, "", kept);
            }
            long heap = Runtime.getRuntime().maxMemory();
            if (cell.bytes() > heap) {
                return CellOutcome.skipped(
                        cell,
                        "needs about %s of memory, Java may use %s. Maybe give it more with ENGRAM_JAVA_OPTS=-Xmx..."
                                .formatted(NumberText.bytes(cell.bytes()), NumberText.bytes(heap)));
            }
            planned.add(new Planned(index, cell, fingerprint));
            return CellOutcome.skipped(cell, "");
        } catch (RuntimeException e) {
            return failed(cell, e);
        }
    }

    private static Optional<String> missing(Cell cell, DataFolder data) {
        List<String> lines = cell.data().keySet().stream()
                .filter(set -> !data.has(set))
                .map(data::missing)
                .toList();
        return lines.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", lines));
    }

    private void compute(List<Planned> planned, DataFolder data, RunFolder folder, List<CellOutcome> outcomes) {
        double total = planned.stream().mapToDouble(t -> t.cell().cost()).sum();
        double done = 0;
        for (int i = 0; i < planned.size(); i++) {
            requireGoingOn();
            Planned next = planned.get(i);
            watch.at(i, planned.size(), done / total, next.cell().setting().toString());
            outcomes.set(next.index(), isOver() ? leftOut(next.cell()) : compute(next, data, folder));
            done += next.cell().cost();
        }
        watch.at(planned.size(), planned.size(), 1, "");
    }

    private boolean isOver() {
        return nanoTime.getAsLong() - begun >= options.limit().toNanos();
    }

    private CellOutcome leftOut(Cell cell) {
        return CellOutcome.skipped(
                cell,
                "not begun within the %s of the run. Maybe give the same command again: it goes on from here."
                        .formatted(NumberText.duration(options.limit().toNanos() / 1e9)));
    }

    private CellOutcome compute(Planned next, DataFolder data, RunFolder folder) {
        Cell cell = next.cell();
        CellRecord record;
        try {
            Workbench bench = new Workbench(cell, options, data, watch, nanoTime);
            cell.work().run(bench);
            requireGoingOn();
            record = bench.record();
        } catch (RunCancelled e) {
            throw e;
        } catch (CancellationException e) { // the process is ending, or the thread was interrupted
            throw new RunCancelled();
        } catch (CellSkipped e) {
            return told(CellOutcome.skipped(cell, String.valueOf(e.getMessage())));
        } catch (OutOfMemoryError e) {
            return told(CellOutcome.skipped(
                    cell,
                    "does not fit into memory, Java may use %s. Maybe give it more with ENGRAM_JAVA_OPTS=-Xmx..."
                            .formatted(NumberText.bytes(Runtime.getRuntime().maxMemory()))));
        } catch (RuntimeException e) {
            requireGoingOn();
            return told(failed(cell, e));
        }
        watch.write(() -> folder.keep(cell, record, next.fingerprint()));
        return new CellOutcome(cell.setting(), CellOutcome.Status.DONE, "", Optional.of(record));
    }

    private CellOutcome told(CellOutcome outcome) {
        watch.warn("%s: %s".formatted(outcome.setting(), outcome.reason()));
        return outcome;
    }

    private static CellOutcome failed(Cell cell, RuntimeException e) {
        String message = String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ");
        return CellOutcome.without(
                cell, CellOutcome.Status.FAILED, "%s: %s".formatted(e.getClass().getSimpleName(), message));
    }

    private void requireGoingOn() {
        if (!watch.goesOn()) {
            throw new RunCancelled();
        }
    }

    private static Map<String, String> digests(List<Cell> cells, DataFolder data, List<CellOutcome> outcomes) {
        Map<String, String> digests = new LinkedHashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            if (outcomes.get(i).isFinished()) {
                cells.get(i)
                        .data()
                        .forEach((set, count) -> digests.put(
                                set.title() + (count == 0 ? "" : ", first " + count), data.digest(set, count)));
            }
        }
        return digests;
    }
}
