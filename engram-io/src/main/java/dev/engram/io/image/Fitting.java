package dev.engram.io.image;

import java.util.BitSet;

/**
 * Brings a picture to another size and an answer of that size back to the picture's own: a part of the one fills a part
 * of the other, the whole or what {@link Fit} leaves of it.
 *
 * <p>Parts are of whole pixels, rounded, and in the middle; where that is between two pixels, one to the left or up.
 */
public final class Fitting {
    private final int width;
    private final int height;
    private final ImageSize size;
    private final Part seen;
    private final Part filled;

    private Fitting(int width, int height, ImageSize size, Part seen, Part filled) {
        this.width = width;
        this.height = height;
        this.size = size;
        this.seen = seen;
        this.filled = filled;
    }

    /** A rectangle of pixels. */
    private record Part(int x, int y, int width, int height) {
        /** The middle of a picture. */
        static Part centred(int ofWidth, int ofHeight, int width, int height) {
            return new Part((ofWidth - width) / 2, (ofHeight - height) / 2, width, height);
        }

        boolean isWhole(int ofWidth, int ofHeight) {
            return width == ofWidth && height == ofHeight;
        }
    }

    /** Of pictures of one size to another. */
    public static Fitting of(Fit fit, int width, int height, ImageSize size) {
        Part whole = new Part(0, 0, width, height);
        Part all = new Part(0, 0, size.width(), size.height());
        boolean tooWide = (long) width * size.height() > (long) height * size.width();
        return switch (fit) {
            case STRETCH -> new Fitting(width, height, size, whole, all);
            case CROP -> {
                int w = tooWide ? scaled(height, size.width(), size.height()) : width;
                int h = tooWide ? height : scaled(width, size.height(), size.width());
                yield new Fitting(width, height, size, Part.centred(width, height, w, h), all);
            }
            case PAD -> {
                int w = tooWide ? size.width() : scaled(width, size.height(), height);
                int h = tooWide ? scaled(height, size.width(), width) : size.height();
                yield new Fitting(width, height, size, whole, Part.centred(size.width(), size.height(), w, h));
            }
        };
    }

    /** {@code length * to / from}, rounded, at least 1. */
    private static int scaled(int length, int to, int from) {
        return (int) Math.max(1, (2L * length * to + from) / (2L * from));
    }

    /** The picture {@code [height, width, channels]} in the new size. */
    public float[] apply(float[] picture, int channels) {
        return apply(picture, channels, edgeMean(picture, channels));
    }

    /** Marks {@code [height, width]}, 1 or 0, in the new size: between them where a pixel is of several; around them {@code margin}. */
    public float[] applyToMarks(float[] marks, float margin) {
        return apply(marks, 1, new float[] {margin});
    }

    private float[] apply(float[] picture, int channels, float[] around) {
        float[] part = cut(picture, width, height, channels, seen);
        float[] resized = Resampler.resize(part, seen.width, seen.height, channels, filled.width, filled.height);
        if (filled.isWhole(size.width(), size.height())) {
            return resized;
        }
        float[] all = new float[size.width() * size.height() * channels];
        for (int i = 0; i < all.length; i++) {
            all[i] = around[i % channels];
        }
        put(resized, all, size.width(), channels, filled);
        return all;
    }

    /**
     * An answer brought back to the picture's own size; what was cut off stays as it is in the picture.
     *
     * @param answer {@code [height, width, channels]} of the new size
     * @param picture what {@link #apply} was given
     * @param known values of the new size that are known: there the picture stays as it is
     */
    public float[] restore(float[] answer, float[] picture, int channels, BitSet known) {
        float[] part = cut(answer, size.width(), size.height(), channels, filled);
        float[] restored = picture.clone();
        put(
                Resampler.resize(part, filled.width, filled.height, channels, seen.width, seen.height),
                restored,
                width,
                channels,
                seen);
        for (int y = 0; y < seen.height; y++) {
            int row = filled.y + nearest(y, seen.height, filled.height);
            for (int x = 0; x < seen.width; x++) {
                int column = filled.x + nearest(x, seen.width, filled.width);
                int from = (row * size.width() + column) * channels;
                int to = ((seen.y + y) * width + seen.x + x) * channels;
                for (int c = 0; c < channels; c++) {
                    restored[to + c] = known.get(from + c) ? picture[to + c] : restored[to + c];
                }
            }
        }
        return restored;
    }

    /** Which of {@code to} pixels the middle of a pixel of {@code from} lies in. */
    private static int nearest(int pixel, int from, int to) {
        return (int) ((2L * pixel + 1) * to / (2L * from));
    }

    private static float[] cut(float[] picture, int width, int height, int channels, Part part) {
        if (part.isWhole(width, height)) {
            return picture;
        }
        int length = part.width * channels;
        float[] cut = new float[part.height * length];
        for (int y = 0; y < part.height; y++) {
            System.arraycopy(picture, ((part.y + y) * width + part.x) * channels, cut, y * length, length);
        }
        return cut;
    }

    private static void put(float[] values, float[] picture, int width, int channels, Part part) {
        int length = part.width * channels;
        for (int y = 0; y < part.height; y++) {
            System.arraycopy(values, y * length, picture, ((part.y + y) * width + part.x) * channels, length);
        }
    }

    /** The mean colour of the outermost pixels. */
    private float[] edgeMean(float[] picture, int channels) {
        double[] sum = new double[channels];
        int count = 0;
        for (int y = 0; y < height; y++) {
            boolean outer = y == 0 || y == height - 1;
            int step = outer || width == 1 ? 1 : width - 1;
            for (int x = 0; x < width; x += step) {
                for (int c = 0; c < channels; c++) {
                    sum[c] += picture[(y * width + x) * channels + c];
                }
                count++;
            }
        }
        float[] mean = new float[channels];
        for (int c = 0; c < channels; c++) {
            mean[c] = (float) (sum[c] / count);
        }
        return mean;
    }
}
