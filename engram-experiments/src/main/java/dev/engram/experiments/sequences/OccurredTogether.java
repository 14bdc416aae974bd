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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What occurred together against what is alike: short sequences in pairs, whose middle frames are near-copies of each other and whose first
 * and last frames are not alike at all.
 *
 * <p>The first frame of a sequence is shown as it is, the middle one on its way to the near-copy: at 0 it is the sequence's own, beyond a half
 * it is more like the other's, at 1 it is the other's. What is asked is the last frame of the sequence that the first one belongs to.
 */
final class OccurredTogether {
    static final String TASK = "what occurred together";
    static final String DRAW = "draw";
    static final String SHIFT = "way to the near-copy";
    static final String RECALLED = "recalled: its own last frame";
    static final String MISTAKEN = "recalled: the near-copy's last frame";
    static final List<Double> SHIFTS = List.of(0.0, 0.25, 0.5, 0.75, 1.0);
    /** The frame shown is more like the other's here, and not yet it. */
    static final double NEARER_THE_COPY = 0.75;

    static final int UNITS = 200;
    static final int PAIRS = 5;
    static final int DIFFERENT = 20;

    private static final double WRONG_BITS = 0.01;

    private final Workbench bench;
    private final List<Matrix> sequences = new ArrayList<>();

    OccurredTogether(Workbench bench, int draw) {
        this.bench = bench;
        RandomFrames random = RandomFrames.of(bench, draw);
        for (int pair = 0; pair < PAIRS; pair++) {
            Matrix one = random.next(3, UNITS);
            Matrix other = random.next(3, UNITS);
            other.setRow(1, one, 1);
            for (int j = 0; j < DIFFERENT; j++) { // the bits are random: which of them differ does not matter
                other.set(1, j, -one.get(1, j));
            }
            sequences.add(one);
            sequences.add(other);
        }
    }

    void run() {
        LinearAlgebra la = bench.la();
        Sequences all = new Sequences(sequences);
        Map<String, SequenceMemory> memories = new SequenceModels(bench).learn(all);
        memories.put(Capacity.HEBB, AsymmetricHopfield.learn(all, Separation.identity(), 0, la));
        memories.put(Capacity.QUADRATIC, AsymmetricHopfield.learn(all, Separation.polynomial(2), 0, la));
        memories.forEach((name, memory) -> {
            for (double shift : SHIFTS) {
                bench.requireGoingOn();
                ask(name, memory, shift);
            }
        });
    }

    private void ask(String name, SequenceMemory memory, double shift) {
        int own = 0;
        int others = 0;
        for (int s = 0; s < sequences.size(); s++) {
            Matrix asked = sequences.get(s);
            Matrix copy = sequences.get(s ^ 1);
            Matrix cue = asked.slice(0, 2).copy();
            for (int j = 0; j < Math.round(shift * DIFFERENT); j++) {
                cue.set(1, j, copy.get(1, j));
            }
            Matrix answer = memory.follow(cue).patterns().slice(1, 2);
            own += RandomFrames.wrongBits(asked.slice(2, 3), answer) < WRONG_BITS ? 1 : 0;
            others += RandomFrames.wrongBits(copy.slice(2, 3), answer) < WRONG_BITS ? 1 : 0;
        }
        CellSetting setting = bench.setting().with(SHIFT, shift).with(MEMORY, name);
        bench.measure(setting, RECALLED, (double) own / sequences.size());
        bench.measure(setting, MISTAKEN, (double) others / sequences.size());
    }
}
