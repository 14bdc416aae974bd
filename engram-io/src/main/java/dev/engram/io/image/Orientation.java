package dev.engram.io.image;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Which way up a picture was taken, as cameras write it into a JPEG: the tag 0x0112 of the first directory of EXIF.
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

    private static final int TIFF = 42;
    private static final int TAG = 0x0112;
    private static final int SHORT = 3;
    private static final int ENTRY = 12;

    Orientation {
        if (value < 1 || value > MOST) {
            throw new IllegalArgumentException("The orientation (%d) must be from 1 to %d.".formatted(value, MOST));
        }
    }

    /** That of a JPEG; upright if it says nothing. */
    static Orientation of(JpegHeader header) {
        try {
            return header.exif()
                    .map(ByteBuffer::wrap)
                    .flatMap(Orientation::ofTiff)
                    .orElse(UPRIGHT);
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return UPRIGHT; // a length or an offset that points outside
        }
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
