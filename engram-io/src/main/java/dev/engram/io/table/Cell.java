package dev.engram.io.table;

import java.util.Set;
import java.util.regex.Pattern;

/** What the text of a cell says: a number with a decimal point, nothing, or a text. */
final class Cell {
    private static final Set<String> MISSING = Set.of("", "NA", "NaN", "nan", "null", "?");
    private static final Pattern WITH_COMMA =
            Pattern.compile("[+-]?\\d{1,3}(,\\d{3})*,\\d+([eE][+-]?\\d+)?|[+-]?\\d+,\\d*");

    private Cell() {}

    static boolean isMissing(String text) {
        return MISSING.contains(text.strip());
    }

    /** The number, or NaN of a text that is none; infinite of one too large. */
    static double number(String text) {
        String stripped = text.strip();
        if (!looksLikeNumber(stripped)) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(stripped);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** Java reads more as a number than people write: 1f, 0x1p3, NaN. */
    private static boolean looksLikeNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E')) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Whether it is a number with a comma in it, for decimals or thousands. */
    static boolean hasComma(String text) {
        return text.indexOf(',') >= 0 && WITH_COMMA.matcher(text.strip()).matches();
    }
}
