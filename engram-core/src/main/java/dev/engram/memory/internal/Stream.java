package dev.engram.memory.internal;

import java.util.SplittableRandom;

/** The purposes of random numbers, each with a stream of its own, so that one seed serves all of them. */
public enum Stream {
    LEARNING(0x6C6561726E696E67L),
    CODES(0x636F646573L),
    NOISE(0x6E6F697365L),
    REGION(0x726567696F6EL),
    UPDATES(0x75706461746573L);

    private final long salt;

    Stream(long salt) {
        this.salt = salt;
    }

    public SplittableRandom of(long seed) {
        // Two draws apart: the first mixes the seed, the second the salt, so that near seeds and purposes share
        // nothing.
        return new SplittableRandom(new SplittableRandom(seed).nextLong() ^ new SplittableRandom(salt).nextLong());
    }
}
