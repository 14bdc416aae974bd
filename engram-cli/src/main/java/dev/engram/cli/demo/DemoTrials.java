package dev.engram.cli.demo;

import dev.engram.cli.console.Context;
import dev.engram.cli.console.Progress;
import dev.engram.inference.InferenceObserver;
import dev.engram.io.PatternSet;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Damage;
import dev.engram.memory.DamagedCues;
import dev.engram.memory.Recall;
import dev.engram.memory.Region;
import dev.engram.memory.baseline.AffineSpan;
import dev.engram.memory.baseline.NearestNeighbour;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import java.util.ArrayList;
import java.util.List;

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
        List<DemoTrial> trials = List.of(
                trial(progress, Damage.ofVariance(NOISE_VARIANCE), seed + NOISE_SEED),
                trial(progress, new Damage.Known("lower half missing", Region.parse("top:0.5")), seed),
                trial(progress, new Damage.Known("random 7/8 missing", Region.parse("random:0.125")), seed));
        progress.end();
        return trials;
    }

    private DemoTrial trial(Progress progress, Damage damage, long damageSeed) {
        DamagedCues cues = damage.apply(set.patterns(), set.shape(), damageSeed);
        List<double[]> energies = new ArrayList<>();
        InferenceObserver trace = step -> {
            energies.add(step.energyPerLayer());
            return !context.interruption().isCancelled();
        };
        double threshold = damage.threshold();
        DemoTrial.Scored engram = ask(progress, memory.watchedBy(trace), cues, threshold);
        DemoTrial.Scored affine = ask(progress, affineSpan, cues, threshold);
        DemoTrial.Scored nearest = ask(progress, nearestNeighbour, cues, threshold);
        return new DemoTrial(
                damage.name(),
                cues.cues(),
                threshold,
                engram,
                affine,
                nearest,
                column(energies, 0),
                column(energies, 1));
    }

    private DemoTrial.Scored ask(Progress progress, AssociativeMemory asked, DamagedCues cues, double threshold) {
        double start = progress.seconds();
        Recall recall = cues.ask(asked);
        context.interruption().requireGoingOn();
        double seconds = progress.seconds() - start;
        progress.advance(asked.model());
        return DemoTrial.Scored.of(set.patterns(), recall, threshold, seconds);
    }

    private static double[] column(List<double[]> rows, int column) {
        return rows.stream().mapToDouble(row -> row[column]).toArray();
    }
}
