package dev.engram.cli.shell;

import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/** Descriptions as plain text: picocli's line breaks and colours resolved. */
final class Words {
    private Words() {}

    /** What is said of a command, whose text picocli keeps as a format. */
    static String ofCommand(String... lines) {
        return ofArgument(String.format(Locale.ROOT, String.join("\n", lines)));
    }

    /** What is said of an option or a parameter, which picocli hands over formatted. */
    static String ofArgument(String... lines) {
        return Ansi.OFF.string(String.join("\n", lines));
    }

    /** The first sentence of a text, without its full stop. */
    static String sentence(String text) {
        return text.strip().replaceAll("\\s+", " ").replaceFirst("(?<!\\.)\\.( .*)?$", "");
    }
}
