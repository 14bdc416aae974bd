package dev.engram.experiments.sequences;

import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.report.ContactSheet;
import dev.engram.io.PatternSet;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Noise;
import dev.engram.memory.Score;
import dev.engram.memory.sequence.SequenceMemory;
import dev.engram.memory.sequence.Sequences;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/** A sequence of pictures, replayed from the first and predicted from noisy ones. */
final class PicturesInOrder {
    static final String TASK = "pictures in order";
    static final String WORST_OFFLINE = "largest error, offline";
    static final String LAST_OFFLINE = "last error, offline";
    static final String NOISY = "mean error, noisy present";
    static final String NOISY_RECALLED = "foretold fraction, noisy present";
    static final String NOISY_LATER = "foretold fraction, noisy present, from the second frame on";
    static final String OFFLINE_CURVE = "offline, ";
    static final String NOISY_CURVE = "noisy present, ";
    static final String SHEET = "frames";
    static final Noise NOISE = Noise.ofStandardDeviation(0.2);

    private static final int SHOWN = 12;

    private final Workbench bench;
    private final PatternSet pictures;
    private final Sequences sequence;

    PicturesInOrder(Workbench bench, DataSet set) {
        this.bench = bench;
        this.pictures = bench.patterns(set);
        this.sequence = Sequences.of(pictures.patterns());
    }

    void run() {
        SequenceModels models = new SequenceModels(bench);
        Map<String, SequenceMemory> memories = models.learn(sequence);
        Matrix noisy = NOISE.addTo(sequence.presents(), bench.seed());
        ContactSheet sheet = new ContactSheet(pictures.shape(), SHOWN).row("original", shown(sequence.nexts()));
        memories.forEach((name, memory) -> {
            bench.requireGoingOn();
            Matrix replayed = memory.replay(
                            pictures.patterns().slice(0, 1), sequence.nexts().rows())
                    .patterns();
            offline(models.asked(name), OFFLINE_CURVE + name, replayed);
            Matrix predicted = memory.follow(noisy).patterns();
            noisy(models.asked(name), NOISY_CURVE + name, predicted);
            if (name.equals(SequenceModels.HIDDEN)) {
                sheet.row("replayed", shown(replayed)).row("noisy present", shown(noisy));
            }
            if (name.equals(SequenceModels.STRONG)) {
                sheet.row("foretold", shown(predicted));
            }
        });
        bench.sheet(SHEET, sheet.sheet());
    }

    private void offline(CellSetting asked, String curve, Matrix replayed) {
        double[] errors = Score.of(sequence.nexts(), replayed).errors();
        bench.measure(asked, WORST_OFFLINE, Arrays.stream(errors).max().orElseThrow());
        bench.measure(asked, LAST_OFFLINE, errors[errors.length - 1]);
        bench.curve(curve, errors);
    }

    private void noisy(CellSetting asked, String curve, Matrix predicted) {
        Score score = Score.of(sequence.nexts(), predicted);
        double[] errors = score.errors();
        Score later = new Score(Arrays.copyOfRange(errors, 1, errors.length));
        bench.measure(asked, NOISY, score.mean());
        bench.measure(asked, NOISY_RECALLED, score.recoveredFraction(Score.DENOISING_THRESHOLD));
        bench.measure(asked, NOISY_LATER, later.recoveredFraction(Score.DENOISING_THRESHOLD));
        bench.curve(curve, errors);
    }

    private static Matrix shown(Matrix frames) {
        return frames.rows(IntStream.range(0, SHOWN)
                .map(i -> i * (frames.rows() - 1) / (SHOWN - 1))
                .toArray());
    }
}
