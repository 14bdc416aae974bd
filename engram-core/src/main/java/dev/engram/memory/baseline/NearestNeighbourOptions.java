package dev.engram.memory.baseline;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Learned;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Shape;
import dev.engram.memory.internal.Cues;
import java.util.Map;

/** The model of the nearest-neighbour memory, which has no options. */
public record NearestNeighbourOptions() implements MemoryModel {
    @Override
    public String name() {
        return "nearest-neighbour";
    }

    @Override
    public Map<String, String> describe() {
        return Map.of();
    }

    @Override
    public boolean keepsPatterns() {
        return true;
    }

    @Override
    public double bytesNeeded(int patterns, Shape shape) {
        return (double) Float.BYTES * patterns * shape.values();
    }

    @Override
    public Learned<NearestNeighbour> learn(Matrix patterns, Shape shape, long seed, Watch watch, LinearAlgebra la) {
        Cues.requirePatterns(patterns);
        return Learned.atOnce(new NearestNeighbour(la, patterns), patterns, watch);
    }
}
