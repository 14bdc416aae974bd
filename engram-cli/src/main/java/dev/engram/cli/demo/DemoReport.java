package dev.engram.cli.demo;

import dev.engram.experiments.report.Axis;
import dev.engram.experiments.report.ContactSheet;
import dev.engram.experiments.report.HtmlPage;
import dev.engram.experiments.report.LineChart;
import dev.engram.experiments.report.ResultRow;
import dev.engram.experiments.report.ResultsJson;
import dev.engram.experiments.report.Series;
import dev.engram.experiments.report.Sheet;
import dev.engram.experiments.report.Table;
import dev.engram.experiments.report.Verdict;
import dev.engram.io.NumberText;
import dev.engram.io.PatternSet;
import dev.engram.io.file.AtomicFiles;
import dev.engram.io.memory.Software;
import dev.engram.learning.LocalLeastSquares;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Learned;
import dev.engram.memory.Score;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import dev.engram.network.GenerativeNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The demo's report: one HTML file that needs nothing else, and its numbers as {@code results.json}. */
final class DemoReport {
    static final String PAGE = "index.html";
    private static final int SAMPLES = 16;
    private static final int MOST_FAILURES = 48;
    private static final double HALF_CLAIM = 0.85;

    private final PatternSet set;
    private final PredictiveCodingOptions options;
    private final Learned<? extends AssociativeMemory> learned;
    private final double seconds;
    private final List<DemoTrial> trials;
    private final Software software;
    private final GenerativeNetwork network;

    DemoReport(
            PatternSet set,
            PredictiveCodingOptions options,
            GenerativeNetwork network,
            Learned<? extends AssociativeMemory> learned,
            double seconds,
            List<DemoTrial> trials,
            Software software) {
        this.set = set;
        this.options = options;
        this.network = network;
        this.learned = learned;
        this.seconds = seconds;
        this.trials = trials;
        this.software = software;
    }

    /** Writes the folder, all or nothing. */
    void write(Path folder) {
        String page = page();
        String json = ResultsJson.of(results());
        AtomicFiles.writeFolder(folder, fresh -> {
            fresh.write(PAGE, page);
            fresh.write(ResultsJson.FILE, json);
        });
    }

    List<ResultRow> results() {
        List<ResultRow> rows = new ArrayList<>();
        rows.add(row("learning", "seconds", seconds, "", true));
        double regenerated = learned.audit().recoveredFraction(Score.COMPLETION_THRESHOLD);
        rows.add(row("learning", "regenerated fraction", regenerated, "all", regenerated == 1));
        double[] claims = {0, HALF_CLAIM, 1};
        for (int i = 0; i < trials.size(); i++) {
            DemoTrial trial = trials.get(i);
            double fraction = trial.engram().score().recoveredFraction(trial.threshold());
            String claim = claims[i] == 0 ? "" : "at least " + claims[i];
            String engram = trial.name() + ", engram";
            rows.add(row(engram, "recovered fraction", fraction, claim, fraction >= claims[i]));
            rows.add(row(engram, "mean squared error", trial.engram().score().mean(), "", true));
            rows.add(row(engram, "seconds", trial.engram().seconds(), "", true));
            rows.add(recovered(trial, "affine span", trial.affineSpan()));
            rows.add(recovered(trial, "nearest neighbour", trial.nearestNeighbour()));
        }
        return rows;
    }

    private static ResultRow recovered(DemoTrial trial, String memory, DemoTrial.Scored answer) {
        double fraction = answer.score().recoveredFraction(trial.threshold());
        return row(trial.name() + ", " + memory, "recovered fraction", fraction, "", true);
    }

    private static ResultRow row(String setting, String metric, double value, String claim, boolean met) {
        return new ResultRow("demo", setting, metric, value, claim, Verdict.of(met));
    }

    private String page() {
        LocalLeastSquares rule = (LocalLeastSquares) options.rule();
        HtmlPage page = new HtmlPage("A memory of %d flags".formatted(set.count()))
                .lead(
                        "A generative predictive-coding network with %d hidden value nodes stored %d flags of %s values in its weights. It was then shown damaged ones and settled into an equilibrium: what you see below is what it remembered."
                                .formatted(network.size(1), set.count(), set.shape()))
                .table("recovered", recovered())
                .note(
                        "Recovered: mean squared error below %s for noise and below %s for missing parts. The affine span is the closest weighted sum of the originals, the best a linear network could do; the nearest neighbour keeps all originals and looks the answer up. Where they win, they win: this demo shows what a network does without keeping the originals."
                                .formatted(Score.DENOISING_THRESHOLD, Score.COMPLETION_THRESHOLD));
        for (int i = 0; i < trials.size(); i++) {
            section(page, i + 1, trials.get(i));
        }
        page.heading("How it was made").table("costs", costs()).facts(facts(rule, software));
        return page.html();
    }

    private Table recovered() {
        Table table = new Table("").texts("recovered").numbers("Engram", "affine span", "nearest neighbour");
        for (DemoTrial trial : trials) {
            table.row(
                    Table.Entry.text(trial.name()),
                    recovered(trial.engram()),
                    recovered(trial.affineSpan()),
                    recovered(trial.nearestNeighbour()));
        }
        return table;
    }

    private Table.Entry recovered(DemoTrial.Scored answer) {
        return Table.Entry.percent((double) answer.recovered() / set.count());
    }

    private Table costs() {
        long pattern = (long) Float.BYTES * set.shape().values();
        return new Table("")
                .texts("memory")
                .numbers("kept", "all recalled in")
                .row(costs("Engram", learned.memory().bytes(), DemoTrial::engram))
                .row(costs("affine span", pattern * (set.count() + 1), DemoTrial::affineSpan))
                .row(costs("nearest neighbour", pattern * set.count(), DemoTrial::nearestNeighbour));
    }

    private Table.Entry[] costs(String name, long bytes, Function<DemoTrial, DemoTrial.Scored> memory) {
        double recalling = trials.stream()
                .mapToDouble(trial -> memory.apply(trial).seconds())
                .sum();
        return new Table.Entry[] {Table.Entry.text(name), Table.Entry.bytes(bytes), Table.Entry.duration(recalling)};
    }

    private Map<String, String> facts(LocalLeastSquares rule, Software software) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("network", network.toString());
        facts.put(
                "learning",
                "%d updates of %d inference steps by local least squares (ridge %s) in %s"
                        .formatted(
                                learned.updates(),
                                options.inferenceSteps(),
                                rule.ridge(),
                                NumberText.duration(seconds)));
        facts.put(
                "recall",
                "prior precision %s; annealed for missing parts, kept for noise".formatted(options.priorPrecision()));
        facts.put("seed", String.valueOf(options.seed()));
        facts.put("software", "Engram %s, Java %s".formatted(software.engram(), software.java()));
        facts.put("machine", "%s, %s".formatted(software.os(), software.blas()));
        facts.put("flags", "the flag-icons package (MIT licence)");
        facts.put("data digest", set.digest());
        return facts;
    }

    private void section(HtmlPage page, int number, DemoTrial trial) {
        int[] shown = spread();
        page.heading(Character.toUpperCase(trial.name().charAt(0))
                        + trial.name().substring(1))
                .sheet(
                        sheet(trial, shown),
                        "%d flags in three rows: original, cue, recalled".formatted(shown.length),
                        "%d of the %d flags, evenly chosen. Mean squared error over all: %s."
                                .formatted(
                                        shown.length,
                                        set.count(),
                                        NumberText.brief(trial.engram().score().mean())))
                .figure(
                        "energy-" + number,
                        new LineChart(Axis.linear("inference step"), Axis.logarithmic("energy of all cues"))
                                .add(Series.ofSteps("sensory layer", trial.sensoryEnergy()))
                                .add(Series.ofSteps("memory layer", trial.priorEnergy())),
                        "The energy falls until the forces on all value nodes are in balance. Where the prior precision is lowered, the memory layer's share drops in steps.");
        int[] failures = failures(trial);
        if (failures.length > 0) {
            page.sheet(
                    sheet(trial, failures),
                    "%d flags that did not come back: original, cue, recalled".formatted(failures.length),
                    "%s did not come back within the threshold; %s."
                            .formatted(
                                    NumberText.count(
                                            set.count() - trial.engram().recovered(), "flag"),
                                    failures.length
                                                    < set.count()
                                                            - trial.engram().recovered()
                                            ? "the %d furthest off".formatted(failures.length)
                                            : "the furthest off first"));
        }
    }

    private Sheet sheet(DemoTrial trial, int[] chosen) {
        return new ContactSheet(set.shape(), SAMPLES)
                .row("original", set.patterns().rows(chosen))
                .row("cue", trial.cues().rows(chosen))
                .row("recalled", trial.engram().recall().patterns().rows(chosen))
                .sheet();
    }

    private int[] spread() {
        return IntStream.range(0, SAMPLES)
                .map(i -> i * set.count() / SAMPLES)
                .distinct()
                .toArray();
    }

    private int[] failures(DemoTrial trial) {
        double[] errors = trial.engram().score().errors();
        return IntStream.range(0, errors.length)
                .filter(i -> errors[i] >= trial.threshold())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -errors[i]))
                .mapToInt(i -> i)
                .limit(MOST_FAILURES)
                .toArray();
    }
}
