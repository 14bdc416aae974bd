package dev.engram.experiments.report;

import dev.engram.io.NumberText;
import dev.engram.io.image.ImageWriter;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Shape;
import java.util.Base64;

/**
 * The picture of a matrix, a pixel for every value: blue below 0, white at 0, red above, as far as the largest magnitude; with a
 * scale beside it. For weights, correlations and the like.
 */
public final class HeatMap implements Panel {
    private static final int HIGHEST = 420;
    private static final int MARGIN = 24;
    private static final int SCALE_WIDTH = 14;
    private static final int SCALE_ROOM = 90;
    private static final int LEAST_SCALE = 60;
    private static final int SCALE_STEPS = 101;
    private static final float[] NEGATIVE = {0.07f, 0.36f, 0.70f};
    private static final float[] POSITIVE = {0.72f, 0.14f, 0.12f};

    private final Matrix values;
    private final String rows;
    private final String columns;

    /**
     * @param values [rows, columns], at least one of each; values that are not finite are grey
     * @param rows what a row is
     * @param columns what a column is
     */
    public HeatMap(Matrix values, String rows, String columns) {
        if (values.data().length == 0) {
            throw new IllegalArgumentException("A matrix without values (%s) has no picture.".formatted(values));
        }
        this.values = values;
        this.rows = rows;
        this.columns = columns;
    }

    private double side() {
        return Math.min((double) (WIDTH - SCALE_ROOM) / values.columns(), (double) HIGHEST / values.rows());
    }

    private double scaleHeight() {
        return Math.max(side() * values.rows(), LEAST_SCALE);
    }

    @Override
    public double height() {
        return MARGIN + scaleHeight() + 6;
    }

    @Override
    public String svg(String title) {
        double largest = largest();
        double side = side();
        double width = side * values.columns();
        double height = side * values.rows();
        float[] scale = new float[SCALE_STEPS];
        for (int i = 0; i < SCALE_STEPS; i++) {
            scale[i] = 1 - 2f * i / (SCALE_STEPS - 1);
        }
        double scaleHeight = scaleHeight();
        Svg svg = new Svg();
        String sides = "%s (%d) down, %s (%d) across".formatted(rows, values.rows(), columns, values.columns());
        if (title.isEmpty()) {
            svg.text("", 0, 14, "start", sides);
        } else {
            svg.text("name", 0, 14, "start", title);
            svg.text("", WIDTH, 14, "end", sides);
        }
        image(svg, 0, width, height, colours(values, largest));
        image(svg, width + 16, SCALE_WIDTH, scaleHeight, colours(Matrix.wrap(SCALE_STEPS, 1, scale), 1));
        double labels = width + 16 + SCALE_WIDTH + 6;
        svg.text("", labels, MARGIN + 10, "start", NumberText.brief(largest));
        svg.text("", labels, MARGIN + scaleHeight / 2 + 4, "start", "0");
        svg.text("", labels, MARGIN + scaleHeight, "start", NumberText.brief(-largest));
        String label = (title.isEmpty() ? "" : title + ": ")
                + "Matrix of %d %s by %d %s, values from -%s to %s"
                        .formatted(
                                values.rows(),
                                rows,
                                values.columns(),
                                columns,
                                NumberText.brief(largest),
                                NumberText.brief(largest));
        return svg.close(WIDTH, height(), label);
    }

    private static void image(Svg svg, double x, double width, double height, String address) {
        svg.raw("<image x=\"%s\" y=\"%d\" width=\"%s\" height=\"%s\" preserveAspectRatio=\"none\" href=\"%s\"/>"
                .formatted(Svg.number(x), MARGIN, Svg.number(width), Svg.number(height), address));
    }

    private double largest() {
        double largest = 0;
        for (float value : values.data()) {
            largest = Float.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
        }
        return largest == 0 ? 1 : largest;
    }

    private static String colours(Matrix values, double largest) {
        float[] pixels = new float[3 * values.data().length];
        for (int i = 0; i < values.data().length; i++) {
            double share = values.data()[i] / largest;
            float[] end = share < 0 ? NEGATIVE : POSITIVE;
            for (int c = 0; c < 3; c++) {
                pixels[3 * i + c] = Double.isFinite(share) ? (float) (1 - Math.abs(share) * (1 - end[c])) : 0.6f;
            }
        }
        byte[] png = ImageWriter.png(pixels, Shape.of(values.rows(), values.columns(), 3));
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }
}
