package dev.engram.experiments.sequences;

import static dev.engram.experiments.kit.Parts.MEMORY;

import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.Workbench;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.hopfield.Separation;
import dev.engram.memory.sequence.AsymmetricHopfield;
import dev.engram.memory.sequence.SequenceMemory;
import dev.engram.memory.sequence.Sequences;
import dev.engram.memory.sequence.TemporalMemory;
import dev.engram.memory.sequence.TemporalOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Forgetting: sequences of random frames of -1 and 1 are learned one after the other, none of them twice, and after each all the earlier ones
 * are replayed.
 *
 * <p>An asymmetric Hopfield network adds what it learns to its weights, or keeps it: it is the same whether it learns sequences one by one or
 * at once. Temporal predictive coding is not, so it stands here twice.
 */
final class Forgetting {
    static final String TASK = "one sequence after the other";
    static final String DRAW = "draw";
    static final String LEARNED = "sequences learned";
    static final String EARLIER = "wrong bits of the earlier sequences, replayed";
    static final String FOLLOWED = "wrong bits of the earlier sequences, each present frame shown";
    static final String FIRST = "wrong bits of the first sequence, replayed";
    static final String NEWEST = "wrong bits of the newest sequence, replayed";
    static final String AT_ONCE = Capacity.TPC + ", all at once";
    static final int UNITS = 100;
    static final int FRAMES = 11;

    private final Workbench bench;
    private final List<Matrix> sequences;

    Forgetting(Workbench bench, int count, int draw) {
        this.bench = bench;
        RandomFrames random = RandomFrames.of(bench, draw);
        this.sequences = new ArrayList<>();
        for (int s = 0; s < count; s++) {
            sequences.add(random.next(FRAMES, UNITS));
        }
    }

    void run() {
        LinearAlgebra la = bench.la();
        TemporalOptions options = TemporalOptions.defaults();
        TemporalMemory oneByOne = TemporalMemory.learn(upTo(1), options, la).memory();
        for (int learned = 1; learned <= sequences.size(); learned++) {
            bench.requireGoingOn();
            Sequences all = upTo(learned);
            if (learned > 1) {
                oneByOne = oneByOne.store(Sequences.of(sequences.get(learned - 1)), options)
                        .memory();
            }
            Map<String, SequenceMemory> memories = new LinkedHashMap<>();
            memories.put(Capacity.TPC, oneByOne);
            memories.put(AT_ONCE, TemporalMemory.learn(all, options, la).memory());
            memories.put(Capacity.HEBB, AsymmetricHopfield.learn(all, Separation.identity(), 0, la));
            memories.put(Capacity.QUADRATIC, AsymmetricHopfield.learn(all, Separation.polynomial(2), 0, la));
            CellSetting setting = bench.setting().with(LEARNED, learned);
            memories.forEach((name, memory) -> measure(setting.with(MEMORY, name), memory, all.frames()));
        }
    }

    private Sequences upTo(int learned) {
        return new Sequences(sequences.subList(0, learned));
    }

    private void measure(CellSetting setting, SequenceMemory memory, List<Matrix> all) {
        int earlier = all.size() - 1;
        double replayed = 0;
        double followed = 0;
        for (Matrix frames : all.subList(0, earlier)) {
            replayed += replayed(memory, frames) / earlier;
            followed += RandomFrames.wrongBits(
                            frames.slice(1, FRAMES),
                            memory.follow(frames.slice(0, FRAMES - 1)).patterns())
                    / earlier;
        }
        bench.measure(setting, NEWEST, replayed(memory, all.get(earlier)));
        if (earlier > 0) {
            bench.measure(setting, EARLIER, replayed);
            bench.measure(setting, FOLLOWED, followed);
            bench.measure(setting, FIRST, replayed(memory, all.get(0)));
        }
    }

    /** From the first frame alone. */
    private static double replayed(SequenceMemory memory, Matrix frames) {
        return RandomFrames.wrongBits(
                frames.slice(1, FRAMES),
                memory.replay(frames.slice(0, 1), FRAMES - 1).patterns());
    }
}
