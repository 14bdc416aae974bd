package dev.engram.memory.baseline;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Learned;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Shape;
import dev.engram.memory.internal.Cost;
import dev.engram.memory.internal.Cues;
import java.util.Map;

/** The model of the affine-span memory, which has no options. */
public record AffineSpanOptions() implements MemoryModel {
    @Override
    public String name() {
        return "affine-span";
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
        return Cost.ofSpan(patterns, shape);
    }

    @Override
    public Learned<AffineSpan> learn(Matrix patterns, Shape shape, long seed, Watch watch, LinearAlgebra la) {
        Cues.requirePatterns(patterns);
        return Learned.atOnce(new AffineSpan(la, patterns), patterns, watch);
    }
}
