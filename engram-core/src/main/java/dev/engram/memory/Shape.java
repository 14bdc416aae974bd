package dev.engram.memory;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The shape of one pattern, as it was before it was flattened to a row of values (row-major, channels last).
 *
 * <p>Two dimensions are a grey picture {@code [height, width]}, three with a last one of at most four a coloured picture
 * {@code [height, width, channels]}; anything else is a plain vector to the geometry of masks: one row of values.
 *
 * @param dimensions each at least 1
 */
public record Shape(List<Integer> dimensions) {
    private static final int MOST_CHANNELS = 4;

    public Shape {
        dimensions = List.copyOf(dimensions);
        if (dimensions.isEmpty() || dimensions.stream().anyMatch(d -> d < 1)) {
            throw new IllegalArgumentException(
                    "The shape %s must have at least one dimension, and each must be at least 1."
                            .formatted(dimensions));
        }
        product(dimensions); // which refuses more values than an int can count
    }

    public static Shape of(int... dimensions) {
        return new Shape(Arrays.stream(dimensions).boxed().toList());
    }

    /** How many values a pattern of this shape has. */
    public int values() {
        return product(dimensions);
    }

    private static int product(List<Integer> dimensions) {
        return dimensions.stream().reduce(1, Math::multiplyExact);
    }

    /** Whether the patterns are pictures, which have an above and a below. */
    public boolean isPicture() {
        int n = dimensions.size();
        return n == 2 || n == 3 && dimensions.get(2) <= MOST_CHANNELS;
    }

    /** Rows of pixels; 1 for a plain vector. */
    public int height() {
        return isPicture() ? dimensions.get(0) : 1;
    }

    /** Pixels in a row; all values for a plain vector. */
    public int width() {
        return isPicture() ? dimensions.get(1) : values();
    }

    /** Values in a pixel. */
    public int channels() {
        return isPicture() && dimensions.size() == 3 ? dimensions.get(2) : 1;
    }

    /** The shape of an array of {@code count} such patterns. */
    public int[] withCount(int count) {
        return IntStream.concat(IntStream.of(count), dimensions.stream().mapToInt(d -> d))
                .toArray();
    }

    /** For example {@code 64x64x3}. */
    @Override
    public String toString() {
        return dimensions.stream().map(String::valueOf).collect(Collectors.joining("x"));
    }
}
