package dev.engram.experiments.report;

/** A figure that can be one of several in a {@link ChartGrid}. All are equally wide. */
public sealed interface Panel extends Figure permits LineChart, HeatMap {
    /** The width of the drawing in its own units. */
    int WIDTH = 480;

    /** The drawing with a title above it; none if that is empty. */
    String svg(String title);

    /** The height of the drawing when its width is {@link #WIDTH}. */
    double height();

    @Override
    default String svg() {
        return svg("");
    }
}
