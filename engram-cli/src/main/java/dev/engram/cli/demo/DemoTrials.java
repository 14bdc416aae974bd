package dev.engram.cli.demo;

import dev.engram.cli.console.Context;
import dev.engram.cli.console.Progress;
import dev.engram.inference.InferenceObserver;
import dev.engram.io.PatternSet;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Mask;
import dev.engram.memory.Noise;
import dev.engram.memory.Recall;
import dev.engram.memory.Region;
import dev.engram.memory.Score;
import dev.engram.memory.baseline.AffineSpan;
import dev.engram.memory.baseline.NearestNeighbour;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Damages the demo's patterns in three ways and shows each to three memories. */
final class DemoTrials {
    private static final double NOISE_VARIANCE = 0.2;
    private static final long NOISE_SEED = 1;
    private static final int TRIALS = 3;

    private final Context context;
    private final PatternSet set;
    private final PredictiveCodingMemory memory;
    private final AffineSpan affineSpan;
    private final NearestNeighbour nearestNeighbour;
    private final long seed;

    DemoTrials(Context context, PatternSet set, PredictiveCodingMemory memory, long seed) {
        this.context = context;
        this.set = set;
        this.memory = memory;
        this.affineSpan = new AffineSpan(context.la(), set.patterns());
        this.nearestNeighbour = new NearestNeighbour(set.patterns());
        this.seed = seed;
    }

    List<DemoTrial> run() {
        Progress progress = new Progress(context.terminal(), "recalling", TRIALS * 3);
        Matrix noisy = Noise.ofVariance(NOISE_VARIANCE).addTo(set.patterns(), seed + NOISE_SEED);
        List<DemoTrial> trials = new ArrayList<>();
        trials.add(trial(
                progress,
                "noise of variance " + NOISE_VARIANCE,
                noisy,
                Score.DENOISING_THRESHOLD,
                m -> m.recall(noisy)));
        trials.add(completion(progress, "lower half missing", Region.parse("top:0.5")));
        trials.add(completion(progress, "random 7/8 missing", Region.parse("random:0.125")));
        progress.end();
        return trials;
    }

    private DemoTrial completion(Progress progress, String name, Region known) {
        Mask mask = Mask.known(known, set.shape(), set.count(), seed);
        Matrix cues = mask.blank(set.patterns(), 0);
        return trial(progress, name, cues, Score.COMPLETION_THRESHOLD, m -> m.complete(cues, mask));
    }

    private DemoTrial trial(
            Progress progress,
            String name,
            Matrix cues,
            double threshold,
            Function<AssociativeMemory, Recall> question) {
        List<double[]> energies = new ArrayList<>();
        InferenceObserver trace = step -> {
            energies.add(step.energyPerLayer());
            return !context.interruption().isCancelled();
        };
        DemoTrial.Answer engram = ask(progress, memory.watchedBy(trace), question, threshold);
        DemoTrial.Answer affine = ask(progress, affineSpan, question, threshold);
        DemoTrial.Answer nearest = ask(progress, nearestNeighbour, question, threshold);
        return new DemoTrial(name, cues, threshold, engram, affine, nearest, column(energies, 0), column(energies, 1));
    }

    private DemoTrial.Answer ask(
            Progress progress,
            AssociativeMemory asked,
            Function<AssociativeMemory, Recall> question,
            double threshold) {
        double start = progress.seconds();
        Recall recall = question.apply(asked);
        context.interruption().requireGoingOn();
        double seconds = progress.seconds() - start;
        progress.advance(asked.model());
        return DemoTrial.Answer.of(set.patterns(), recall, threshold, seconds);
    }

    private static double[] column(List<double[]> rows, int column) {
        return rows.stream().mapToDouble(row -> row[column]).toArray();
    }
}
