package dev.engram.io.image;

import java.util.Locale;
import java.util.Optional;

/**
 * The size of a picture in pixels.
 *
 * @param width 1 to 16384
 * @param height 1 to 16384
 */
public record ImageSize(int width, int height) {
    /** The widest or highest picture {@code --resize} makes. */
    private static final int LARGEST = 16_384;

    public ImageSize {
        if (!isInRange(width, height)) {
            throw new IllegalArgumentException("The size %dx%d must be at least 1x1 and at most %dx%d."
                    .formatted(width, height, LARGEST, LARGEST));
        }
    }

    private static boolean isInRange(int width, int height) {
        return width >= 1 && height >= 1 && width <= LARGEST && height <= LARGEST;
    }

    /** That size, if it is not too large. */
    public static Optional<ImageSize> of(int width, int height) {
        return isInRange(width, height) ? Optional.of(new ImageSize(width, height)) : Optional.empty();
    }

    /** Reads {@code WIDTHxHEIGHT}, for example {@code 64x48}. */
    public static ImageSize parse(String text) {
        String[] sides = text.strip().toLowerCase(Locale.ROOT).split("x", -1);
        try {
            if (sides.length == 2) {
                return new ImageSize(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
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
