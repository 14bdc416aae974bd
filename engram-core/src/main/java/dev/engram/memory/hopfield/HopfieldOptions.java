package dev.engram.memory.hopfield;

/**
 * How a classical Hopfield network reads its patterns and cues, and how it comes to rest.
 *
 * @param threshold values above it are 1 (unit +1), the others 0 (unit -1)
 * @param updates which units change at once
 * @param sweeps the most sweeps over all units in a recall; at least 1
 * @param seed of the order in which units are updated
 */
public record HopfieldOptions(double threshold, Updates updates, int sweeps, long seed) {
    /** Which units change at once. */
    public enum Updates {
        /** One after the other, in an order drawn anew for each sweep: the energy never rises, and a fixed point is always reached. */
        ASYNCHRONOUS,
        /** All together: the energy may rise, and the network may swing between two states for ever. */
        SYNCHRONOUS
    }

    public HopfieldOptions {
        if (!Double.isFinite(threshold)) {
            throw new IllegalArgumentException("The threshold (%s) must be finite.".formatted(threshold));
        }
        if (sweeps < 1) {
            throw new IllegalArgumentException("The number of sweeps (%d) must be at least 1.".formatted(sweeps));
        }
    }

    /** Values above 0.5 are 1; one unit after the other, for at most 100 sweeps. */
    public static HopfieldOptions defaults() {
        return new HopfieldOptions(0.5, Updates.ASYNCHRONOUS, 100, 0);
    }

    public HopfieldOptions withThreshold(double value) {
        return new HopfieldOptions(value, updates, sweeps, seed);
    }

    public HopfieldOptions withUpdates(Updates which) {
        return new HopfieldOptions(threshold, which, sweeps, seed);
    }

    public HopfieldOptions withSweeps(int most) {
        return new HopfieldOptions(threshold, updates, most, seed);
    }

    public HopfieldOptions withSeed(long newSeed) {
        return new HopfieldOptions(threshold, updates, sweeps, newSeed);
    }
}
