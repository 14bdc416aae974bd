package dev.engram.io.image;

import dev.engram.io.file.InputException;
import java.awt.image.Raster;
import java.nio.file.Path;

/**
 * Makes values of the samples of a JPEG as they are stored: grey, red green blue, or brightness and two differences of colour,
 *
 * <pre>
 * R = Y + 1.402 (Cr - 128)    G = Y - 0.34414 (Cb - 128) - 0.71414 (Cr - 128)    B = Y + 1.772 (Cb - 128)
 * </pre>
 *
 * <p>(ITU-T T.871, JFIF), rounded to 0..255. No colour profile is looked at; ImageIO, asked for a picture, would convert by it.
 */
final class JpegSamples {
    private static final float LARGEST = 255f;
    private static final int MIDDLE = 128;
    private static final double RED_BY_CR = 1.402;
    private static final double GREEN_BY_CB = 0.344136;
    private static final double GREEN_BY_CR = 0.714136;
    private static final double BLUE_BY_CB = 1.772;

    private JpegSamples() {}

    /**
     * The values {@code [height, width, bands]} in [0, 1].
     *
     * @param raster the components, each of 8 bits
     * @param rgb whether three components are red, green, blue
     * @throws InputException naming the file, if it has neither one component nor three
     */
    static float[] values(Path file, Raster raster, boolean rgb) {
        int bands = raster.getNumBands();
        if (bands != 1 && bands != DecodedImage.RGB) {
            throw new InputException(
                    ("The picture %s has %d components of colour (probably CMYK); grey or RGB was expected. Maybe convert"
                                    + " it to RGB first.")
                            .formatted(file, bands));
        }
        int width = raster.getWidth();
        float[] values = new float[width * raster.getHeight() * bands];
        int[] row = new int[width * bands];
        int at = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            if (bands == DecodedImage.RGB && !rgb) {
                toRgb(row);
            }
            for (int sample : row) {
                values[at++] = sample / LARGEST;
            }
        }
        return values;
    }

    private static void toRgb(int[] row) {
        for (int i = 0; i < row.length; i += DecodedImage.RGB) {
            int y = row[i];
            int cb = row[i + 1] - MIDDLE;
            int cr = row[i + 2] - MIDDLE;
            row[i] = rounded(y + RED_BY_CR * cr);
            row[i + 1] = rounded(y - GREEN_BY_CB * cb - GREEN_BY_CR * cr);
            row[i + 2] = rounded(y + BLUE_BY_CB * cb);
        }
    }

    private static int rounded(double sample) {
        return (int) Math.max(0, Math.min(LARGEST, Math.floor(sample + 0.5)));
    }
}
