package dev.engram.io.pickle;

import dev.engram.io.file.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of a Python pickle, taken one after the other; every length is checked against what is left. */
final class PickleInput {
    private final String what;
    private final ByteBuffer bytes;

    PickleInput(String what, byte[] bytes) {
        this.what = what;
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    int position() {
        return bytes.position();
    }

    int uint8() {
        require(Byte.BYTES);
        return bytes.get() & 0xff;
    }

    int uint16() {
        require(Short.BYTES);
        return bytes.getChar();
    }

    int int32() {
        require(Integer.BYTES);
        return bytes.getInt();
    }

    long int64() {
        require(Long.BYTES);
        return bytes.getLong();
    }

    double bigEndianDouble() {
        require(Double.BYTES);
        return Double.longBitsToDouble(Long.reverseBytes(bytes.getLong()));
    }

    byte[] bytes(long length) {
        require(length);
        byte[] taken = new byte[(int) length];
        bytes.get(taken);
        return taken;
    }

    String utf8(long length) {
        return new String(bytes(length), StandardCharsets.UTF_8);
    }

    /** An integer of that many little-endian bytes in two's complement. */
    long longOf(long length) {
        byte[] taken = bytes(length);
        if (taken.length > Long.BYTES) {
            throw new InputException("%s: a number of %d bytes in the pickle is not one of an image data set."
                    .formatted(what, taken.length));
        }
        long value = taken.length > 0 && taken[taken.length - 1] < 0 ? -1 : 0;
        for (int i = taken.length - 1; i >= 0; i--) {
            value = value << Byte.SIZE | taken[i] & 0xff;
        }
        return value;
    }

    /** The text up to the next line feed, which is skipped. */
    String line() {
        int start = bytes.position();
        byte[] all = bytes.array();
        int end = start;
        while (end < all.length && all[end] != '\n') {
            end++;
        }
        require(end - start + 1L);
        bytes.position(end + 1);
        return new String(Arrays.copyOfRange(all, start, end), StandardCharsets.ISO_8859_1);
    }

    private void require(long length) {
        if (length < 0 || length > bytes.remaining()) {
            throw new InputException(
                    ("%s is a truncated or damaged pickle: it ends at byte %,d within a value. Maybe copy or "
                                    + "download it again.")
                            .formatted(what, bytes.limit()));
        }
    }
}
