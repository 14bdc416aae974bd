package dev.engram.experiments.baselines;

import dev.engram.experiments.frame.Setting;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.report.ContactSheet;
import dev.engram.io.PatternSet;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Mask;
import dev.engram.memory.Noise;
import dev.engram.memory.Recall;
import dev.engram.memory.Region;
import dev.engram.memory.Score;
import dev.engram.memory.baseline.AffineSpan;
import dev.engram.memory.baseline.NearestNeighbour;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The first N pictures of a data set, damaged in every way and shown to both memories. */
final class BaselinesCell {
    static final String RECOVERED = "recovered fraction";
    static final String ERROR = "mean squared error";
    static final String KNOWN_VALUES = "known values";
    static final String EXPECTED_ERROR = "sigma^2 N / d";
    static final String NEAREST = "nearest neighbour";
    static final String SPAN = "affine span";
    static final String SHEET = "completion from 1/16";
    static final List<Double> KNOWN = List.of(0.5, 0.25, 0.125, 0.0625);
    static final Map<String, Noise> NOISES = new TreeMap<>(Map.of(
            "noise of variance 0.2", Noise.ofVariance(0.2),
            "noise of standard deviation 0.2", Noise.ofStandardDeviation(0.2)));
    private static final int SHOWN = 12;

    private final Workbench bench;
    private final PatternSet set;
    private final Matrix originals;
    private final Map<String, AssociativeMemory> memories;

    /** @param cues how many of the pictures are asked for */
    BaselinesCell(Workbench bench, PatternSet set, int cues) {
        this.bench = bench;
        this.set = set;
        this.originals = set.patterns().slice(0, Math.min(cues, set.count()));
        this.memories = new TreeMap<>(Map.of(
                NEAREST, new NearestNeighbour(set.patterns()),
                SPAN, new AffineSpan(LinearAlgebra.shared(), set.patterns())));
    }

    void run() {
        KNOWN.forEach(this::complete);
        NOISES.forEach(this::recall);
    }

    private void complete(double fraction) {
        Region part = new Region.Edge(Region.Edge.Side.TOP, fraction);
        Mask mask = Mask.known(part, set.shape(), 1, bench.seed());
        Matrix cues = mask.blank(originals, 0);
        Setting setting = bench.setting().with("known", fraction);
        bench.measure(setting, KNOWN_VALUES, mask.knownValues(0));
        Map<String, Matrix> answers = ask(setting, Score.COMPLETION_THRESHOLD, m -> m.complete(cues, mask));
        if (fraction == KNOWN.get(KNOWN.size() - 1)) {
            int[] first = IntStream.range(0, Math.min(SHOWN, originals.rows())).toArray();
            bench.sheet(
                    SHEET,
                    new ContactSheet(set.shape(), SHOWN)
                            .row("original", originals.rows(first))
                            .row("cue", cues.rows(first))
                            .row("affine span", answers.getOrDefault(SPAN, cues).rows(first))
                            .row("nearest", answers.getOrDefault(NEAREST, cues).rows(first))
                            .sheet());
        }
    }

    private void recall(String name, Noise noise) {
        Matrix cues = noise.addTo(originals, bench.seed());
        Setting setting = bench.setting().with("noise", name);
        bench.measure(
                setting,
                EXPECTED_ERROR,
                noise.variance() * set.count() / set.shape().values());
        ask(setting, Score.DENOISING_THRESHOLD, m -> m.recall(cues));
    }

    private Map<String, Matrix> ask(Setting setting, double threshold, Function<AssociativeMemory, Recall> question) {
        Map<String, Matrix> answers = new TreeMap<>();
        memories.forEach((name, memory) -> {
            bench.requireGoingOn();
            Setting asked = setting.with("memory", name);
            Matrix answer =
                    bench.timed(asked, "seconds", () -> question.apply(memory)).patterns();
            Score score = Score.of(originals, answer);
            bench.measure(asked, RECOVERED, score.recoveredFraction(threshold));
            bench.measure(asked, ERROR, score.mean());
            answers.put(name, answer);
        });
        return answers;
    }
}
