package dev.engram.experiments.attractors;

import static dev.engram.experiments.kit.MetricNames.ANSWERING_SECONDS;
import static dev.engram.experiments.kit.MetricNames.BYTES;
import static dev.engram.experiments.kit.MetricNames.ERROR;
import static dev.engram.experiments.kit.MetricNames.LEARNING_SECONDS;
import static dev.engram.experiments.kit.MetricNames.RECOVERED;
import static dev.engram.experiments.kit.Parts.MEMORY;

import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.kit.Case;
import dev.engram.experiments.kit.Contest;
import dev.engram.io.PatternSet;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Mask;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Parts;
import dev.engram.memory.Region;
import dev.engram.memory.Score;
import dev.engram.memory.Shape;
import dev.engram.memory.attractor.AttractorOptions;
import dev.engram.memory.baseline.AffineSpan;
import dev.engram.memory.baseline.NearestNeighbour;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Pictures stored together with labels, vectors that have nothing to do with them: the label is asked of the picture, and the picture of the label. */
final class Associations {
    static final String ASSOCIATION = "association";
    static final String SHOWN = "shown";
    static final String UPPER_QUARTER = "upper quarter of the picture";
    static final String LABEL = "label alone";
    private static final String PICTURE_PART = "picture";
    private static final String LABEL_PART = "label";
    private static final int LABEL_VALUES = 64;

    private Associations() {}

    static void run(Workbench bench, Case of) {
        PatternSet set = bench.patterns(of.set());
        Matrix pictures = set.patterns();
        Matrix labels = uniform(pictures.rows(), bench.seed());
        Parts parts = Parts.of(PICTURE_PART, set.shape()).and(LABEL_PART, Shape.of(LABEL_VALUES));
        Matrix joined = parts.join(pictures, labels);
        Map<String, AssociativeMemory> memories = new LinkedHashMap<>();
        AttractorOptions options = AttractorOptions.over(
                PredictiveCodingOptions.defaults().withHidden(of.hidden()).withSeed(bench.seed()));
        memories.put(
                Trial.CODES,
                bench.timed(bench.setting().with(MEMORY, Trial.CODES), LEARNING_SECONDS, () -> options.learn(
                                joined, parts.shape(), bench.seed(), watch(bench), bench.la())
                        .memory()));
        memories.put(Contest.NEAREST, new NearestNeighbour(bench.la(), joined));
        memories.put(Contest.SPAN, new AffineSpan(bench.la(), joined));
        Mask quarter = Mask.known(new Region.Edge(Region.Edge.Side.TOP, 0.25), set.shape(), 1, 0);
        memories.forEach((name, memory) -> {
            bench.measure(bench.setting().with(MEMORY, name), BYTES, memory.bytes());
            Matrix found = ask(
                    bench,
                    UPPER_QUARTER,
                    name,
                    memory,
                    parts.cues(PICTURE_PART, pictures),
                    parts.known(PICTURE_PART, quarter));
            record(bench, UPPER_QUARTER, name, labels, parts.only(LABEL_PART, found));
            Matrix seen = ask(bench, LABEL, name, memory, parts.cues(LABEL_PART, labels), parts.known(LABEL_PART));
            record(bench, LABEL, name, pictures, parts.only(PICTURE_PART, seen));
        });
    }

    private static MemoryModel.Watch watch(Workbench bench) {
        return (update, updates, error) -> bench.goesOn();
    }

    private static Matrix ask(
            Workbench bench, String shown, String name, AssociativeMemory memory, Matrix cues, Mask mask) {
        bench.requireGoingOn();
        CellSetting asked = bench.setting().with(SHOWN, shown).with(MEMORY, name);
        return bench.timed(
                asked, ANSWERING_SECONDS, () -> memory.complete(cues, mask).patterns());
    }

    private static void record(Workbench bench, String shown, String name, Matrix wanted, Matrix found) {
        CellSetting asked = bench.setting().with(SHOWN, shown).with(MEMORY, name);
        Score score = Score.of(wanted, found);
        bench.measure(asked, RECOVERED, score.recoveredFraction(Score.COMPLETION_THRESHOLD));
        bench.measure(asked, ERROR, score.mean());
    }

    /** Labels, uniform in [0, 1). */
    private static Matrix uniform(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix labels = Matrix.zeros(rows, LABEL_VALUES);
        for (int i = 0; i < labels.data().length; i++) {
            labels.data()[i] = (float) random.nextDouble();
        }
        return labels;
    }
}
