package dev.engram.memory.internal;

import dev.engram.memory.Shape;

/** What steps that several families take cost in memory. */
public final class Cost {
    private Cost() {}

    /** The bytes it takes to find the span of that many patterns in double precision. */
    public static double ofSpan(int patterns, Shape shape) {
        return Double.BYTES * (2.5 * patterns * shape.values() + 4.0 * patterns * patterns);
    }
}
