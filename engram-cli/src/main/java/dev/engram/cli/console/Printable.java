package dev.engram.cli.console;

import java.util.regex.Pattern;

/** Text from files, made fit for a terminal: characters that would move the cursor, colour or reorder text are shown as {@code \\u001b}. */
public final class Printable {
    private static final String REORDERING = "\u202a-\u202e\u2066-\u2069\u2028\u2029";
    private static final Pattern IN_A_NAME = Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}" + REORDERING + "]|\\p{Cs}");
    private static final Pattern IN_LINES = Pattern.compile("(?!\\n|\\t|\\r\\n)(?:" + IN_A_NAME.pattern() + ")");

    private Printable() {}

    /** A name, on one line. */
    public static String name(String text) {
        return escaped(IN_A_NAME, text);
    }

    /** Whole lines, with their ends and tabs. */
    static String lines(String text) {
        return escaped(IN_LINES, text);
    }

    private static String escaped(Pattern unfit, String text) {
        return unfit.matcher(text)
                .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
    }
}
