package dev.engram.cli.bench;

import dev.engram.cli.options.Choices;
import dev.engram.cli.options.Converters;
import dev.engram.inference.Engine;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.memory.Setting;
import java.util.concurrent.atomic.AtomicBoolean;

/** The engines that race, as the command line spells them. */
enum BenchEngineChoice {
    REFERENCE(Engine.REFERENCE),
    REDUCED(Engine.REDUCED),
    SPAN(Engine.SPAN);

    private static final int WARM_UP_CYCLES = 20;
    private static final int WARM_UP_STEPS = 50;

    private final Engine engine;
    private final AtomicBoolean isWarm = new AtomicBoolean();

    BenchEngineChoice(Engine engine) {
        this.engine = engine;
    }

    /** A fresh engine at the arrays' start, in a Java that has compiled what the race will run. */
    BenchEngine start(BenchArrays arrays, double learningRate, LinearAlgebra la) {
        if (isWarm.compareAndSet(false, true)) {
            BenchEngine small = new BenchEngine(BenchArrays.small(), learningRate, engine, la);
            for (int cycle = 0; cycle < WARM_UP_CYCLES; cycle++) {
                small.cycle(WARM_UP_STEPS);
            }
        }
        return new BenchEngine(arrays, learningRate, engine, la);
    }

    @Override
    public String toString() {
        return Choices.spelled(this);
    }

    /** The engine from its name, or from the one it had before. */
    static final class Converter extends Converters.Reading<BenchEngineChoice> {
        Converter() {
            super(Setting.choice("engine", "E", "", BenchEngineChoice.class)
                    .formerly("gram", REDUCED.toString())
                    .reader());
        }
    }
}
