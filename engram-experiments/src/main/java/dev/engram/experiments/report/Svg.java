package dev.engram.experiments.report;

import java.util.Locale;

/** Builds an SVG drawing. Coordinates are written with one decimal. */
final class Svg {
    private static final String LIGHT = """
            :root { --ink: #1d1d1f; --soft: #5f5f66; --paper: #ffffff; --grid: #e9e9ee; --s0: #0b6bcb; --s1: #c2410c; --s2: #0f7a4f;
              --s3: #8b3fb5; --s4: #946200; --s5: #0e7490; --s6: #be185d; --s7: #52525b; }
            """;
    /** The mean width of a letter of the figures' 12-pixel font, rather too large than too small. */
    private static final double LETTER = 6.7;

    private final StringBuilder out = new StringBuilder();

    static String file(String svg) {
        String rest = svg.substring(svg.indexOf('>') + 1);
        String open = svg.substring(0, svg.indexOf('>'));
        return "%s xmlns=\"http://www.w3.org/2000/svg\"><style>\n%s%s</style><rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%s\n"
                .formatted(open, LIGHT, Text.resource("figure.css"), rest);
    }

    /** The room that a text takes, estimated. */
    static double width(String text) {
        return LETTER * text.length();
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    Svg line(String classes, double x1, double y1, double x2, double y2) {
        out.append("<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>"
                .formatted(classes, number(x1), number(y1), number(x2), number(y2)));
        return this;
    }

    Svg text(String classes, double x, double y, String anchor, String text) {
        String named = classes.isEmpty() ? "" : "class=\"%s\" ".formatted(classes);
        out.append("<text %sx=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>"
                .formatted(named, number(x), number(y), anchor, Text.escape(text)));
        return this;
    }

    Svg path(String classes, String path) {
        out.append("<path class=\"%s\" d=\"%s\"/>".formatted(classes, path));
        return this;
    }

    /** A path that says what it is when pointed at. */
    Svg path(String classes, String path, String tip) {
        out.append("<path class=\"%s\" d=\"%s\"><title>%s</title></path>".formatted(classes, path, Text.escape(tip)));
        return this;
    }

    Svg raw(String svg) {
        out.append(svg);
        return this;
    }

    /** The element. */
    String close(double width, double height, String label) {
        return "<svg viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"%s\">%s</svg>"
                .formatted(number(width), number(height), Text.escape(label), out);
    }
}
