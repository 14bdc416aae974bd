package dev.engram.experiments.beyond;

import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Setting;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.report.ContactSheet;
import dev.engram.io.PatternSet;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.HiddenTemporalMemory;
import dev.engram.memory.HiddenTemporalOptions;
import dev.engram.memory.Noise;
import dev.engram.memory.Score;
import dev.engram.memory.SequenceMemory;
import dev.engram.memory.Sequences;
import dev.engram.memory.TemporalMemory;
import dev.engram.memory.TemporalOptions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Pictures in a row: replayed from the first, and foretold from a noisy present. */
final class SequencePicturesCell {
    static final String DIRECT = "direct";
    static final String HIDDEN = "hidden";
    static final String STRONG = "hidden, λ = 100";
    static final String OFFLINE = "largest error, offline";
    static final String LAST = "error of the last frame, offline";
    static final String NOISY = "mean error, noisy present";
    static final String NOISY_RECALLED = "foretold fraction, noisy present";
    static final String NOISY_LATER = "foretold fraction, noisy present, from the second frame on";
    static final String CURVE = "error per frame, ";
    static final String SHEET = "replayed";
    static final double NOISE_STD = 0.2;

    private static final double STRONG_PRIOR = 100;
    private static final int SHOWN = 12;

    private final Workbench bench;
    private final DataSet set;

    SequencePicturesCell(Workbench bench, DataSet set) {
        this.bench = bench;
        this.set = set;
    }

    void run() {
        PatternSet pictures = bench.patterns(set);
        Sequences sequence = Sequences.of(pictures.patterns());
        LinearAlgebra la = LinearAlgebra.shared();
        HiddenTemporalMemory hidden = bench.timed(
                        bench.setting().with("model", HIDDEN),
                        "seconds of learning",
                        () -> HiddenTemporalMemory.learn(
                                sequence, HiddenTemporalOptions.defaults().withSeed(bench.seed()), la))
                .memory();
        Map<String, SequenceMemory> memories = new LinkedHashMap<>();
        memories.put(
                DIRECT,
                bench.timed(
                                bench.setting().with("model", DIRECT),
                                "seconds of learning",
                                () -> TemporalMemory.learn(sequence, TemporalOptions.defaults(), la))
                        .memory());
        memories.put(HIDDEN, hidden);
        memories.put(STRONG, hidden.withPriorPrecision(STRONG_PRIOR));
        memories.forEach((name, memory) -> {
            bench.requireGoingOn();
            Setting setting = bench.setting().with("model", name);
            Matrix replayed = offline(setting, name, memory, sequence);
            noisy(setting, memory, sequence);
            if (name.equals(HIDDEN)) {
                keepSheet(pictures, sequence, replayed);
            }
        });
    }

    private Matrix offline(Setting setting, String name, SequenceMemory memory, Sequences sequence) {
        Matrix replayed = memory.replay(sequence.all().slice(0, 1), SequencesExperiment.FRAMES - 1)
                .patterns();
        double[] errors = Score.of(sequence.nexts(), replayed).errors();
        bench.measure(setting, OFFLINE, Arrays.stream(errors).max().orElse(Double.NaN));
        bench.measure(setting, LAST, errors[errors.length - 1]);
        bench.curve(CURVE + name, errors);
        return replayed;
    }

    private void noisy(Setting setting, SequenceMemory memory, Sequences sequence) {
        Matrix noisy = Noise.ofStandardDeviation(NOISE_STD).addTo(sequence.presents(), bench.seed());
        Score score = Score.of(sequence.nexts(), memory.follow(noisy).patterns());
        bench.measure(setting, NOISY, score.mean());
        bench.measure(setting, NOISY_RECALLED, score.recoveredFraction(Score.DENOISING_THRESHOLD));
        double[] errors = score.errors();
        Score later = new Score(Arrays.copyOfRange(errors, 1, errors.length));
        bench.measure(setting, NOISY_LATER, later.recoveredFraction(Score.DENOISING_THRESHOLD));
    }

    private void keepSheet(PatternSet pictures, Sequences sequence, Matrix replayed) {
        int frames = replayed.rows();
        int[] shown = IntStream.range(0, SHOWN)
                .map(i -> i * (frames - 1) / (SHOWN - 1))
                .toArray();
        bench.sheet(
                SHEET,
                new ContactSheet(pictures.shape(), SHOWN)
                        .row("original", sequence.nexts().rows(shown))
                        .row("replayed", replayed.rows(shown))
                        .sheet());
    }
}
