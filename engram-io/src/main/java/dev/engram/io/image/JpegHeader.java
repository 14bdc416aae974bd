package dev.engram.io.image;

import dev.engram.io.file.Inputs;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a JPEG says of itself before its pixels come: its EXIF, and what its components are.
 *
 * <p>Three components are Y, Cb, Cr or red, green, blue. The markers JFIF and Adobe say which; without them the names of the components
 * do, as in the library of the Independent JPEG Group and in Pillow: R, G, B are colours, all others are Y, Cb, Cr.
 *
 * @param exif what its EXIF holds, a TIFF file
 * @param jfif whether it has the marker of JFIF, which knows Y, Cb, Cr alone
 * @param adobeTransform what the marker of Adobe says: 0 for components that are colours
 * @param components the names of the components, in order; empty if the header ended before them
 */
record JpegHeader(Optional<byte[]> exif, boolean jfif, Optional<Integer> adobeTransform, List<Integer> components) {
    private static final JpegHeader NOTHING = new JpegHeader(Optional.empty(), false, Optional.empty(), List.of());

    /** No header is longer; what stands for more is no JPEG. */
    private static final int LONGEST = 1 << 26;

    private static final int MARKER = 0xff;
    private static final int APP0 = 0xe0;
    private static final int APP1 = 0xe1;
    private static final int APP14 = 0xee;
    private static final int TEMPORARY = 0x01;
    private static final int RESTART = 0xd0;
    private static final int START_OF_IMAGE = 0xd8;
    private static final int START_OF_SCAN = 0xda;
    private static final int END_OF_IMAGE = 0xd9;
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] JFIF = "JFIF\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ADOBE = "Adobe".getBytes(StandardCharsets.US_ASCII);
    private static final int ADOBE_TRANSFORM = 11;
    private static final int COUNT_OF_COMPONENTS = 5;
    private static final int COMPONENT = 3;
    private static final List<Integer> RGB = List.of((int) 'R', (int) 'G', (int) 'B');

    /** That of the picture in a file; empty if it is no JPEG. */
    static JpegHeader of(Path file) {
        try (InputStream in = new BufferedInputStream(Inputs.open(file))) {
            return of(in);
        } catch (IOException e) {
            throw Inputs.unreadable(file, e);
        }
    }

    /** @param bytes from the beginning of a JPEG, perhaps not all, perhaps damaged */
    static JpegHeader of(byte[] bytes) {
        try {
            return of(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of what cannot be read, what stands before it. */
    private static JpegHeader of(InputStream in) throws IOException {
        DataInputStream jpeg = new DataInputStream(in);
        JpegHeader header = NOTHING;
        if (in.read() != MARKER || in.read() != START_OF_IMAGE) {
            return header;
        }
        long left = LONGEST;
        while (left > 0) {
            int marker = marker(in, left);
            if (marker == TEMPORARY || marker >= RESTART && marker < START_OF_IMAGE) {
                left--; // these have no segment
                continue;
            }
            byte[] size = jpeg.readNBytes(Short.BYTES);
            if (marker < 0 || marker == START_OF_SCAN || marker == END_OF_IMAGE || size.length < Short.BYTES) {
                break;
            }
            int length = (unsigned(size[0]) << Byte.SIZE | unsigned(size[1])) - Short.BYTES;
            byte[] segment = length < 0 ? new byte[0] : jpeg.readNBytes(length);
            if (segment.length != length) {
                break;
            }
            header = header.with(marker, segment);
            left -= length + 1;
        }
        return header;
    }

    /** The next marker; what stands before it is passed over, as decoders do. Negative at the end of the file. */
    private static int marker(InputStream in, long most) throws IOException {
        boolean begun = false;
        for (long i = 0; i < most; i++) {
            int one = in.read();
            if (one < 0 || begun && one != 0 && one != MARKER) {
                return one;
            }
            begun = one == MARKER;
        }
        return -1;
    }

    private JpegHeader with(int marker, byte[] segment) {
        if (marker == APP0 && beginsWith(segment, JFIF)) {
            return new JpegHeader(exif, true, adobeTransform, components);
        }
        if (marker == APP1 && exif.isEmpty() && beginsWith(segment, EXIF)) {
            byte[] tiff = Arrays.copyOfRange(segment, EXIF.length, segment.length);
            return new JpegHeader(Optional.of(tiff), jfif, adobeTransform, components);
        }
        if (marker == APP14 && beginsWith(segment, ADOBE) && segment.length > ADOBE_TRANSFORM) {
            return new JpegHeader(exif, jfif, Optional.of(unsigned(segment[ADOBE_TRANSFORM])), components);
        }
        if (isStartOfFrame(marker) && components.isEmpty()) {
            List<Integer> names = new ArrayList<>();
            for (int at = COUNT_OF_COMPONENTS + 1; at < segment.length; at += COMPONENT) {
                names.add(unsigned(segment[at]));
            }
            return new JpegHeader(exif, jfif, adobeTransform, List.copyOf(names));
        }
        return this;
    }

    /** The markers c0 to cf, but for three that are tables. */
    private static boolean isStartOfFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static boolean beginsWith(byte[] segment, byte[] name) {
        return segment.length >= name.length && Arrays.equals(segment, 0, name.length, name, 0, name.length);
    }

    private static int unsigned(byte value) {
        return Byte.toUnsignedInt(value);
    }

    /** Whether three components are red, green and blue; otherwise they are Y, Cb, Cr. */
    boolean isRgb() {
        return !jfif && adobeTransform.map(transform -> transform == 0).orElse(components.equals(RGB));
    }
}
