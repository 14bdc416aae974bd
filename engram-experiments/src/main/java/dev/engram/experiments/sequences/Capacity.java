package dev.engram.experiments.sequences;

import static dev.engram.experiments.kit.Parts.MEMORY;

import dev.engram.experiments.frame.Workbench;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.hopfield.Separation;
import dev.engram.memory.sequence.AsymmetricHopfield;
import dev.engram.memory.sequence.SequenceMemory;
import dev.engram.memory.sequence.Sequences;
import dev.engram.memory.sequence.TemporalMemory;
import dev.engram.memory.sequence.TemporalOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The capacity of sequence memories: how long a sequence of random frames of -1 and 1 may be before predicted frames
 * have too many wrong bits.
 */
final class Capacity {
    static final String TASK = "random binary frames";
    static final String UNITS = "units";
    static final String DRAW = "draw";
    static final String LONGEST = "longest sequence";
    static final String TPC = "temporal predictive coding";
    static final String HEBB = "asymmetric Hopfield";
    static final String QUADRATIC = "asymmetric Hopfield, quadratic";
    /** Lengths beyond this many a unit are not tried. */
    static final int MOST_PER_UNIT = 16;

    private static final double WRONG_BITS = 0.01;
    private static final int FINEST = 40;

    private final Workbench bench;
    private final Matrix frames;

    Capacity(Workbench bench, int units, int draw) {
        this.bench = bench;
        this.frames = RandomFrames.of(bench, draw).next(MOST_PER_UNIT * units, units);
    }

    void run() {
        LinearAlgebra la = bench.la();
        Map<String, Function<Sequences, SequenceMemory>> memories = new LinkedHashMap<>();
        memories.put(TPC, s -> TemporalMemory.learn(s, TemporalOptions.defaults(), la)
                .memory());
        memories.put(HEBB, s -> AsymmetricHopfield.learn(s, Separation.identity(), 0, la));
        memories.put(QUADRATIC, s -> AsymmetricHopfield.learn(s, Separation.polynomial(2), 0, la));
        memories.forEach((name, learn) -> bench.measure(bench.setting().with(MEMORY, name), LONGEST, longest(learn)));
    }

    /** The last length before the first that has too many. */
    private int longest(Function<Sequences, SequenceMemory> learn) {
        int longest = 1;
        for (int length = 2; length <= frames.rows(); length += 1 + length / FINEST) {
            bench.requireGoingOn();
            Sequences sequence = Sequences.of(frames.slice(0, length));
            if (wrongBits(learn.apply(sequence), sequence) >= WRONG_BITS) {
                return longest;
            }
            longest = length;
        }
        return longest;
    }

    private static double wrongBits(SequenceMemory memory, Sequences sequence) {
        return RandomFrames.wrongBits(
                sequence.nexts(), memory.follow(sequence.presents()).patterns());
    }
}
