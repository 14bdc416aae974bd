package dev.engram.memory.baseline;

import dev.engram.memory.MemoryKind;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Settings;
import dev.engram.memory.Shape;

/** The memory kind {@code affine-span}, a baseline. */
public final class AffineSpanKind implements MemoryKind {
    @Override
    public String name() {
        return new AffineSpanOptions().name();
    }

    @Override
    public AffineSpanOptions model(Settings settings) {
        return new AffineSpanOptions();
    }

    @Override
    public boolean isBaseline() {
        return true;
    }

    @Override
    public String advice(MemoryModel model, int patterns, Shape shape) {
        return "--model nearest-neighbour";
    }
}
