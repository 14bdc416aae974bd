package dev.engram.memory.baseline;

import dev.engram.memory.MemoryKind;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Settings;
import dev.engram.memory.Shape;

/** The memory kind {@code nearest-neighbour}, a baseline. */
public final class NearestNeighbourKind implements MemoryKind {
    @Override
    public String name() {
        return new NearestNeighbourOptions().name();
    }

    @Override
    public NearestNeighbourOptions model(Settings settings) {
        return new NearestNeighbourOptions();
    }

    @Override
    public boolean isBaseline() {
        return true;
    }

    @Override
    public String advice(MemoryModel model, int patterns, Shape shape) {
        return "fewer patterns (--limit)";
    }
}
