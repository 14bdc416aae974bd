package dev.engram.graph;

import dev.engram.graph.op.Accumulation;
import dev.engram.graph.op.ExampleRange;
import dev.engram.linalg.Tensor;

/** Loops over the arrays of tensors. */
final class Loops {
    private Loops() {}

    /** target = factor · source, or target += factor · source. */
    static void addScaled(double factor, Tensor source, Tensor target, Accumulation mode, ExampleRange examples) {
        int from = examples.begin(source);
        int to = examples.end(source);
        if (mode == Accumulation.SET) {
            target.clear(from, to);
        }
        switch (source.precision()) {
            case FLOAT -> addScaled((float) factor, source.floats(), target.floats(), from, to);
            case DOUBLE -> addScaled(factor, source.doubles(), target.doubles(), from, to);
        }
    }

    private static void addScaled(float factor, float[] source, float[] target, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] += factor * source[i];
        }
    }

    private static void addScaled(double factor, double[] source, double[] target, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] += factor * source[i];
        }
    }
}
