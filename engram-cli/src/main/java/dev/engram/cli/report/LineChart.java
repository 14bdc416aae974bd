package dev.engram.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Curves over steps on a logarithmic scale, as SVG. Non-positive values are drawn on the floor of the scale. */
public final class LineChart {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 300;
    private static final int LEFT = 64;
    private static final int RIGHT = 150;
    private static final int TOP = 16;
    private static final int BOTTOM = 44;
    private static final int MOST_DECADES = 12;

    private record Curve(String name, double[] values) {}

    private final String across;
    private final String up;
    private final List<Curve> curves = new ArrayList<>();

    /**
     * @param across what the steps are
     * @param up what the values are
     */
    public LineChart(String across, String up) {
        this.across = across;
        this.up = up;
    }

    /** Adds a curve with a value for step 0, 1, 2 .. */
    public LineChart curve(String name, double[] values) {
        curves.add(new Curve(name, values.clone()));
        return this;
    }

    /** The picture. */
    public String svg() {
        int steps = curves.stream().mapToInt(c -> c.values().length).max().orElse(0);
        double largest = all().max().orElse(1);
        double smallest = Math.max(all().min().orElse(1), largest * Math.pow(10, -MOST_DECADES));
        int high = (int) Math.ceil(Math.log10(largest));
        int low = Math.min(high - 1, (int) Math.floor(Math.log10(smallest)));
        StringBuilder svg = new StringBuilder();
        svg.append("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s over %s\">"
                .formatted(WIDTH, HEIGHT, HtmlPage.escape(up), HtmlPage.escape(across)));
        int every = Math.max(1, (high - low + 5) / 6);
        for (int decade = low; decade <= high; decade += every) {
            double y = y(Math.pow(10, decade), low, high);
            line(svg, LEFT, y, WIDTH - RIGHT, y);
            text(svg, LEFT - 8, y + 4, "end", "1e" + decade);
        }
        for (int tick = 0; tick <= 4; tick++) {
            int step = (int) Math.round((steps - 1) * tick / 4.0);
            text(svg, x(step, steps), HEIGHT - BOTTOM + 18, "middle", String.valueOf(step));
        }
        text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 6, "middle", across);
        text(svg, LEFT, TOP - 4, "start", up);
        for (int k = 0; k < curves.size(); k++) {
            draw(svg, k, steps, low, high);
        }
        return svg.append("</svg>").toString();
    }

    private void draw(StringBuilder svg, int index, int steps, int low, int high) {
        Curve curve = curves.get(index);
        svg.append("<polyline class=\"curve%d\" stroke-width=\"2\" points=\"".formatted(index % 3));
        for (int i = 0; i < curve.values().length; i++) {
            svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(i, steps), y(curve.values()[i], low, high)));
        }
        svg.append("\"/>");
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"key%d\" x=\"%d\" y=\"%d\">%s</text>",
                index % 3,
                WIDTH - RIGHT + 12,
                TOP + 14 + 18 * index,
                HtmlPage.escape(curve.name())));
    }

    private DoubleStream all() {
        return curves.stream().flatMapToDouble(c -> DoubleStream.of(c.values())).filter(v -> v > 0);
    }

    private static double x(int step, int steps) {
        return LEFT + (WIDTH - LEFT - RIGHT) * (steps < 2 ? 0 : (double) step / (steps - 1));
    }

    private static double y(double value, int low, int high) {
        double decade = value > 0 ? Math.max(low, Math.log10(value)) : low;
        return TOP + (HEIGHT - TOP - BOTTOM) * (high - decade) / (high - low);
    }

    private static void line(StringBuilder svg, double x1, double y1, double x2, double y2) {
        svg.append(String.format(
                Locale.ROOT, "<line class=\"axis\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>", x1, y1, x2, y2));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
                x,
                y,
                anchor,
                HtmlPage.escape(text)));
    }
}
