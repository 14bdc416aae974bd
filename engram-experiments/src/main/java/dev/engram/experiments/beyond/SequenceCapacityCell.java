package dev.engram.experiments.beyond;

import dev.engram.experiments.frame.Workbench;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AsymmetricHopfield;
import dev.engram.memory.Separation;
import dev.engram.memory.SequenceMemory;
import dev.engram.memory.Sequences;
import dev.engram.memory.TemporalMemory;
import dev.engram.memory.TemporalOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/** How long a sequence of random frames may be before the next frame has too many wrong bits. */
final class SequenceCapacityCell {
    static final String LONGEST = "longest sequence";
    static final String TPC = "temporal predictive coding";
    static final String HEBB = "asymmetric Hopfield";
    static final String QUADRATIC = "asymmetric Hopfield, quadratic";
    static final double WRONG_BITS = 0.01;
    /** Lengths beyond this many a unit are not tried. */
    static final int MOST_PER_UNIT = 8;

    private static final int FINEST = 40;

    private final Workbench bench;
    private final int units;
    private final Matrix frames;

    SequenceCapacityCell(Workbench bench, int units, int draw) {
        this.bench = bench;
        this.units = units;
        this.frames = Matrix.zeros(MOST_PER_UNIT * units, units);
        SplittableRandom random = new SplittableRandom(new SplittableRandom(bench.seed()).nextLong() + draw);
        for (int i = 0; i < frames.data().length; i++) {
            frames.data()[i] = random.nextBoolean() ? 1 : -1;
        }
    }

    void run() {
        LinearAlgebra la = LinearAlgebra.shared();
        Map<String, Function<Sequences, SequenceMemory>> models = new LinkedHashMap<>();
        models.put(TPC, s -> TemporalMemory.learn(s, TemporalOptions.defaults(), la)
                .memory());
        models.put(HEBB, s -> AsymmetricHopfield.learn(s, Separation.identity(), 0, la));
        models.put(QUADRATIC, s -> AsymmetricHopfield.learn(s, Separation.polynomial(2), 0, la));
        models.forEach((name, model) -> bench.measure(bench.setting().with("model", name), LONGEST, longest(model)));
    }

    /** The last length before the first that has too many. */
    private int longest(Function<Sequences, SequenceMemory> model) {
        int longest = 1;
        for (int length = 2; length <= frames.rows(); length += 1 + length / FINEST) {
            bench.requireGoingOn();
            Sequences sequence = Sequences.of(frames.slice(0, length));
            if (wrongBits(model.apply(sequence), sequence) >= WRONG_BITS) {
                return longest;
            }
            longest = length;
        }
        return longest;
    }

    private double wrongBits(SequenceMemory memory, Sequences sequence) {
        Matrix answers = memory.follow(sequence.presents()).patterns();
        Matrix right = sequence.nexts();
        int wrong = 0;
        for (int i = 0; i < right.data().length; i++) {
            wrong += answers.data()[i] > 0 == right.data()[i] > 0 ? 0 : 1;
        }
        return (double) wrong / ((double) right.rows() * units);
    }
}
