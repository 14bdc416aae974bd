package dev.engram.cli.shell;

import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/** Descriptions as plain text: picocli's line breaks and colours resolved. */
final class Words {
    private Words() {}

    /** A description, one line of text for each of its own. */
    static String plain(String... description) {
        StringBuilder text = new StringBuilder();
        for (String line : description) {
            text.append(text.isEmpty() ? "" : "\n").append(line);
        }
        return Ansi.OFF.string(String.format(Locale.ROOT, text.toString()));
    }

    /** The first sentence of a description, without its full stop. */
    static String sentence(String... description) {
        String text = plain(description).strip().replaceAll("\\s+", " ");
        return text.replaceFirst("(?<!\\.)\\.( .*)?$", "");
    }
}
