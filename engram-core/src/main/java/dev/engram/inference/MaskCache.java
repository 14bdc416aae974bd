package dev.engram.inference;

import dev.engram.inference.internal.KnownSystem;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Remembers what inference works out for a mask, so that the next cue with the same mask is answered sooner. For one network whose
 * parameters do not change; safe to use from several threads.
 *
 * <p>An entry for r coordinates (the known values, or the patterns or hidden nodes where these are fewer) and n hidden nodes takes
 * 8 r (n + r) bytes. The least recently used ones go first, and all but the newest where they take more than an eighth of Java's memory.
 */
public final class MaskCache {
    private final int capacity;
    private final Map<BitSet, KnownSystem> masks = new LinkedHashMap<>(16, 0.75f, true);

    private MaskCache(int capacity) {
        this.capacity = capacity;
    }

    /** Remembers nothing. */
    public static MaskCache none() {
        return new MaskCache(0);
    }

    /** Remembers up to {@code capacity} masks, at least 1. */
    public static MaskCache of(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException(
                    "The number of masks to remember (%d) must be at least 1.".formatted(capacity));
        }
        return new MaskCache(capacity);
    }

    /** What is known of a mask, or else computed and remembered. */
    KnownSystem get(BitSet mask, Supplier<KnownSystem> compute) {
        if (capacity == 0) {
            return compute.get();
        }
        synchronized (masks) {
            KnownSystem known = masks.get(mask);
            if (known != null) {
                return known;
            }
        }
        KnownSystem computed = compute.get();
        synchronized (masks) {
            masks.put((BitSet) mask.clone(), computed);
            while (masks.size() > 1 && (masks.size() > capacity || bytes() > most())) {
                masks.remove(masks.keySet().iterator().next());
            }
        }
        return computed;
    }

    private double bytes() {
        return masks.values().stream().mapToDouble(KnownSystem::bytes).sum();
    }

    private static double most() {
        return Runtime.getRuntime().maxMemory() / 8.0;
    }
}
