package dev.engram.experiments.report;

import dev.engram.io.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A table that a page shows and that is also written as CSV: text to the left, numbers to the right, rows sorted by the column whose
 * heading is pressed.
 */
public final class Table {
    /** What a column holds. */
    private enum Kind {
        TEXT,
        NUMBER
    }

    /** How an entry is set off. */
    public enum Mark {
        NONE,
        GOOD,
        BAD
    }

    private record Column(String head, Kind kind) {}

    /**
     * One entry.
     *
     * @param shown on the page
     * @param exact what it is sorted by, and what the CSV holds
     */
    public record Entry(String shown, String exact, Mark mark) {
        public static Entry text(String text) {
            return new Entry(text, text, Mark.NONE);
        }

        /** A number to three digits. */
        public static Entry number(double value) {
            return number(value, Double.isNaN(value) ? "" : NumberText.brief(value));
        }

        /** A number to three digits, or nothing. */
        public static Entry number(OptionalDouble value) {
            return number(value.orElse(Double.NaN));
        }

        public static Entry count(long value) {
            return new Entry(String.valueOf(value), String.valueOf(value), Mark.NONE);
        }

        /** A number shown in the given words. */
        public static Entry number(double value, String shown) {
            return new Entry(shown, String.valueOf(value), Mark.NONE);
        }

        /** A fraction as per cent; all of it is good. */
        public static Entry percent(double fraction) {
            return number(fraction, NumberText.percent(fraction)).marked(fraction == 1 ? Mark.GOOD : Mark.NONE);
        }

        /** A fraction as per cent, or nothing. */
        public static Entry percent(OptionalDouble fraction) {
            return percent(fraction.orElse(Double.NaN));
        }

        public static Entry duration(double seconds) {
            return number(seconds, NumberText.duration(seconds));
        }

        public static Entry bytes(long bytes) {
            return new Entry(NumberText.bytes(bytes), String.valueOf(bytes), Mark.NONE);
        }

        public Entry marked(Mark newMark) {
            return new Entry(shown, exact, newMark);
        }
    }

    private final String caption;
    private final List<Column> columns = new ArrayList<>();
    private final List<List<Entry>> rows = new ArrayList<>();
    private boolean wrapping;

    /** @param caption what the table shows; may be empty where the text before it says so */
    public Table(String caption) {
        this.caption = caption;
    }

    /** Adds columns of text. */
    public Table texts(String... heads) {
        return columns(Kind.TEXT, heads);
    }

    /** Adds columns of numbers. */
    public Table numbers(String... heads) {
        return columns(Kind.NUMBER, heads);
    }

    private Table columns(Kind kind, String... heads) {
        for (String head : heads) {
            columns.add(new Column(head, kind));
        }
        return this;
    }

    /** Long texts break into lines; on a narrow screen every row becomes a list. */
    public Table wrapping() {
        wrapping = true;
        return this;
    }

    public Table row(Entry... entries) {
        return row(List.of(entries));
    }

    /** @throws IllegalArgumentException if there are not as many entries as columns */
    public Table row(List<Entry> entries) {
        if (entries.size() != columns.size()) {
            throw new IllegalArgumentException("The row has %d entries, the table %d columns; they must agree."
                    .formatted(entries.size(), columns.size()));
        }
        rows.add(List.copyOf(entries));
        return this;
    }

    /** The table's file: exact numbers. */
    public String csv() {
        return Csv.of(
                columns.stream().map(Column::head).toList(),
                rows.stream()
                        .map(row -> row.stream().map(Entry::exact).toList())
                        .toList());
    }

    String html() {
        StringBuilder html = new StringBuilder("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">"
                .formatted(Text.escape(caption.isEmpty() ? columns.get(0).head() : caption)));
        html.append("<table role=\"table\" data-sortable%s>".formatted(wrapping ? " class=\"wrap\"" : ""));
        if (!caption.isEmpty()) {
            html.append("<caption>").append(Text.escape(caption)).append("</caption>");
        }
        html.append("<thead><tr>");
        for (Column column : columns) {
            html.append("<th scope=\"col\"%s><button type=\"button\">%s</button></th>"
                    .formatted(attribute(column, Mark.NONE), Text.escape(column.head())));
        }
        html.append("</tr></thead><tbody>\n");
        rows.forEach(row -> html.append(line(row)));
        return html.append("</tbody></table></div>\n").toString();
    }

    private String line(List<Entry> row) {
        StringBuilder html = new StringBuilder("<tr>");
        for (int i = 0; i < row.size(); i++) {
            html.append(entry(row.get(i), columns.get(i)));
        }
        return html.append("</tr>\n").toString();
    }

    private String entry(Entry entry, Column column) {
        String exact =
                entry.exact().equals(entry.shown()) ? "" : " data-v=\"%s\"".formatted(Text.escape(entry.exact()));
        String head = wrapping ? " data-h=\"%s\"".formatted(Text.escape(column.head())) : "";
        return "<td%s%s%s>%s</td>".formatted(attribute(column, entry.mark()), exact, head, Text.escape(entry.shown()));
    }

    private static String attribute(Column column, Mark mark) {
        List<String> classes = new ArrayList<>();
        if (column.kind() == Kind.TEXT) {
            classes.add("text");
        }
        if (mark != Mark.NONE) {
            classes.add(mark == Mark.GOOD ? "good" : "bad");
        }
        return classes.isEmpty() ? "" : " class=\"%s\"".formatted(String.join(" ", classes));
    }
}
