package dev.engram.cli;

import dev.engram.cli.report.ContactSheet;
import dev.engram.cli.report.HtmlPage;
import dev.engram.cli.report.LineChart;
import dev.engram.cli.report.ResultRow;
import dev.engram.io.AtomicFiles;
import dev.engram.io.PatternSet;
import dev.engram.io.Software;
import dev.engram.learning.LocalLeastSquares;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.PredictiveCodingMemory;
import dev.engram.memory.PredictiveCodingOptions;
import dev.engram.memory.Score;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The demo's report: one HTML file that needs nothing else, and its numbers as {@code results.json}. */
final class DemoReport {
    static final String PAGE = "index.html";
    private static final String RESULTS = "results.json";
    private static final int SAMPLES = 16;
    private static final int MOST_FAILURES = 48;
    private static final double HALF_CLAIM = 0.85;

    private final PatternSet set;
    private final PredictiveCodingOptions options;
    private final PredictiveCodingMemory.Learned learned;
    private final double seconds;
    private final List<DemoTrial> trials;

    DemoReport(
            PatternSet set,
            PredictiveCodingOptions options,
            PredictiveCodingMemory.Learned learned,
            double seconds,
            List<DemoTrial> trials) {
        this.set = set;
        this.options = options;
        this.learned = learned;
        this.seconds = seconds;
        this.trials = trials;
    }

    /** Writes the folder, all or nothing. */
    void write(Path folder) {
        String page = page();
        String json = JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(results());
        AtomicFiles.writeFolder(folder, directory -> {
            Files.writeString(directory.resolve(PAGE), page, StandardCharsets.UTF_8);
            Files.writeString(directory.resolve(RESULTS), json, StandardCharsets.UTF_8);
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
            rows.add(row(trial.name() + ", engram", "recovered fraction", fraction, claim, fraction >= claims[i]));
            rows.add(row(
                    trial.name() + ", engram",
                    "mean squared error",
                    trial.engram().score().mean(),
                    "",
                    true));
            rows.add(row(trial.name() + ", engram", "seconds", trial.engram().seconds(), "", true));
            rows.add(row(
                    trial.name() + ", affine span",
                    "recovered fraction",
                    trial.affineSpan().score().recoveredFraction(trial.threshold()),
                    "",
                    true));
            rows.add(row(
                    trial.name() + ", nearest neighbour",
                    "recovered fraction",
                    trial.nearestNeighbour().score().recoveredFraction(trial.threshold()),
                    "",
                    true));
        }
        return rows;
    }

    private static ResultRow row(String setting, String metric, double value, String claim, boolean met) {
        return new ResultRow("demo", setting, metric, value, claim, met);
    }

    private String page() {
        LocalLeastSquares rule = (LocalLeastSquares) options.rule();
        Software software = Software.current(LinearAlgebra.shared().description());
        HtmlPage page = new HtmlPage("A memory of %d flags".formatted(set.count()))
                .paragraph(
                        "A generative predictive-coding network with %d hidden value nodes stored %d flags of %s values in its weights. It was then shown damaged ones and settled into an equilibrium: what you see below is what it remembered."
                                .formatted(learned.memory().network().size(1), set.count(), set.shape()))
                .table(
                        List.of("recovered", "Engram", "affine span", "nearest neighbour"),
                        trials.stream()
                                .map(t -> List.of(
                                        t.name(),
                                        Numbers.percent(t.engram().recovered(), set.count()),
                                        Numbers.percent(t.affineSpan().recovered(), set.count()),
                                        Numbers.percent(t.nearestNeighbour().recovered(), set.count())))
                                .toList())
                .note(
                        "Recovered: mean squared error below %s for noise and below %s for missing parts. The affine span is the closest weighted sum of the originals, the best a linear network could do; the nearest neighbour keeps all originals and looks the answer up. Where they win, they win: this demo shows what a network does without keeping the originals."
                                .formatted(Score.DENOISING_THRESHOLD, Score.COMPLETION_THRESHOLD));
        for (DemoTrial trial : trials) {
            section(page, trial);
        }
        page.heading("How it was made")
                .table(
                        List.of("memory", "bytes kept", "all recalled in"),
                        List.of(
                                List.of(
                                        "Engram (learned in %s)".formatted(Progress.duration(seconds)),
                                        Numbers.bytes(learned.memory().bytes()),
                                        Progress.duration(sum(t -> t.engram().seconds()))),
                                List.of(
                                        "affine span",
                                        Numbers.bytes((long) Float.BYTES
                                                * (set.count() + 1)
                                                * set.shape().values()),
                                        Progress.duration(
                                                sum(t -> t.affineSpan().seconds()))),
                                List.of(
                                        "nearest neighbour",
                                        Numbers.bytes((long) Float.BYTES
                                                * set.count()
                                                * set.shape().values()),
                                        Progress.duration(
                                                sum(t -> t.nearestNeighbour().seconds())))))
                .note(
                        "%s. %d updates of %d inference steps by local least squares (ridge %s), prior precision %s, seed %d. Completion anneals the prior precision; recall of noisy cues does not. Engram %s, Java %s, %s, %s. Flags: the flag-icons package (MIT licence), data digest %s."
                                .formatted(
                                        learned.memory().network(),
                                        learned.updates(),
                                        options.inferenceSteps(),
                                        rule.ridge(),
                                        options.priorPrecision(),
                                        options.seed(),
                                        software.engram(),
                                        software.java(),
                                        software.os(),
                                        software.blas(),
                                        set.digest().substring(0, 12)));
        return page.html();
    }

    private double sum(ToDoubleFunction<DemoTrial> seconds) {
        return trials.stream().mapToDouble(seconds).sum();
    }

    private void section(HtmlPage page, DemoTrial trial) {
        int[] shown = spread();
        page.heading(Character.toUpperCase(trial.name().charAt(0))
                        + trial.name().substring(1))
                .sheet(
                        sheet(trial, shown),
                        "%d flags in three rows: original, cue, recalled".formatted(shown.length),
                        "Top to bottom: original, cue, recalled. %d of the %d flags, evenly chosen. Mean squared error over all: %s."
                                .formatted(
                                        shown.length,
                                        set.count(),
                                        Numbers.brief(trial.engram().score().mean())))
                .chart(
                        new LineChart("inference step", "energy of all cues")
                                .curve("sensory layer", trial.sensoryEnergy())
                                .curve("memory layer", trial.priorEnergy()),
                        "The energy falls until the forces on all value nodes are in balance. Where the prior precision is lowered, the memory layer's share drops in steps.");
        int[] failures = failures(trial);
        if (failures.length > 0) {
            page.sheet(
                    sheet(trial, failures),
                    "%d flags that did not come back: original, cue, recalled".formatted(failures.length),
                    "%s did not come back within the threshold; %s."
                            .formatted(
                                    Numbers.count(set.count() - trial.engram().recovered(), "flag"),
                                    failures.length
                                                    < set.count()
                                                            - trial.engram().recovered()
                                            ? "the %d furthest off".formatted(failures.length)
                                            : "the furthest off first"));
        }
    }

    private ContactSheet sheet(DemoTrial trial, int[] chosen) {
        return new ContactSheet(set.shape(), SAMPLES)
                .row(set.patterns().rows(chosen))
                .row(clipped(trial.cues().rows(chosen)))
                .row(clipped(trial.engram().recall().patterns().rows(chosen)));
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

    private static Matrix clipped(Matrix patterns) {
        for (int i = 0; i < patterns.data().length; i++) {
            patterns.data()[i] = Math.max(0, Math.min(1, patterns.data()[i]));
        }
        return patterns;
    }
}
