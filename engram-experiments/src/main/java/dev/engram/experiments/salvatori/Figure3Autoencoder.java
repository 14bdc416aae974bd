package dev.engram.experiments.salvatori;

import static dev.engram.experiments.kit.MetricNames.ANSWERING_SECONDS;
import static dev.engram.experiments.kit.MetricNames.BYTES;
import static dev.engram.experiments.kit.Parts.MEMORY;

import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.kit.Contest;
import dev.engram.experiments.kit.Question;
import dev.engram.io.PatternSet;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Damage;
import dev.engram.memory.Score;
import dev.engram.memory.autoencoder.Autoencoder;
import dev.engram.memory.autoencoder.AutoencoderOptions;

/** One autoencoder of figure 3, its answer shown to it again like the network's; the best of up to 30 iterations counts. */
final class Figure3Autoencoder {
    static final String NAME = "autoencoder, best F";
    private static final int MOST = 30;

    private Figure3Autoencoder() {}

    /** @param steps of training */
    static void run(Workbench bench, PatternSet set, int hidden, int cues, int steps) {
        Contest contest = new Contest(bench, set, cues);
        CellSetting learned = bench.setting().with(MEMORY, NAME);
        AutoencoderOptions options = AutoencoderOptions.defaults()
                .withHidden(1, hidden)
                .withUpdates(steps)
                .withSeed(bench.seed());
        Autoencoder memory = Trained.learn(bench, learned, set.patterns(), options);
        bench.measure(learned, BYTES, memory.bytes());
        for (Question noise : Figure3.NOISES) {
            Matrix cue = noise.damage()
                    .apply(contest.originals(), set.shape(), bench.seed())
                    .cues();
            CellSetting asked = noise.on(bench.setting()).with(MEMORY, NAME);
            contest.record(
                    asked,
                    noise.damage(),
                    bench.timed(
                            asked, ANSWERING_SECONDS, () -> best(contest.originals(), cue, memory, noise.damage())));
        }
    }

    private static Matrix best(Matrix originals, Matrix cue, Autoencoder memory, Damage noise) {
        Matrix answer = cue;
        BestAnswer best = new BestAnswer(noise.threshold(), cue);
        for (int iteration = 1; iteration <= MOST; iteration++) {
            answer = memory.recall(answer).patterns();
            best.offer(Score.of(originals, answer), answer, iteration);
        }
        return best.answer();
    }
}
