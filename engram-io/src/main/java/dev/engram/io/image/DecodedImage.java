package dev.engram.io.image;

import java.util.List;
import java.util.stream.Stream;

/**
 * One picture as values.
 *
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param values {@code [height, width, channels]}, row-major, in [0, 1]
 * @param notes what was done to it that the user might not expect
 */
public record DecodedImage(int width, int height, int channels, float[] values, List<Note> notes) {
    /** Channels of a coloured picture. */
    static final int RGB = 3;

    // The weights of ITU-R BT.601, as most programs use them.
    private static final float RED = 0.299f;
    private static final float GREEN = 0.587f;
    private static final float BLUE = 0.114f;

    /** What may happen to a picture on reading; the text follows "n of m pictures". */
    public enum Note {
        ALPHA("had transparent pixels; they were put on black"),
        ANIMATED("held several frames; the first was taken"),
        SAMPLED("were so large that only some of their rows and columns were read"),
        TURNED("were turned upright, as their EXIF says"),
        RESIZED("were resized"),
        GREY_TO_RGB("were grey and became RGB"),
        RGB_TO_GREY("were coloured and became grey (0.299 red + 0.587 green + 0.114 blue)"),
        DAMAGED("were decoded with warnings and may be damaged");

        private final String text;

        Note(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    public String size() {
        return width + "x" + height;
    }

    /** The same picture with three channels. */
    public DecodedImage toRgb() {
        if (channels == RGB) {
            return this;
        }
        float[] rgb = new float[values.length * RGB];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = values[i / RGB];
        }
        return new DecodedImage(width, height, RGB, rgb, with(Note.GREY_TO_RGB));
    }

    /** The same picture with one channel. */
    private DecodedImage toGrey() {
        float[] grey = new float[values.length / RGB];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = RED * values[i * RGB] + GREEN * values[i * RGB + 1] + BLUE * values[i * RGB + 2];
        }
        return new DecodedImage(width, height, 1, grey, with(Note.RGB_TO_GREY));
    }

    /** The same picture grey (1 channel) or coloured (3). */
    public DecodedImage withChannels(int wanted) {
        return wanted == RGB ? toRgb() : channels == RGB ? toGrey() : this;
    }

    /** The same picture in another size. */
    public DecodedImage resized(ImageSize size, Fit fit) {
        if (width == size.width() && height == size.height()) {
            return this;
        }
        float[] resized = Fitting.of(fit, width, height, size).apply(values, channels);
        return new DecodedImage(size.width(), size.height(), channels, resized, with(Note.RESIZED));
    }

    /** The same picture with its pixels in other places. */
    DecodedImage turned(int newWidth, int newHeight, float[] turned) {
        return new DecodedImage(newWidth, newHeight, channels, turned, with(Note.TURNED));
    }

    /** The same picture, with one more thing to tell of it. */
    DecodedImage noted(Note note) {
        return new DecodedImage(width, height, channels, values, with(note));
    }

    private List<Note> with(Note note) {
        return Stream.concat(notes.stream(), Stream.of(note)).toList();
    }
}
