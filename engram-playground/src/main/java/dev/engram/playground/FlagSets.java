package dev.engram.playground;

import dev.engram.io.Flags;
import dev.engram.io.PatternSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The flags, drawn once for each size and shared by all sessions. */
final class FlagSets {
    static final int USUAL = 64;

    private final Map<Integer, PatternSet> sets = new ConcurrentHashMap<>();

    /** @throws Refusal if there are none of this size */
    static int requireOffered(int size) {
        if (size != 16 && size != 32 && size != USUAL) {
            throw Refusal.unusable("Flags of %d pixels are not offered; 16, 32 and 64 are.".formatted(size));
        }
        return size;
    }

    PatternSet of(int size) {
        return sets.computeIfAbsent(size, Flags::read);
    }
}
