package dev.engram.io.image;

import dev.engram.io.file.InputException;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.nio.file.Path;
import java.util.List;

/**
 * Takes the samples out of a decoded picture, scaled by their depth: 8 bits by 255, 16 bits by 65535.
 *
 * <p>Not {@code BufferedImage.getRGB}: that converts grey to sRGB by a curve and cuts 16 bits to 8.
 */
final class PixelReader {
    private final BufferedImage image;
    private final int width;
    private final int height;
    private boolean transparent;

    private PixelReader(BufferedImage image) {
        this.image = image;
        this.width = image.getWidth();
        this.height = image.getHeight();
    }

    /** The values, grey or RGB; transparency is composited on black. */
    static DecodedImage read(Path file, BufferedImage image) {
        PixelReader reader = new PixelReader(image);
        ColorModel colours = image.getColorModel();
        float[] values;
        int channels;
        if (colours instanceof IndexColorModel palette) {
            channels = isGrey(palette) ? 1 : DecodedImage.RGB;
            values = reader.fromPalette(palette, channels);
        } else if (colours instanceof ComponentColorModel components) {
            channels = components.getNumColorComponents();
            if (channels != 1 && channels != DecodedImage.RGB) {
                throw new InputException(
                        ("The picture %s has %d colour channels; grey or RGB was expected. Maybe convert it to RGB "
                                        + "first.")
                                .formatted(file, channels));
            }
            values = reader.fromSamples(components, channels);
        } else {
            channels = DecodedImage.RGB;
            values = reader.fromPacked();
        }
        List<DecodedImage.Note> notes = reader.transparent ? List.of(DecodedImage.Note.ALPHA) : List.of();
        return new DecodedImage(reader.width, reader.height, channels, values, notes);
    }

    private static boolean isGrey(IndexColorModel palette) {
        for (int i = 0; i < palette.getMapSize(); i++) {
            if (palette.getRed(i) != palette.getGreen(i) || palette.getGreen(i) != palette.getBlue(i)) {
                return false;
            }
        }
        return true;
    }

    private float[] fromPalette(IndexColorModel palette, int channels) {
        float[] values = new float[width * height * channels];
        Raster raster = image.getRaster();
        int[] row = new int[width];
        int at = 0;
        for (int y = 0; y < height; y++) {
            raster.getSamples(0, y, width, 1, 0, row);
            for (int index : row) {
                float alpha = alpha(palette.getAlpha(index), 255);
                values[at++] = palette.getRed(index) / 255f * alpha;
                if (channels == DecodedImage.RGB) {
                    values[at++] = palette.getGreen(index) / 255f * alpha;
                    values[at++] = palette.getBlue(index) / 255f * alpha;
                }
            }
        }
        return values;
    }

    private float[] fromSamples(ComponentColorModel components, int channels) {
        float[] values = new float[width * height * channels];
        int bands = components.getNumComponents();
        int[] largest = new int[bands];
        for (int band = 0; band < bands; band++) {
            largest[band] = (1 << components.getComponentSize(band)) - 1;
        }
        Raster raster = image.getRaster();
        int[] row = new int[width * bands];
        int at = 0;
        for (int y = 0; y < height; y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int x = 0; x < row.length; x += bands) {
                float alpha = bands > channels ? alpha(row[x + channels], largest[channels]) : 1;
                for (int c = 0; c < channels; c++) {
                    values[at++] = (float) row[x + c] / largest[c] * alpha;
                }
            }
        }
        return values;
    }

    /** Pixels of 15, 16, 24 or 32 bits in one number: always RGB of at most 8 bits. */
    private float[] fromPacked() {
        float[] values = new float[width * height * DecodedImage.RGB];
        int[] row = new int[width];
        int at = 0;
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int argb : row) {
                float alpha = alpha(argb >>> 24, 255);
                values[at++] = (argb >> 16 & 0xff) / 255f * alpha;
                values[at++] = (argb >> 8 & 0xff) / 255f * alpha;
                values[at++] = (argb & 0xff) / 255f * alpha;
            }
        }
        return values;
    }

    private float alpha(int sample, int largest) {
        transparent |= sample != largest;
        return (float) sample / largest;
    }
}
