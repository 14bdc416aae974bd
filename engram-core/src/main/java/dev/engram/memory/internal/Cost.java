package dev.engram.memory.internal;

import dev.engram.memory.Shape;

/** Estimates of memory use that several families of memories share. */
public final class Cost {
    private Cost() {}

    /** The bytes it takes to find the span of that many patterns in double precision. */
    public static double ofSpan(int patterns, Shape shape) {
        return Double.BYTES * (2.5 * patterns * shape.values() + 4.0 * patterns * patterns);
    }
}
