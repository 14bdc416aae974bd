package dev.engram.experiments.attractors;

import static dev.engram.experiments.attractors.Trial.CODES;
import static dev.engram.experiments.kit.Contest.NEAREST;
import static dev.engram.experiments.kit.Contest.SPAN;
import static dev.engram.experiments.kit.MetricNames.ANSWERING_SECONDS;
import static dev.engram.experiments.kit.Parts.MEMORY;
import static dev.engram.experiments.kit.Parts.NOISE;

import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.kit.Case;
import dev.engram.experiments.kit.Question;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Calibration;
import dev.engram.memory.Noise;
import dev.engram.memory.baseline.AffineSpan;
import dev.engram.memory.baseline.NearestNeighbour;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Stored pictures against unseen ones by three scores of novelty: that of the memory over codes, the squared distance to the nearest stored
 * picture, and the squared distance to their affine span. Each is calibrated on clean pictures that are neither.
 */
final class Novelty {
    static final String FAMILIARITY = "familiarity";
    static final String CLEAN = "none";
    static final Question NOISY = Question.ofStandardDeviation(0.2);
    static final String AUROC = "AUROC";
    /** Unseen, and taken for stored. */
    static final String FALSE_ALARMS = "false alarms";
    /** Stored, and taken for unseen. */
    static final String MISSED = "missed";

    private Novelty() {}

    /** The data are the stored pictures, then the unseen, then those for calibration. */
    static void run(Workbench bench, Case of, int unseenCount) {
        Matrix all = bench.patterns(of.set()).patterns();
        Trial trial = new Trial(bench, of);
        Matrix stored = trial.stored();
        Matrix unseen = all.slice(stored.rows(), stored.rows() + unseenCount);
        Matrix others = all.slice(stored.rows() + unseenCount, all.rows());
        trial.contest().enterReady(CODES, trial.memory());
        NearestNeighbour nearest = new NearestNeighbour(bench.la(), stored);
        AffineSpan span = new AffineSpan(bench.la(), stored);
        trial.contest().enterReady(NEAREST, nearest).enterReady(SPAN, span);
        Map<String, Function<Matrix, double[]>> scores = new LinkedHashMap<>();
        scores.put(CODES, cues -> trial.memory().familiarity(cues).novelty());
        scores.put(NEAREST, cues -> nearest.recall(cues).energy());
        scores.put(SPAN, cues -> span.recall(cues).energy());
        Noise noise = NOISY.noise();
        scores.forEach((name, score) -> {
            double threshold = Calibration.of(score.apply(others), Calibration.FALSE_ALARM_RATE)
                    .threshold();
            bench.requireGoingOn();
            compare(bench, CLEAN, name, threshold, score, stored, unseen);
            compare(
                    bench,
                    NOISY.value(),
                    name,
                    threshold,
                    score,
                    noise.addTo(stored, bench.seed()),
                    noise.addTo(unseen, bench.seed() + 1));
        });
    }

    private static void compare(
            Workbench bench,
            String noise,
            String name,
            double threshold,
            Function<Matrix, double[]> score,
            Matrix stored,
            Matrix unseen) {
        CellSetting asked = bench.setting().with(NOISE, noise).with(MEMORY, name);
        double[] known = bench.timed(asked, ANSWERING_SECONDS, () -> score.apply(stored));
        double[] fresh = score.apply(unseen);
        bench.requireGoingOn();
        bench.measure(asked, AUROC, auroc(known, fresh));
        bench.measure(
                asked,
                FALSE_ALARMS,
                Arrays.stream(fresh).filter(s -> s <= threshold).count() / (double) fresh.length);
        bench.measure(
                asked, MISSED, Arrays.stream(known).filter(s -> s > threshold).count() / (double) known.length);
    }

    /** How often what is unseen scores higher than what is stored, over all pairs; half for a tie. */
    static double auroc(double[] stored, double[] unseen) {
        double wins = 0;
        for (double known : stored) {
            for (double fresh : unseen) {
                wins += fresh > known ? 1 : fresh == known ? 0.5 : 0;
            }
        }
        return wins / stored.length / unseen.length;
    }
}
