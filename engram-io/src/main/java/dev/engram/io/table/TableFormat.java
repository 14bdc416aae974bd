package dev.engram.io.table;

import dev.engram.io.file.InputException;
import dev.engram.io.file.Inputs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * How the text of a table is written: what stands between its cells, and how its characters are bytes.
 *
 * @param separator a comma or a tab
 * @param mark how many bytes of a byte-order mark come first
 */
record TableFormat(char separator, Charset charset, int mark) {
    private static final int START = 1 << 16;

    /** Whether a file's name says that it is a table. */
    static boolean isNamed(Path file) {
        return name(file).matches(".*\\.(csv|tsv|tab)");
    }

    /** Whether a file looks like a table that is not named as one: text, with a comma or a tab in the first line. */
    static boolean looksLikeTable(Path file) {
        if (!name(file).matches("[^.]*|.*\\.(txt|data|dat)")) {
            return false;
        }
        byte[] start = Inputs.beginning(file, START);
        TableFormat encoded = encoded(start);
        String text = new String(start, encoded.mark, start.length - encoded.mark, encoded.charset);
        String line = text.lines().findFirst().orElse("");
        return text.chars().noneMatch(c -> c < ' ' && c != '\t' && c != '\n' && c != '\r')
                && (line.indexOf(',') >= 0 || line.indexOf('\t') >= 0);
    }

    /**
     * The format of a file.
     *
     * @throws InputException if it is one of those that are not read, with advice
     */
    static TableFormat of(Path file) {
        byte[] start = Inputs.beginning(file, START);
        TableFormat encoded = encoded(start);
        String text = new String(start, encoded.mark, start.length - encoded.mark, encoded.charset);
        if (text.isBlank()) {
            throw new InputException("%s holds no rows. Maybe another file was meant.".formatted(file));
        }
        String line = unquoted(text.strip().lines().findFirst().orElse(""));
        boolean tabs = line.indexOf('\t') >= 0 && (name(file).matches(".*\\.(tsv|tab)") || line.indexOf(',') < 0);
        if (!tabs && isSeparatedBySemicolons(line)) {
            throw new InputException(
                    ("%s has semicolons between its cells; commas or tabs, and decimal points, were expected. Maybe save it as"
                                    + " \"CSV UTF-8 (comma delimited)\", or in Python: pandas.read_csv(FILE, sep=\";\","
                                    + " decimal=\",\").to_csv(\"table.csv\", index=False).")
                            .formatted(file));
        }
        boolean byName = name(file).matches(".*\\.(tsv|tab)") && line.indexOf(',') < 0;
        return new TableFormat(tabs || byName ? '\t' : ',', encoded.charset, encoded.mark);
    }

    private static boolean isSeparatedBySemicolons(String line) {
        return line.indexOf(';') >= 0
                && (line.indexOf(',') < 0
                        || Arrays.stream(line.split(";", -1))
                                .allMatch(c -> Cell.isMissing(c) || Cell.hasComma(c) || !Double.isNaN(Cell.number(c))));
    }

    private static String unquoted(String line) {
        return line.replaceAll("\"[^\"]*\"", "x");
    }

    private static TableFormat encoded(byte[] start) {
        if (Inputs.startsWith(start, 0xEF, 0xBB, 0xBF)) {
            return new TableFormat(',', StandardCharsets.UTF_8, 3);
        }
        if (Inputs.startsWith(start, 0xFE, 0xFF)) {
            return new TableFormat(',', StandardCharsets.UTF_16BE, 2);
        }
        if (Inputs.startsWith(start, 0xFF, 0xFE)) {
            return new TableFormat(',', StandardCharsets.UTF_16LE, 2);
        }
        return new TableFormat(',', StandardCharsets.UTF_8, 0);
    }

    /** The text after the mark; bytes that are no text end in a {@link java.nio.charset.CharacterCodingException}. */
    Reader open(Path file) throws IOException {
        InputStream in = Inputs.open(file);
        in.skipNBytes(mark);
        return new BufferedReader(
                new InputStreamReader(
                        in,
                        charset.newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)),
                START);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    }
}
