package dev.engram.experiments.sequences;

import static dev.engram.experiments.kit.Contest.NEAREST;
import static dev.engram.experiments.kit.MetricNames.BYTES;
import static dev.engram.experiments.kit.MetricNames.LEARNING_SECONDS;
import static dev.engram.experiments.kit.Parts.MEMORY;

import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.Workbench;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.memory.sequence.HiddenTemporalMemory;
import dev.engram.memory.sequence.HiddenTemporalOptions;
import dev.engram.memory.sequence.SequenceMemory;
import dev.engram.memory.sequence.Sequences;
import dev.engram.memory.sequence.TemporalMemory;
import dev.engram.memory.sequence.TemporalOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The memories that store sequences of pictures, each with what it keeps and the seconds it took to learn. */
final class SequenceModels {
    static final String DIRECT = "direct";
    static final String HIDDEN = "hidden";
    static final String STRONG = "hidden, λ = 100";

    private static final double STRONG_PRIOR = 100;

    private final Workbench bench;

    SequenceModels(Workbench bench) {
        this.bench = bench;
    }

    /** All of them, by name. */
    Map<String, SequenceMemory> learn(Sequences sequences) {
        LinearAlgebra la = bench.la();
        HiddenTemporalOptions options = HiddenTemporalOptions.defaults().withSeed(bench.seed());
        Map<String, SequenceMemory> all = new LinkedHashMap<>();
        all.put(DIRECT, timed(DIRECT, () -> TemporalMemory.learn(sequences, TemporalOptions.defaults(), la)
                .memory()));
        HiddenTemporalMemory hidden = timed(
                HIDDEN, () -> HiddenTemporalMemory.learn(sequences, options, la).memory());
        all.put(HIDDEN, hidden);
        all.put(STRONG, hidden.withPriorPrecision(STRONG_PRIOR));
        all.put(NEAREST, new NearestFrame(sequences, la));
        all.forEach((name, memory) -> bench.measure(asked(name), BYTES, memory.bytes()));
        return all;
    }

    /** The cell's setting and the memory's name. */
    CellSetting asked(String name) {
        return bench.setting().with(MEMORY, name);
    }

    private <M> M timed(String name, Supplier<M> learning) {
        bench.requireGoingOn();
        return bench.timed(asked(name), LEARNING_SECONDS, learning);
    }
}
