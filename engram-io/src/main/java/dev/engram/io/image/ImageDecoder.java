package dev.engram.io.image;

import dev.engram.io.file.Bounds;
import dev.engram.io.file.InputException;
import dev.engram.io.file.Inputs;
import java.awt.image.BufferedImage;
import java.io.IOException;
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
    private static final int SIGNATURE = 8;

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
                || Inputs.startsWith(start, 'B', 'M');
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
                return Orientation.of(file).upright(decode(file, in, isResized));
            }
        } catch (IOException e) {
            throw damaged(file, e);
        }
    }

    private static DecodedImage decode(Path file, ImageInputStream in, boolean isResized) throws IOException {
        ImageReader reader = reader(file, in);
        try {
            List<String> warnings = new ArrayList<>();
            reader.addIIOReadWarningListener((IIOReadWarningListener) (source, warning) -> warnings.add(warning));
            reader.setInput(in);
            PictureSize size =
                    PictureSize.of(file, reader.getFormatName(), reader.getWidth(0), reader.getHeight(0), isResized);
            BufferedImage image = size.every() == 1 ? reader.read(0) : sampled(reader, size.every());
            if (warnings.stream().anyMatch(w -> w.contains("Truncated"))) {
                throw new InputException(
                        "The picture %s is truncated. Maybe copy or download it again.".formatted(file));
            }
            List<DecodedImage.Note> notes = new ArrayList<>();
            if (!warnings.isEmpty()) {
                notes.add(DecodedImage.Note.DAMAGED);
            }
            if (size.every() > 1) {
                notes.add(DecodedImage.Note.SAMPLED);
            }
            if (isAnimated(reader)) {
                notes.add(DecodedImage.Note.ANIMATED);
            }
            return PixelReader.read(file, image, notes);
        } catch (RuntimeException e) {
            // The readers of the JDK answer some damage with index or argument errors.
            throw e instanceof InputException ? e : damaged(file, e);
        } finally {
            reader.dispose();
        }
    }

    private static BufferedImage sampled(ImageReader reader, int every) throws IOException {
        ImageReadParam parameters = reader.getDefaultReadParam();
        parameters.setSourceSubsampling(every, every, 0, 0);
        return reader.read(0, parameters);
    }

    private static ImageReader reader(Path file, ImageInputStream in) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
                return reader;
            }
        }
        throw new InputException(
                "The picture %s is not PNG, JPEG, GIF or BMP, whatever its name. Maybe it is damaged or misnamed."
                        .formatted(file));
    }

    private static boolean isAnimated(ImageReader reader) {
        try {
            return reader.getFormatName().equalsIgnoreCase("gif") && reader.getNumImages(true) > 1;
        } catch (IOException e) {
            return false;
        }
    }

    private static InputException damaged(Path file, Exception cause) {
        String reason = Inputs.reason(cause);
        if (reason.contains("Unsupported Image Type")) {
            return new InputException(
                    ("The picture %s has colours that are not grey or RGB (probably CMYK). Maybe convert it to RGB "
                                    + "first.")
                            .formatted(file),
                    cause);
        }
        return new InputException(
                "The picture %s cannot be decoded: %s. Maybe it is damaged or truncated.".formatted(file, reason),
                cause);
    }
}
