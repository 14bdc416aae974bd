package dev.engram.io;

import dev.engram.io.numpy.NpyType;
import java.util.List;

/** Brings the values of an array to [0, 1] where they are bytes, and notes from where to where other values reach. */
final class ValueRange {
    private static final float BYTE = 255f;

    private float lowest = Float.POSITIVE_INFINITY;
    private float highest = Float.NEGATIVE_INFINITY;

    /** The next values, which are changed in place. */
    void add(NpyType type, float... values) {
        if (type == NpyType.UINT8) {
            for (int i = 0; i < values.length; i++) {
                values[i] /= BYTE;
            }
            return;
        }
        for (float value : values) {
            if (!Float.isNaN(value)) {
                lowest = Math.min(lowest, value);
                highest = Math.max(highest, value);
            }
        }
    }

    /** What the user should be told of all values. */
    List<String> notes() {
        return lowest < 0 || highest > 1
                ? List.of("The values reach from %s to %s, not from 0 to 1; they were taken as they are."
                        .formatted(lowest, highest))
                : List.of();
    }
}
