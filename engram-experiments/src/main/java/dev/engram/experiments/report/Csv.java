package dev.engram.experiments.report;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes tables as comma-separated values (RFC 4180): commas, quotes only where they are needed, a heading, lines
 * ending in a line feed.
 */
public final class Csv {
    private Csv() {}

    /** @param rows each as long as {@code head} */
    public static String of(List<String> head, List<List<String>> rows) {
        StringBuilder csv = new StringBuilder(line(head));
        rows.forEach(row -> csv.append(line(row)));
        return csv.toString();
    }

    private static String line(List<String> fields) {
        return fields.stream().map(Csv::field).collect(Collectors.joining(",", "", "\n"));
    }

    private static String field(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
