package dev.engram.experiments.beyond;

import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Setting;
import dev.engram.experiments.frame.Workbench;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.HiddenTemporalMemory;
import dev.engram.memory.HiddenTemporalOptions;
import dev.engram.memory.Score;
import dev.engram.memory.SequenceMemory;
import dev.engram.memory.Sequences;
import dev.engram.memory.TemporalMemory;
import dev.engram.memory.TemporalOptions;
import java.util.stream.IntStream;

/** Two sequences of 50 pictures with 10 pictures in their middle in common. */
final class SequenceContextCell {
    static final int PICTURES = 90;
    static final String OFFLINE = "recalled after the shared frames, offline";
    static final String ONLINE = "recalled after the shared frames, online";

    private static final int LENGTH = 50;
    private static final int SHARED_FROM = 20;
    private static final int SHARED_TO = 30;

    private final Workbench bench;

    SequenceContextCell(Workbench bench) {
        this.bench = bench;
    }

    void run() {
        Matrix pictures = bench.patterns(DataSet.TINY_IMAGENET).patterns();
        int[] one = IntStream.range(0, LENGTH).toArray();
        int[] two = IntStream.range(0, LENGTH)
                .map(t -> t < SHARED_FROM ? LENGTH + t : t < SHARED_TO ? t : LENGTH + t - (SHARED_TO - SHARED_FROM))
                .toArray();
        Sequences sequences = Sequences.of(pictures.rows(one), pictures.rows(two));
        LinearAlgebra la = LinearAlgebra.shared();
        ask(
                SequencePicturesCell.DIRECT,
                TemporalMemory.learn(sequences, TemporalOptions.defaults(), la).memory(),
                sequences);
        ask(
                SequencePicturesCell.HIDDEN,
                HiddenTemporalMemory.learn(
                                sequences, HiddenTemporalOptions.defaults().withSeed(bench.seed()), la)
                        .memory(),
                sequences);
    }

    /** Row t of what is foretold is frame t + 1: from {@code SHARED_TO} - 1 on the sequences part again. */
    private void ask(String name, SequenceMemory memory, Sequences sequences) {
        Setting setting = bench.setting().with("model", name);
        int offline = 0;
        int online = 0;
        for (Matrix frames : sequences.frames()) {
            Matrix after = frames.slice(SHARED_TO, LENGTH);
            Matrix replayed = memory.replay(frames.slice(0, 1), LENGTH - 1).patterns();
            offline +=
                    Score.of(after, replayed.slice(SHARED_TO - 1, LENGTH - 1)).recovered(Score.COMPLETION_THRESHOLD);
            // online up to the last shared frame, where nothing but the past tells what comes
            Matrix followed = memory.follow(frames.slice(0, SHARED_TO)).patterns();
            online += Score.of(frames.slice(SHARED_TO, SHARED_TO + 1), followed.slice(SHARED_TO - 1, SHARED_TO))
                    .recovered(Score.COMPLETION_THRESHOLD);
        }
        bench.measure(setting, OFFLINE, offline / (2.0 * (LENGTH - SHARED_TO)));
        bench.measure(setting, ONLINE, online / 2.0);
    }
}
