package dev.engram.experiments.hopfield;

import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Setting;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.report.ContactSheet;
import dev.engram.io.PatternSet;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.CovarianceMemory;
import dev.engram.memory.CovarianceOptions;
import dev.engram.memory.Mask;
import dev.engram.memory.Region;
import dev.engram.memory.Score;
import java.util.stream.IntStream;

/** Digits completed from their upper part by the covariance-learning network, whose linear units take grey values as they are. */
final class CovarianceCell {
    static final Setting SETTING = Setting.of("memory", "covariance");
    static final String SHEET = "completion from 1/2";
    static final String COMPLETED = "completed fraction";
    private static final double SHOWN_PART = 0.5;
    private static final double[] KNOWN = {0.25, SHOWN_PART, 0.75};
    private static final int SHOWN = 12;

    private final Workbench bench;

    CovarianceCell(Workbench bench) {
        this.bench = bench;
    }

    void run() {
        PatternSet set = bench.patterns(DataSet.MNIST);
        Matrix originals = set.patterns();
        CovarianceMemory memory =
                CovarianceMemory.learn(originals, CovarianceOptions.defaults(), LinearAlgebra.shared());
        for (double known : KNOWN) {
            bench.requireGoingOn();
            Region part = new Region.Edge(Region.Edge.Side.TOP, known);
            Mask mask = Mask.known(part, set.shape(), 1, bench.seed());
            Matrix cues = mask.blank(originals, 0);
            Matrix answers = memory.complete(cues, mask).patterns();
            bench.measure(
                    bench.setting().with("known", known),
                    COMPLETED,
                    Score.of(originals, answers).recoveredFraction(Score.COMPLETION_THRESHOLD));
            if (known == SHOWN_PART) {
                int[] first =
                        IntStream.range(0, Math.min(SHOWN, originals.rows())).toArray();
                bench.sheet(
                        SHEET,
                        new ContactSheet(set.shape(), SHOWN)
                                .row("original", originals.rows(first))
                                .row("cue", cues.rows(first))
                                .row("completed", answers.rows(first))
                                .sheet());
            }
        }
    }
}
