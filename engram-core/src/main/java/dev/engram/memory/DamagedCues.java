package dev.engram.memory;

import dev.engram.linalg.Matrix;
import java.util.Optional;

/**
 * Damaged patterns as cues, and which kind of recall memories are tested with.
 *
 * @param cues [cues, values]; what stands at missing values is not read
 * @param way what the memories are asked
 * @param known the values that are left, for completion; else empty
 */
public record DamagedCues(Matrix cues, Way way, Optional<Mask> known) {
    /** How a memory is asked. */
    public enum Way {
        /** All values are shown and none is trusted. */
        RECALL,
        /** The known values are trusted and the others filled in. */
        COMPLETE,
        /** Most values are right, and the memory has to find out which. */
        RECOVER
    }

    public DamagedCues {
        if (known.isPresent() != (way == Way.COMPLETE)) {
            throw new IllegalArgumentException(
                    "Cues to %s must %shave a mask.".formatted(way, way == Way.COMPLETE ? "" : "not "));
        }
        known.ifPresent(mask -> mask.requireFits(cues));
    }

    /** Cues with noise on every value. */
    public static DamagedCues noisy(Matrix cues) {
        return new DamagedCues(cues, Way.RECALL, Optional.empty());
    }

    /** Cues of which a part is missing, set to 0. */
    public static DamagedCues missing(Matrix patterns, Mask known) {
        return new DamagedCues(known.blank(patterns, 0), Way.COMPLETE, Optional.of(known));
    }

    /** Cues of which a part is wrong, and which part is not marked. */
    public static DamagedCues unmarked(Matrix cues) {
        return new DamagedCues(cues, Way.RECOVER, Optional.empty());
    }

    /** Some of the cues, by their numbers. */
    public DamagedCues rows(int... rows) {
        return new DamagedCues(
                cues.rows(rows),
                way,
                known.map(mask -> mask.rows() == 1
                        ? mask
                        : Mask.known(mask.values(), mask.clamp().cues(rows).rows())));
    }

    /** What a memory makes of them. */
    public Recall ask(AssociativeMemory memory) {
        return switch (way) {
            case RECALL -> memory.recall(cues);
            case COMPLETE -> memory.complete(cues, known.orElseThrow());
            case RECOVER -> memory.recover(cues);
        };
    }
}
