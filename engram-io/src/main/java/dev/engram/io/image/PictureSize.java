package dev.engram.io.image;

import dev.engram.io.file.Bounds;
import dev.engram.io.file.HeapLimit;
import dev.engram.io.file.InputException;
import dev.engram.io.file.Inputs;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The size that a picture's file claims, before any of its pixels is decoded, and how much of it is read.
 *
 * @param every of how many rows and columns one is read; 1 for all
 */
record PictureSize(int width, int height, int every) {
    /** What a picture is read down to that has more pixels than are read, when it is resized anyway. */
    private static final long SAMPLED = 1 << 24;

    /**
     * Checks the size.
     *
     * @param format as ImageIO names it
     * @param isResized whether the picture will be brought to another size
     * @throws InputException if the file cannot hold so many pixels, or there are more than are read
     */
    static PictureSize of(Path file, String format, int width, int height, boolean isResized) {
        long pixels = (long) width * height;
        long bytes = Inputs.size(file);
        if (pixels / pixelsPerByte(format) > bytes) {
            throw new InputException(
                    "The picture %s claims %,dx%,d pixels, which its %,d bytes cannot hold. Maybe it is damaged."
                            .formatted(file, width, height, bytes));
        }
        int every = 1;
        if (pixels > Bounds.PIXELS) {
            if (!isResized) {
                throw new InputException(
                        "The picture %s has %,dx%,d pixels; at most %,d are read. Maybe use --resize WIDTHxHEIGHT."
                                .formatted(file, width, height, Bounds.PIXELS));
            }
            while (read(width, every) * read(height, every) > SAMPLED) {
                every++;
            }
        }
        HeapLimit.floats("The picture " + file, read(width, every) * read(height, every) * DecodedImage.RGB);
        return new PictureSize(width, height, every);
    }

    private static long read(int length, int every) {
        return (length + every - 1L) / every;
    }

    /** The most that a byte can stand for: of one bit each where deflate packs best, the longest strings of GIF, empty rows or blocks. */
    private static long pixelsPerByte(String format) {
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "png" -> 8_320;
            case "gif" -> 4_096;
            default -> 1_024;
        };
    }
}
