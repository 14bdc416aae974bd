package dev.engram.io.numpy;

import dev.engram.io.file.HeapLimit;
import dev.engram.io.file.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads an array [n] of text ({@code U} or {@code S}) or of whole numbers as text; the grammar is at {@link NpyHeader}. */
public final class NpyStrings {
    private NpyStrings() {}

    /**
     * All elements.
     *
     * @param what the file, as messages should name it
     * @param length bytes in the stream
     * @throws InputException if it is something else, or damaged
     */
    public static List<String> read(InputStream in, String what, long length) throws IOException {
        NpyHeader.Text header = NpyHeader.text(in, what, length);
        NpyHeaderParser.Untyped array = new NpyHeaderParser(what, header.text()).untyped();
        String code = array.descr().length() < 2 ? array.descr() : array.descr().substring(1);
        if (array.shape().length != 1 || !code.matches("[US]\\d{1,6}|[ui][1248]|b1")) {
            throw new InputException("%s has dtype '%s' and %d dimensions; one of text or whole numbers was expected."
                    .formatted(what, array.descr(), array.shape().length));
        }
        int count = array.shape()[0];
        int bytes = Integer.parseInt(code.substring(1)) * (code.startsWith("U") ? Integer.BYTES : 1);
        if (header.dataOffset() + (long) count * bytes != length) {
            throw new InputException("%s is damaged: its header promises %,d bytes of data, %,d are there."
                    .formatted(what, (long) count * bytes, length - header.dataOffset()));
        }
        HeapLimit.floats(what, count * (1L + bytes / Float.BYTES));
        ByteOrder order = array.descr().startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        List<String> elements = new ArrayList<>(count);
        byte[] element = new byte[bytes];
        for (int i = 0; i < count; i++) {
            if (in.readNBytes(element, 0, bytes) < bytes) {
                throw new InputException("%s is truncated.".formatted(what));
            }
            elements.add(element(code, ByteBuffer.wrap(element).order(order)));
        }
        return elements;
    }

    /** Text is padded with zeros at its end. */
    private static String element(String code, ByteBuffer element) {
        switch (code.charAt(0)) {
            case 'U' -> {
                StringBuilder text = new StringBuilder();
                while (element.hasRemaining()) {
                    int character = element.getInt();
                    text.appendCodePoint(isCharacter(character) ? character : '?');
                }
                return withoutPadding(text.toString());
            }
            case 'S' -> {
                return withoutPadding(new String(element.array(), StandardCharsets.UTF_8));
            }
            default -> {
                boolean signed = code.startsWith("i");
                return switch (element.remaining()) {
                    case 1 -> String.valueOf(signed ? element.get() : Byte.toUnsignedInt(element.get()));
                    case 2 -> String.valueOf(signed ? element.getShort() : Short.toUnsignedInt(element.getShort()));
                    case 4 -> signed ? String.valueOf(element.getInt()) : Integer.toUnsignedString(element.getInt());
                    default -> signed ? String.valueOf(element.getLong()) : Long.toUnsignedString(element.getLong());
                };
            }
        }
    }

    private static boolean isCharacter(int code) {
        return Character.isValidCodePoint(code) && Character.getType(code) != Character.SURROGATE;
    }

    private static String withoutPadding(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == 0) {
            end--;
        }
        return text.substring(0, end);
    }
}
