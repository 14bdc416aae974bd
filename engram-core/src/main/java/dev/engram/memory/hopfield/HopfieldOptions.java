package dev.engram.memory.hopfield;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Learned;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Shape;
import dev.engram.memory.internal.Described;
import java.util.Map;
import java.util.Optional;

/**
 * How a classical Hopfield network learns, reads its patterns and cues, and how it comes to rest.
 *
 * @param rule how the weights are learned; not looked at where they are given ready-made
 * @param threshold values above it are units at +1, the others at -1
 * @param updates which units change at once
 * @param sweeps the most sweeps over all units in a recall; at least 1
 * @param seed of the order in which units are updated
 */
public record HopfieldOptions(HopfieldRule rule, double threshold, Updates updates, int sweeps, long seed)
        implements MemoryModel {
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    /** Which units change at once. */
    public enum Updates {
        /** One after the other, in an order drawn for each sweep: the energy never rises, and a fixed point is always reached. */
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

    /** The pseudo-inverse; values above 0.5 are +1; one unit after the other, for at most 100 sweeps. */
    public static HopfieldOptions defaults() {
        return new HopfieldOptions(HopfieldRule.PSEUDO_INVERSE, 0.5, Updates.ASYNCHRONOUS, 100, 0);
    }

    public HopfieldOptions withRule(HopfieldRule newRule) {
        return new HopfieldOptions(newRule, threshold, updates, sweeps, seed);
    }

    public HopfieldOptions withThreshold(double value) {
        return new HopfieldOptions(rule, value, updates, sweeps, seed);
    }

    public HopfieldOptions withUpdates(Updates which) {
        return new HopfieldOptions(rule, threshold, which, sweeps, seed);
    }

    public HopfieldOptions withSweeps(int most) {
        return new HopfieldOptions(rule, threshold, updates, most, seed);
    }

    public HopfieldOptions withSeed(long newSeed) {
        return new HopfieldOptions(rule, threshold, updates, sweeps, newSeed);
    }

    @Override
    public String name() {
        return "hopfield";
    }

    @Override
    public Map<String, String> describe() {
        return Described.of(
                "rule", Described.word(rule),
                "threshold", threshold(),
                "updates", Described.word(updates),
                "sweeps", sweeps());
    }

    /** The patterns themselves where they have no more than two values, on either side of the threshold; else 1 above it and 0 below. */
    @Override
    public Matrix asStored(Matrix patterns) {
        return Levels.of(patterns, threshold).applied(patterns, threshold);
    }

    @Override
    public double bytesNeeded(int patterns, Shape shape) {
        double values = shape.values();
        return Float.BYTES * (rule.matrices() * values * values + 8 * patterns * values);
    }

    @Override
    public Optional<String> obstacle(int patterns, Shape shape, long memory) {
        long values = shape.values();
        return values * values > LONGEST_ARRAY
                ? Optional.of("its weights are %1$,d x %1$,d, more than one array can hold".formatted(values))
                : MemoryModel.super.obstacle(patterns, shape, memory);
    }

    @Override
    public Learned<HopfieldNetwork> learn(Matrix patterns, Shape shape, long seed, Watch watch, LinearAlgebra la) {
        return Learned.atOnce(HopfieldNetwork.learn(patterns, withSeed(seed), la), asStored(patterns), watch);
    }
}
