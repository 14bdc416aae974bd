package dev.engram.experiments.report;

import dev.engram.io.image.ImageWriter;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of small pictures under each other: originals, cues, recalls. Every column is one pattern; what does not fit side by side goes
 * into further blocks. The gaps are transparent.
 */
public final class ContactSheet {
    private static final int GAP = 4;
    private static final int CHANNELS = 4;

    private final Shape shape;
    private final int columns;
    private final List<String> labels = new ArrayList<>();
    private final List<Matrix> bands = new ArrayList<>();

    /**
     * @param shape of the pictures: grey or RGB
     * @param columns pictures side by side before a new block begins
     */
    public ContactSheet(Shape shape, int columns) {
        if (shape.channels() != 1 && shape.channels() != 3) {
            throw new IllegalArgumentException(
                    "Pictures of shape %s have %d channels; a contact sheet shows 1 (grey) or 3 (RGB)."
                            .formatted(shape, shape.channels()));
        }
        this.shape = shape;
        this.columns = columns;
    }

    /**
     * Adds a row of pictures: column i of every row shows the same pattern.
     *
     * @param label what the row shows, in a word or two
     * @param patterns as many as in the other rows; values outside [0, 1] are clipped
     */
    public ContactSheet row(String label, Matrix patterns) {
        if (!bands.isEmpty() && bands.get(0).rows() != patterns.rows()) {
            throw new IllegalArgumentException("The row \"%s\" has %d pictures, the first %d; they must agree."
                    .formatted(label, patterns.rows(), bands.get(0).rows()));
        }
        labels.add(label);
        bands.add(patterns);
        return this;
    }

    /** The pictures, drawn. */
    public Sheet sheet() {
        List<byte[]> blocks = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        int pictures = bands.isEmpty() ? 0 : bands.get(0).rows();
        for (int from = 0; from < pictures; from += columns) {
            int count = Math.min(columns, pictures - from);
            blocks.add(block(from, count));
            shares.add((double) count / columns);
        }
        return new Sheet(labels, columns, blocks, shares);
    }

    private byte[] block(int from, int count) {
        int width = count * (shape.width() + GAP) - GAP;
        int height = bands.size() * (shape.height() + GAP) - GAP;
        float[] canvas = new float[width * height * CHANNELS];
        for (int band = 0; band < bands.size(); band++) {
            for (int p = 0; p < count; p++) {
                int corner = band * (shape.height() + GAP) * width + p * (shape.width() + GAP);
                draw(bands.get(band), from + p, canvas, corner, width);
            }
        }
        return ImageWriter.png(canvas, Shape.of(height, width, CHANNELS));
    }

    private void draw(Matrix patterns, int pattern, float[] canvas, int corner, int width) {
        int channels = shape.channels();
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                int to = (corner + y * width + x) * CHANNELS;
                int source = (y * shape.width() + x) * channels;
                for (int c = 0; c < 3; c++) {
                    canvas[to + c] = patterns.get(pattern, source + c % channels);
                }
                canvas[to + 3] = 1;
            }
        }
    }
}
