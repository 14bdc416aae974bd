package dev.engram.io.image;

import dev.engram.io.file.Bounds;
import dev.engram.io.file.InputException;
import dev.engram.io.file.Inputs;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes PNG, JPEG, GIF and BMP files.
 *
 * <p>The stored samples are taken as they are, without colour management, as research data sets are read elsewhere; a
 * JPEG that says by EXIF which way up it was taken is turned. A file is a picture by its first bytes, whatever its name.
 */
public final class ImageDecoder {
    private static final Set<String> SUFFIXES = Set.of("png", "jpg", "jpeg", "gif", "bmp");
    private static final Set<String> FORMATS = Set.of("png", "jpeg", "gif", "bmp");
    private static final int BITMAP_HEADER = 14;
    private static final Set<Integer> BITMAP_HEADERS = Set.of(12, 16, 40, 52, 56, 64, 108, 124);

    /** How many bytes tell whether a file is a picture. */
    static final int SIGNATURE = BITMAP_HEADER + Integer.BYTES;

    private ImageDecoder() {}

    /** Whether the name is that of a picture. */
    static boolean hasPictureName(Path file) {
        String name = String.valueOf(file.getFileName());
        String suffix = name.substring(name.lastIndexOf('.') + 1);
        return SUFFIXES.contains(suffix.toLowerCase(Locale.ROOT));
    }

    /** Whether the bytes are the first of a picture. */
    public static boolean hasPictureSignature(byte[] start) {
        return PngChecksums.isPng(start)
                || Inputs.startsWith(start, 0xff, 0xd8, 0xff)
                || Inputs.startsWith(start, 'G', 'I', 'F', '8')
                || isBitmap(start);
    }

    /** Two letters alone would make a picture of many a text; the length of the header that follows is one of a few. */
    private static boolean isBitmap(byte[] start) {
        return Inputs.startsWith(start, 'B', 'M')
                && start.length >= SIGNATURE
                && BITMAP_HEADERS.contains(
                        ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getInt(BITMAP_HEADER));
    }

    /** Whether the file is a picture, by its name or by its first bytes. */
    static boolean isPicture(Path file) {
        return hasPictureName(file) || hasPictureSignature(Inputs.beginning(file, SIGNATURE));
    }

    /** {@link #decode(Path, boolean)} of a picture that is wanted as it is. */
    public static DecodedImage decode(Path file) {
        return decode(file, false);
    }

    /**
     * Decodes the first (or only) frame.
     *
     * @param isResized whether it will be brought to another size: then of a picture of more than {@link Bounds#PIXELS} pixels, which is
     *     refused otherwise, only every k-th row and column is read
     * @throws InputException naming the file, if it is not a picture, damaged, or of an unsupported kind (CMYK JPEG)
     */
    public static DecodedImage decode(Path file, boolean isResized) {
        try {
            if (Files.size(file) == 0) {
                throw new InputException("The picture %s is empty (0 bytes). Maybe copy it again.".formatted(file));
            }
            if (PngChecksums.isPng(Inputs.beginning(file, SIGNATURE))) {
                PngChecksums.require(file);
            }
            // From a File: for other sources ImageIO makes a temporary copy on the disk.
            try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
                if (in == null) { // ImageIO's answer to a name that Java cannot hand to the system
                    throw new InputException(
                            "The picture %s cannot be opened. Maybe its name has letters that Java's locale lacks; try LC_ALL=C.UTF-8."
                                    .formatted(file));
                }
                JpegHeader header = JpegHeader.of(file);
                return Orientation.of(header).upright(decode(file, in, header, isResized));
            }
        } catch (IOException e) {
            throw damaged(file, e);
        }
    }

    private static DecodedImage decode(Path file, ImageInputStream in, JpegHeader header, boolean isResized)
            throws IOException {
        ImageReader reader = reader(file, in);
        try {
            List<String> warnings = new ArrayList<>();
            reader.addIIOReadWarningListener((IIOReadWarningListener) (source, warning) -> warnings.add(warning));
            reader.setInput(in);
            DecodedImage image = samples(file, reader, header, isResized);
            if (warnings.stream().anyMatch(w -> w.contains("Truncated"))) {
                throw new InputException(
                        "The picture %s is truncated. Maybe copy or download it again.".formatted(file));
            }
            if (!warnings.isEmpty()) {
                image = image.noted(DecodedImage.Note.DAMAGED);
            }
            return isAnimated(reader) ? image.noted(DecodedImage.Note.ANIMATED) : image;
        } catch (RuntimeException e) {
            // The readers of the JDK answer some damage with index or argument errors.
            throw e instanceof InputException ? e : damaged(file, e);
        } finally {
            reader.dispose();
        }
    }

    private static DecodedImage samples(Path file, ImageReader reader, JpegHeader header, boolean isResized)
            throws IOException {
        String format = format(reader);
        if (format.equals("gif")) { // its frames lie on a canvas, so that it is never read in part
            GifCanvas canvas = GifCanvas.of(reader);
            PictureSize.of(file, format, canvas.width(), canvas.height(), false);
            return PixelReader.read(file, canvas.with(reader.read(0)));
        }
        PictureSize size = PictureSize.of(file, format, reader.getWidth(0), reader.getHeight(0), isResized);
        ImageReadParam parameters = reader.getDefaultReadParam();
        parameters.setSourceSubsampling(size.every(), size.every(), 0, 0);
        DecodedImage image;
        if (format.equals("jpeg")) {
            Raster raster = reader.readRaster(0, parameters);
            float[] values = JpegSamples.values(file, raster, header.isRgb());
            image = new DecodedImage(raster.getWidth(), raster.getHeight(), raster.getNumBands(), values, List.of());
        } else {
            image = PixelReader.read(file, reader.read(0, parameters));
        }
        return size.every() > 1 ? image.noted(DecodedImage.Note.SAMPLED) : image;
    }

    private static String format(ImageReader reader) throws IOException {
        return reader.getFormatName().toLowerCase(Locale.ROOT);
    }

    private static ImageReader reader(Path file, ImageInputStream in) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (FORMATS.contains(format(reader))) {
                return reader;
            }
        }
        throw new InputException(
                "The picture %s is not PNG, JPEG, GIF or BMP, whatever its name. Maybe it is damaged or misnamed."
                        .formatted(file));
    }

    private static boolean isAnimated(ImageReader reader) {
        try {
            return format(reader).equals("gif") && reader.getNumImages(true) > 1;
        } catch (IOException e) {
            return false;
        }
    }

    private static InputException damaged(Path file, Exception cause) {
        String reason = Inputs.reason(cause);
        return new InputException(
                "The picture %s cannot be decoded: %s. Maybe it is damaged or truncated.".formatted(file, reason),
                cause);
    }
}
