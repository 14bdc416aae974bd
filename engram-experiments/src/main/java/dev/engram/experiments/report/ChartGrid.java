package dev.engram.experiments.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Small charts or matrices beside each other, of the same kind and each with its title. On a page they flow into as many columns as there is room
 * for; in a file of its own there are as many as given.
 */
public final class ChartGrid implements Figure {
    private static final int GAP = 24;

    private record Titled(String title, Panel chart) {}

    private final int columns;
    private final List<Titled> panels = new ArrayList<>();

    /** @param columns in a file of its own; at least 1 */
    public ChartGrid(int columns) {
        if (columns < 1) {
            throw new IllegalArgumentException("The number of columns (%d) must be at least 1.".formatted(columns));
        }
        this.columns = columns;
    }

    public ChartGrid add(String title, Panel chart) {
        panels.add(new Titled(title, chart));
        return this;
    }

    @Override
    public String html() {
        StringBuilder html = new StringBuilder("<div class=\"panels\">");
        panels.forEach(p -> html.append(p.chart().svg(p.title())));
        return html.append("</div>").toString();
    }

    @Override
    public String svg() {
        double height =
                panels.stream().mapToDouble(p -> p.chart().height()).max().orElse(0);
        Svg svg = new Svg();
        for (int i = 0; i < panels.size(); i++) {
            Titled panel = panels.get(i);
            int row = i / columns;
            String place = "<svg x=\"%d\" y=\"%s\" width=\"%d\" height=\"%s\" "
                    .formatted(
                            i % columns * (Panel.WIDTH + GAP),
                            Svg.number(row * (height + GAP)),
                            Panel.WIDTH,
                            Svg.number(panel.chart().height()));
            svg.raw(panel.chart().svg(panel.title()).replaceFirst("<svg ", place));
        }
        int across = Math.max(1, Math.min(columns, panels.size()));
        int down = (panels.size() + columns - 1) / columns;
        return svg.close(
                across * (Panel.WIDTH + GAP) - GAP,
                Math.max(0, down * (height + GAP) - GAP),
                String.join("; ", panels.stream().map(Titled::title).toList()));
    }
}
