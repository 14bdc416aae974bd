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

    /** What may happen to a picture on reading; the text follows "n of m pictures". */
    public enum Note {
        ALPHA("had transparent pixels; they were put on black"),
        ANIMATED("held several frames; the first was taken"),
        RESIZED("were resized to"),
        GREY_TO_RGB("were grey and became RGB, as the others are"),
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

    /** The same picture in another size. */
    public DecodedImage resized(ImageSize size) {
        if (width == size.width() && height == size.height()) {
            return this;
        }
        float[] resized = Resampler.resize(values, width, height, channels, size.width(), size.height());
        return new DecodedImage(size.width(), size.height(), channels, resized, with(Note.RESIZED));
    }

    private List<Note> with(Note note) {
        return Stream.concat(notes.stream(), Stream.of(note)).toList();
    }
}
