package dev.engram.io;

import dev.engram.io.file.Bounds;
import java.util.regex.Pattern;

/**
 * Text from files, made fit to be shown: characters that would move a cursor, colour or reorder text appear as {@code \\u001b}, and a
 * message has at most {@link Bounds#MESSAGE} characters.
 */
public final class Printable {
    private static final int ENDING = 500;
    private static final String REORDERING = "\u202a-\u202e\u2066-\u2069\u2028\u2029";
    private static final Pattern IN_A_NAME = Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}" + REORDERING + "]|\\p{Cs}");
    private static final Pattern IN_LINES = Pattern.compile("(?!\\n|\\t|\\r\\n)(?:" + IN_A_NAME.pattern() + ")");
    private static final Pattern LINE_END = Pattern.compile("\\s*\\R\\s*");

    private Printable() {}

    /** A name, on one line. */
    public static String name(String text) {
        return escaped(IN_A_NAME, text);
    }

    /** Whole lines, with their ends and tabs. */
    public static String lines(String text) {
        return escaped(IN_LINES, text);
    }

    /** A message on one line; of one that is too long the beginning and the end, where the way out is told. */
    public static String message(String text) {
        String line = LINE_END.matcher(shortened(text)).replaceAll(" ");
        return shortened(name(line));
    }

    private static String shortened(String text) {
        if (text.length() <= Bounds.MESSAGE) {
            return text;
        }
        String middle = " ... (%,d characters) ... ".formatted(text.length());
        int beginning = Bounds.MESSAGE - ENDING - middle.length();
        return text.substring(0, beginning) + middle + text.substring(text.length() - ENDING);
    }

    private static String escaped(Pattern unfit, String text) {
        return unfit.matcher(text)
                .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
    }
}
