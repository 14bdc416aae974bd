package dev.engram.io;

import java.util.Locale;
import java.util.Optional;

/**
 * How patterns are read.
 *
 * @param limit how many patterns to read from the start; 0 reads all
 * @param resize the size every picture is brought to; empty keeps the pictures as they are
 */
public record ReadOptions(int limit, Optional<Size> resize) {
    /** The widest or highest picture {@code --resize} makes. */
    private static final int LARGEST = 16_384;

    /**
     * The size of a picture in pixels.
     *
     * @param width 1 to 16384
     * @param height 1 to 16384
     */
    public record Size(int width, int height) {
        public Size {
            if (width < 1 || height < 1 || width > LARGEST || height > LARGEST) {
                throw new IllegalArgumentException("The size %dx%d must be at least 1x1 and at most %dx%d."
                        .formatted(width, height, LARGEST, LARGEST));
            }
        }

        /** Reads {@code WIDTHxHEIGHT}, for example {@code 64x48}. */
        public static Size parse(String text) {
            String[] sides = text.strip().toLowerCase(Locale.ROOT).split("x", -1);
            try {
                if (sides.length == 2) {
                    return new Size(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
                }
            } catch (NumberFormatException e) {
                // The message below says what was expected.
            }
            throw new IllegalArgumentException(
                    "The size \"%s\" must have the form WIDTHxHEIGHT. Maybe you meant 64x64.".formatted(text));
        }

        /** For example {@code 64x48}. */
        @Override
        public String toString() {
            return width + "x" + height;
        }
    }

    public ReadOptions {
        if (limit < 0) {
            throw new IllegalArgumentException(
                    "The limit (%d) must be 0 (read all) or the number of patterns to read.".formatted(limit));
        }
    }

    /** Everything, as it is. */
    public static ReadOptions defaults() {
        return new ReadOptions(0, Optional.empty());
    }

    public ReadOptions withLimit(int newLimit) {
        return new ReadOptions(newLimit, resize);
    }

    public ReadOptions withResize(int width, int height) {
        return withResize(new Size(width, height));
    }

    public ReadOptions withResize(Size size) {
        return new ReadOptions(limit, Optional.of(size));
    }

    /** How many of {@code available} patterns these options ask for. */
    int count(int available) {
        return limit == 0 ? available : Math.min(limit, available);
    }

    /** The limit as a number of rows; "all" is the largest int. */
    int rows() {
        return limit == 0 ? Integer.MAX_VALUE : limit;
    }
}
