package dev.engram.experiments.report;

import dev.engram.io.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Curves as a paper's figure has them: axes with ticks, a marker of its own for every curve, spreads as bars or bands, a legend
 * below.
 *
 * <p>Markers are drawn where points are few, but not on dashed curves: those are theory, thresholds, references. A curve of very many points is thinned to what a screen can show.
 */
public final class LineChart implements Panel {
    private static final int PLOT_HEIGHT = 210;
    private static final int TOP = 28;
    private static final int RIGHT = 18;
    private static final int BELOW = 40;
    private static final int LEGEND_LINE = 18;
    private static final int LEGEND_KEY = 34;
    private static final int COLOURS = 8;
    private static final int MOST_MARKED = 40;
    private static final int MOST_POINTS = 800;
    private static final double MARKER = 3.6;

    private final Axis across;
    private final Axis up;
    private final List<Series> series = new ArrayList<>();

    public LineChart(Axis across, Axis up) {
        this.across = across;
        this.up = up;
    }

    /** Adds a curve; colours and markers go by the order. */
    public LineChart add(Series added) {
        series.add(added);
        return this;
    }

    @Override
    public double height() {
        return TOP + PLOT_HEIGHT + BELOW + LEGEND_LINE * legend().size() + 4;
    }

    @Override
    public String svg(String title) {
        AxisScale x = AxisScale.of(across, all(Series::x).toArray());
        AxisScale y = AxisScale.of(
                up,
                Stream.of(all(Series::y), all(Series::low), all(Series::high))
                        .flatMapToDouble(s -> s)
                        .toArray());
        double left = 14
                + y.ticks().stream()
                        .mapToDouble(t -> Svg.width(t.label()))
                        .max()
                        .orElse(0);
        Plot plot = new Plot(x, y, left, TOP, WIDTH - RIGHT - left, PLOT_HEIGHT);
        Svg svg = new Svg();
        axes(svg, plot);
        if (title.isEmpty()) {
            svg.text("", 0, 12, "start", up.label());
        } else {
            svg.text("name", 0, 12, "start", title);
            svg.text("", WIDTH - RIGHT, 12, "end", up.label());
        }
        for (int k = 0; k < series.size(); k++) {
            spread(svg, plot, k);
        }
        for (int k = 0; k < series.size(); k++) {
            curve(svg, plot, k);
        }
        legend(svg);
        String names = String.join(", ", series.stream().map(Series::name).toList());
        String label =
                "%s%s over %s: %s".formatted(title.isEmpty() ? "" : title + ": ", up.label(), across.label(), names);
        return svg.close(WIDTH, height(), label);
    }

    private DoubleStream all(java.util.function.Function<Series, double[]> values) {
        return series.stream().flatMapToDouble(s -> DoubleStream.of(values.apply(s)));
    }

    /** The rectangle of the curves, and where values lie in it. */
    private record Plot(AxisScale across, AxisScale up, double left, double top, double width, double height) {
        double x(double value) {
            return left + width * across.at(value);
        }

        double y(double value) {
            return top + height * (1 - up.at(value));
        }

        double bottom() {
            return top + height;
        }
    }

    private void axes(Svg svg, Plot plot) {
        for (Axis.Tick tick : plot.up().ticks()) {
            double y = plot.y(tick.value());
            svg.line("grid", plot.left(), y, plot.left() + plot.width(), y);
            svg.text("", plot.left() - 8, y + 4, "end", tick.label());
        }
        for (Axis.Tick tick : plot.across().ticks()) {
            double x = plot.x(tick.value());
            svg.line("axis", x, plot.bottom(), x, plot.bottom() + 4);
            svg.text("", x, plot.bottom() + 18, "middle", tick.label());
        }
        svg.path(
                "axis",
                "M%s %sV%sH%s"
                        .formatted(
                                Svg.number(plot.left()),
                                Svg.number(plot.top()),
                                Svg.number(plot.bottom()),
                                Svg.number(plot.left() + plot.width())));
        svg.text("", plot.left() + plot.width() / 2, plot.bottom() + 35, "middle", across.label());
    }

    private void spread(Svg svg, Plot plot, int k) {
        Series s = series.get(k);
        if (s.spread() == Series.Spread.BAND) {
            StringBuilder path = new StringBuilder();
            for (int i = 0; i < s.x().length; i++) {
                point(path, plot.x(s.x()[i]), plot.y(s.high()[i]));
            }
            for (int i = s.x().length - 1; i >= 0; i--) {
                point(path, plot.x(s.x()[i]), plot.y(s.low()[i]));
            }
            svg.path("band f" + k % COLOURS, path.append("Z").toString());
        } else if (s.spread() == Series.Spread.BARS) {
            for (int i = 0; i < s.x().length; i++) {
                double x = plot.x(s.x()[i]);
                double top = plot.y(s.high()[i]);
                double bottom = plot.y(s.low()[i]);
                svg.line("bar s" + k % COLOURS, x, top, x, bottom);
                svg.line("bar s" + k % COLOURS, x - 3, top, x + 3, top);
                svg.line("bar s" + k % COLOURS, x - 3, bottom, x + 3, bottom);
            }
        }
    }

    private void curve(Svg svg, Plot plot, int k) {
        Series s = series.get(k);
        int every = Math.max(1, s.x().length / MOST_POINTS);
        StringBuilder path = new StringBuilder();
        boolean gap = true;
        for (int i = 0; i < s.x().length; i++) {
            if (!Double.isFinite(s.y()[i])) {
                gap = true;
            } else if (gap || i % every == 0 || i == s.x().length - 1) {
                path.append(gap ? 'M' : 'L');
                path.append(Svg.number(plot.x(s.x()[i]))).append(' ').append(Svg.number(plot.y(s.y()[i])));
                gap = false;
            }
        }
        String colour = " s" + k % COLOURS;
        if (s.line() != Series.Line.NONE && !path.isEmpty()) {
            svg.path("curve" + dashes(s) + colour, path.toString());
        }
        if (!marked(s)) {
            return;
        }
        for (int i = 0; i < s.x().length; i++) {
            if (Double.isFinite(s.y()[i])) {
                String tip = "%s: %s, %s".formatted(s.name(), NumberText.brief(s.x()[i]), NumberText.brief(s.y()[i]));
                svg.path("mark" + colour, marker(k, plot.x(s.x()[i]), plot.y(s.y()[i])), tip);
            }
        }
    }

    private static boolean marked(Series s) {
        return s.line() == Series.Line.NONE || s.line() == Series.Line.SOLID && s.x().length <= MOST_MARKED;
    }

    private static String dashes(Series s) {
        return s.line() == Series.Line.DASHED ? " dashed" : "";
    }

    private static void point(StringBuilder path, double x, double y) {
        path.append(path.isEmpty() ? 'M' : 'L')
                .append(Svg.number(x))
                .append(' ')
                .append(Svg.number(y));
    }

    /** Which curve goes into which line of the legend. */
    private List<List<Integer>> legend() {
        List<List<Integer>> lines = new ArrayList<>();
        double used = WIDTH;
        for (int k = 0; k < series.size(); k++) {
            double width = legendWidth(k);
            if (used + width > WIDTH) {
                lines.add(new ArrayList<>());
                used = 0;
            }
            lines.get(lines.size() - 1).add(k);
            used += width;
        }
        return lines;
    }

    private double legendWidth(int k) {
        return LEGEND_KEY + Svg.width(series.get(k).name()) + 6;
    }

    private void legend(Svg svg) {
        double y = TOP + PLOT_HEIGHT + BELOW + 10;
        for (List<Integer> line : legend()) {
            double x = 0;
            for (int k : line) {
                Series s = series.get(k);
                String colour = " s" + k % COLOURS;
                if (s.line() != Series.Line.NONE) {
                    svg.line("curve" + dashes(s) + colour, x, y, x + LEGEND_KEY - 8, y);
                }
                if (marked(s)) {
                    svg.path("mark" + colour, marker(k, x + (LEGEND_KEY - 8) / 2.0, y));
                }
                svg.text("", x + LEGEND_KEY - 3, y + 4, "start", s.name());
                x += legendWidth(k);
            }
            y += LEGEND_LINE;
        }
    }

    /** Circle, square, triangle, diamond, triangle on its head, and so on, so that colour is not all that tells curves apart. */
    private static String marker(int k, double x, double y) {
        double r = MARKER;
        double[] angles =
                switch (k % 5) {
                    case 1 -> new double[] {45, 135, 225, 315};
                    case 2 -> new double[] {90, 210, 330};
                    case 3 -> new double[] {0, 90, 180, 270};
                    case 4 -> new double[] {30, 150, 270};
                    default -> new double[0];
                };
        if (angles.length == 0) {
            return "M%s %sa%s %s 0 1 0 %s 0a%s %s 0 1 0 -%s 0"
                    .formatted(Svg.number(x - r), Svg.number(y), r, r, 2 * r, r, r, 2 * r);
        }
        double reach = r * (angles.length == 3 ? 1.35 : 1.25);
        StringBuilder path = new StringBuilder();
        for (double angle : angles) {
            double radians = Math.toRadians(angle);
            point(path, x + reach * Math.cos(radians), y - reach * Math.sin(radians));
        }
        return path.append("Z").toString();
    }
}
