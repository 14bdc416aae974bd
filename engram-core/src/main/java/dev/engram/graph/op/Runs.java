package dev.engram.graph.op;

import dev.engram.linalg.Tensor;

/**
 * A part of one axis of a tensor, seen as equally long runs of neighbouring numbers at equal distances: what concatenation and slicing copy.
 *
 * @param count runs per example
 * @param length numbers in a run
 * @param stride numbers from one run to the next in the larger tensor
 * @param offset where the first run begins in the larger tensor, per example
 */
record Runs(int count, int length, int stride, int offset) {
    static Runs of(int[] larger, int axis, int from, int to) {
        int inner = Shapes.product(larger, axis + 1, larger.length);
        return new Runs(Shapes.product(larger, 0, axis), (to - from) * inner, larger[axis] * inner, from * inner);
    }

    /** larger[runs] = smaller, or += smaller. */
    void put(Tensor smaller, Tensor larger, Accumulation mode, ExampleRange examples) {
        for (int run = examples.from() * count; run < examples.to() * count; run++) {
            move(smaller, run * length, larger, offset + run * stride, mode);
        }
    }

    /** smaller = larger[runs], or += larger[runs]. */
    void take(Tensor larger, Tensor smaller, Accumulation mode, ExampleRange examples) {
        for (int run = examples.from() * count; run < examples.to() * count; run++) {
            move(larger, offset + run * stride, smaller, run * length, mode);
        }
    }

    void move(Tensor source, int from, Tensor target, int to, Accumulation mode) {
        if (mode == Accumulation.SET) {
            target.set(to, source, from, length);
        } else {
            add(source, from, target, to, length);
        }
    }

    static void add(Tensor source, int from, Tensor target, int to, int length) {
        switch (source.precision()) {
            case FLOAT -> add(source.floats(), from, target.floats(), to, length);
            case DOUBLE -> add(source.doubles(), from, target.doubles(), to, length);
        }
    }

    static void add(float[] source, int from, float[] target, int to, int length) {
        for (int i = 0; i < length; i++) {
            target[to + i] += source[from + i];
        }
    }

    private static void add(double[] source, int from, double[] target, int to, int length) {
        for (int i = 0; i < length; i++) {
            target[to + i] += source[from + i];
        }
    }
}
