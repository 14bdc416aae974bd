package dev.engram.memory.internal;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Patterns that stand for many others. */
public final class Sample {
    private Sample() {}

    /**
     * The numbers of the patterns that are looked at, ascending: all of few, of more so many drawn at random, always the same.
     *
     * @param few the most that are all looked at
     * @param size how many of more
     */
    public static int[] of(int patterns, int few, int size) {
        return patterns <= few
                ? IntStream.range(0, patterns).toArray()
                : new SplittableRandom(patterns)
                        .ints(0, patterns)
                        .distinct()
                        .limit(size)
                        .sorted()
                        .toArray();
    }
}
