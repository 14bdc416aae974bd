package dev.engram.io.numpy;

import dev.engram.io.file.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The header of a NumPy array file ({@code .npy}): element type, order and shape.
 *
 * <pre>
 * file    := magic version length header data
 * magic   := 0x93 'N' 'U' 'M' 'P' 'Y'
 * version := (1 | 2 | 3) 0
 * length  := uint16 (version 1) | uint32 (versions 2 and 3), little-endian
 * header  := Python dict literal with 'descr', 'fortran_order', 'shape'; Latin-1, or UTF-8 in version 3
 * </pre>
 *
 * @param shape every dimension at least 0, the product within a long
 * @param fortranOrder whether the first axis is the fastest in the data
 * @param dataOffset where the data begins, in bytes from the magic
 */
public record NpyHeader(NpyType type, ByteOrder order, boolean fortranOrder, int[] shape, long dataOffset) {
    static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    private static final int LONGEST_HEADER = 1 << 20;

    /** Whether the bytes are the first of an {@code .npy} file. */
    public static boolean isAtStart(byte[] start) {
        return start.length >= MAGIC.length && Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /** How many elements the shape has. */
    long values() {
        return Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
    }

    /**
     * Reads up to where the data begins.
     *
     * @param what the file, as messages should name it
     * @param length bytes in the file
     */
    static NpyHeader read(InputStream in, String what, long length) throws IOException {
        Text header = text(in, what, length);
        return new NpyHeaderParser(what, header.text()).parse(header.dataOffset());
    }

    /** A header as it stands in the file: a Python literal. */
    record Text(String text, long dataOffset) {}

    /** Reads up to where the data begins, without understanding it. */
    static Text text(InputStream in, String what, long length) throws IOException {
        byte[] start = in.readNBytes(MAGIC.length + 2);
        if (start.length < MAGIC.length + 2 || !isAtStart(start)) {
            throw new InputException(
                    ("%s is not a NumPy file: it does not begin with the bytes 93 'NUMPY'. Maybe it only has the "
                                    + "name of one.")
                            .formatted(what));
        }
        int major = start[MAGIC.length];
        if (major < 1 || major > 3) {
            throw new InputException("%s has NumPy format version %d.%d; versions 1.0, 2.0 and 3.0 can be read."
                    .formatted(what, major, start[MAGIC.length + 1]));
        }
        byte[] field = in.readNBytes(major == 1 ? Short.BYTES : Integer.BYTES);
        if (field.length < (major == 1 ? Short.BYTES : Integer.BYTES)) {
            throw new InputException("%s is truncated: it ends within its header.".formatted(what));
        }
        ByteBuffer number = ByteBuffer.wrap(field).order(ByteOrder.LITTLE_ENDIAN);
        long headerLength = major == 1 ? number.getChar() : number.getInt() & 0xffffffffL;
        long offset = MAGIC.length + 2 + field.length + headerLength;
        if (headerLength > LONGEST_HEADER || offset > length) {
            throw new InputException(
                    "%s has a header of %,d bytes, but the file has only %,d. Maybe it is damaged or truncated."
                            .formatted(what, headerLength, length));
        }
        byte[] header = in.readNBytes((int) headerLength);
        if (header.length < headerLength) {
            throw new InputException("%s is truncated: it ends within its header.".formatted(what));
        }
        Charset charset = major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        return new Text(new String(header, charset), offset);
    }
}
