package dev.engram.experiments.report;

/** A picture drawn in lines: a chart, a grid of charts, the picture of a matrix. */
public sealed interface Figure permits Panel, ChartGrid {
    /** The drawing as one SVG element, without styles: those of the page apply. */
    String svg();

    /** The drawing as it goes into a page. */
    default String html() {
        return "<div class=\"single\">" + svg() + "</div>";
    }

    /** The drawing as a file of its own: styles inside, on white. */
    default String svgFile() {
        return Svg.file(svg());
    }
}
