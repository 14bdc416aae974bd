package dev.engram.io.image;

import dev.engram.io.file.Inputs;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which way up a picture was taken, as cameras write it into a JPEG: the tag 0x0112 of the first directory of EXIF, in the
 * segment APP1.
 *
 * <pre>
 * 1 upright  2 mirrored  3 upside down  4 mirrored and upside down
 * 5 to 8 also rows and columns exchanged: 6 is to be turned clockwise, 8 anticlockwise, 5 and 7 are mirrored besides
 * </pre>
 *
 * <p>Whatever cannot be read is upright: not the values of the picture depend on it, only where they stand.
 *
 * @param value 1 to 8
 */
record Orientation(int value) {
    private static final Orientation UPRIGHT = new Orientation(1);
    private static final int MOST = 8;

    /** EXIF comes first, or after one other segment; none is longer than 64 KiB. */
    private static final int BEGINNING = 1 << 18;

    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final int MARKER = 0xff;
    private static final int START_OF_SCAN = 0xda;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int APP1 = 0xe1;
    private static final int TIFF = 42;
    private static final int TAG = 0x0112;
    private static final int SHORT = 3;
    private static final int ENTRY = 12;

    Orientation {
        if (value < 1 || value > MOST) {
            throw new IllegalArgumentException("The orientation (%d) must be from 1 to %d.".formatted(value, MOST));
        }
    }

    /** That of the picture in a file; upright if it is no JPEG, or says nothing. */
    static Orientation of(Path file) {
        byte[] start = Inputs.beginning(file, 2);
        return Inputs.startsWith(start, MARKER, 0xd8) ? ofJpeg(Inputs.beginning(file, BEGINNING)) : UPRIGHT;
    }

    /** @param bytes from the beginning of a JPEG, perhaps not all, perhaps damaged */
    static Orientation ofJpeg(byte[] bytes) {
        try {
            return exif(ByteBuffer.wrap(bytes)).flatMap(Orientation::ofTiff).orElse(UPRIGHT);
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return UPRIGHT; // a length or an offset that points outside
        }
    }

    /** What EXIF holds: a TIFF file. Every segment moves on by its length, so that the search ends. */
    private static Optional<ByteBuffer> exif(ByteBuffer jpeg) {
        jpeg.position(2);
        while (jpeg.hasRemaining()) {
            if (unsigned(jpeg.get()) != MARKER) {
                return Optional.empty();
            }
            int marker = unsigned(jpeg.get());
            while (marker == MARKER) { // padding
                marker = unsigned(jpeg.get());
            }
            if (marker == START_OF_SCAN || marker == END_OF_IMAGE) {
                return Optional.empty();
            }
            int length = Short.toUnsignedInt(jpeg.getShort()) - Short.BYTES;
            ByteBuffer segment = jpeg.slice(jpeg.position(), length);
            if (marker == APP1 && beginsWithExif(segment)) {
                return Optional.of(segment.slice());
            }
            jpeg.position(jpeg.position() + length);
        }
        return Optional.empty();
    }

    private static boolean beginsWithExif(ByteBuffer segment) {
        if (segment.remaining() < EXIF.length) {
            return false;
        }
        byte[] start = new byte[EXIF.length];
        segment.get(start);
        return Arrays.equals(start, EXIF);
    }

    private static Optional<Orientation> ofTiff(ByteBuffer tiff) {
        short order = tiff.getShort(0);
        tiff.order(order == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        if (order != 0x4949 && order != 0x4d4d || tiff.getShort(2) != TIFF) {
            return Optional.empty();
        }
        int directory = tiff.getInt(4);
        int entries = Short.toUnsignedInt(tiff.getShort(directory));
        for (int i = 0; i < entries; i++) {
            int at = directory + Short.BYTES + i * ENTRY;
            if (Short.toUnsignedInt(tiff.getShort(at)) == TAG) {
                return tiff.getShort(at + 2) == SHORT
                        ? Optional.of(new Orientation(tiff.getShort(at + 8)))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static int unsigned(byte value) {
        return Byte.toUnsignedInt(value);
    }

    /** The picture as it was seen. */
    DecodedImage upright(DecodedImage image) {
        if (value == 1) {
            return image;
        }
        boolean exchanged = value > 4;
        boolean mirrored = value == 2 || value == 3 || value == 6 || value == 7;
        boolean upsideDown = value == 3 || value == 4 || value == 7 || value == MOST;
        int width = exchanged ? image.height() : image.width();
        int height = exchanged ? image.width() : image.height();
        int channels = image.channels();
        float[] turned = new float[image.values().length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int across = mirrored ? width - 1 - x : x;
                int down = upsideDown ? height - 1 - y : y;
                int from = exchanged ? across * image.width() + down : down * image.width() + across;
                System.arraycopy(image.values(), from * channels, turned, (y * width + x) * channels, channels);
            }
        }
        return image.turned(width, height, turned);
    }
}
