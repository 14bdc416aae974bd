package dev.engram.io.pickle;

import java.io.ByteArrayOutputStream;

/** Decodes the texts of old Python pickles (protocol 0), which are Python source with escapes. */
final class PickleText {
    private static final String NAMED = "abfnrtv\\'\"";
    private static final String MEANT = "\u0007\b\f\n\r\t\u000b\\'\"";

    private PickleText() {}

    /** The bytes of a quoted literal: {@code 'a\x00\n'}. */
    static byte[] bytesOf(String literal) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 1; i < literal.length() - 1; i++) {
            char c = literal.charAt(i);
            if (c != '\\') {
                out.write(c);
                continue;
            }
            char kind = literal.charAt(++i);
            if (kind == 'x' && i + 2 < literal.length()) {
                out.write(Integer.parseInt(literal, i + 1, i + 3, 16));
                i += 2;
            } else {
                int named = NAMED.indexOf(kind);
                out.write(named < 0 ? kind : MEANT.charAt(named));
            }
        }
        return out.toByteArray();
    }

    /** A text in which {@code \}{@code uXXXX} stands for a character. */
    static String unicodeOf(String escaped) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < escaped.length(); i++) {
            if (escaped.startsWith("\\u", i) && i + 6 <= escaped.length()) {
                out.append((char) Integer.parseInt(escaped, i + 2, i + 6, 16));
                i += 5;
            } else {
                out.append(escaped.charAt(i));
            }
        }
        return out.toString();
    }
}
