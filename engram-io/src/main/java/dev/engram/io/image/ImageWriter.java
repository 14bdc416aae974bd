package dev.engram.io.image;

import dev.engram.io.file.AtomicFiles;
import dev.engram.io.file.OutputException;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Shape;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Writes patterns as PNG pictures of 8 bits: values are clamped to [0, 1] (NaN is 0), times 255, rounded.
 *
 * <p>One channel makes a grey picture, three an RGB one, four RGB with alpha. A plain vector becomes one row of pixels.
 */
public final class ImageWriter {
    private static final int LARGEST = 255;
    private static final int LONGEST_NAME = 80;
    private static final int FEWEST_DIGITS = 3;

    private ImageWriter() {}

    /**
     * The pattern as a picture.
     *
     * @param values {@code [height, width, channels]}, row-major
     * @throws IllegalArgumentException if values and shape disagree, or the shape has two channels
     */
    public static BufferedImage toImage(float[] values, Shape shape) {
        if (values.length != shape.values()) {
            throw new IllegalArgumentException("%d values do not make a picture of shape %s (%d values)."
                    .formatted(values.length, shape, shape.values()));
        }
        int type =
                switch (shape.channels()) {
                    case 1 -> BufferedImage.TYPE_BYTE_GRAY;
                    case 3 -> BufferedImage.TYPE_3BYTE_BGR;
                    case 4 -> BufferedImage.TYPE_4BYTE_ABGR;
                    default ->
                        throw new IllegalArgumentException(
                                ("A pattern of shape %s has %d channels; a picture has 1, 3 or 4. Maybe write .npy "
                                                + "instead.")
                                        .formatted(shape, shape.channels()));
                };
        BufferedImage image = new BufferedImage(shape.width(), shape.height(), type);
        // Samples straight into the raster: setRGB would bend grey values by a colour-space curve.
        WritableRaster raster = image.getRaster();
        int rowLength = shape.width() * shape.channels();
        int[] row = new int[rowLength];
        for (int y = 0; y < shape.height(); y++) {
            for (int i = 0; i < rowLength; i++) {
                row[i] = Math.round(Math.max(0, Math.min(1, values[y * rowLength + i])) * LARGEST);
            }
            raster.setPixels(0, y, shape.width(), 1, row);
        }
        return image;
    }

    /** The pattern as the bytes of a PNG file. */
    public static byte[] png(float[] values, Shape shape) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            encode(toImage(values, shape), out);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory cannot fail.", e);
        }
        return out.toByteArray();
    }

    /**
     * Writes one PNG file, all or nothing.
     *
     * @throws OutputException if it cannot be written
     */
    public static void writePng(Path file, float[] values, Shape shape) {
        BufferedImage image = toImage(values, shape);
        AtomicFiles.write(file, out -> encode(image, out));
    }

    /**
     * Writes a folder of PNG files, all or nothing: {@code 000-name.png}, in the order of the patterns.
     *
     * @param patterns {@code [patterns, values]}
     * @param names one per pattern; suffixes of pictures are dropped, characters unfit for file names become {@code _}
     * @throws OutputException if it cannot be written, or if the folder holds files of others
     */
    public static void writeFolder(Path folder, Matrix patterns, Shape shape, List<String> names) {
        if (names.size() != patterns.rows()) {
            throw new IllegalArgumentException(
                    "There are %d names for %d patterns; each needs one.".formatted(names.size(), patterns.rows()));
        }
        writeFolder(folder, names, i -> png(patterns.row(i), shape));
    }

    /**
     * The same for pictures of any sizes, each made when it is written.
     *
     * @param pngs the bytes of the PNG file of that index, as {@link #png} makes them
     * @throws OutputException if it cannot be written, or if the folder holds files of others
     */
    public static void writeFolder(Path folder, List<String> names, IntFunction<byte[]> pngs) {
        int digits = Math.max(
                FEWEST_DIGITS, String.valueOf(Math.max(0, names.size() - 1)).length());
        AtomicFiles.writeFolder(folder, fresh -> {
            for (int i = 0; i < names.size(); i++) {
                String number = "0".repeat(digits - String.valueOf(i).length()) + i;
                byte[] png = pngs.apply(i);
                fresh.write("%s-%s.png".formatted(number, fileName(names.get(i))), out -> out.write(png));
            }
        });
    }

    private static String fileName(String name) {
        // ASCII only: a file name must be writable under any locale; the number keeps it unique.
        String safe = name.replaceAll("[^A-Za-z0-9._-]", "_");
        safe = ImageDecoder.hasPictureName(Path.of(safe)) ? safe.substring(0, safe.lastIndexOf('.')) : safe;
        return safe.length() > LONGEST_NAME ? safe.substring(0, LONGEST_NAME) : safe;
    }

    private static void encode(BufferedImage image, OutputStream out) throws IOException {
        // Explicit, because ImageIO would otherwise buffer every picture in a temporary file.
        try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            if (!ImageIO.write(image, "png", stream)) {
                throw new IOException("this Java has no PNG writer");
            }
        }
    }
}
