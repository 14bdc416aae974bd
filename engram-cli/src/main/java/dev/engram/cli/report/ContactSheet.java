package dev.engram.cli.report;

import dev.engram.io.ImageWriter;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Rows of small pictures under each other: originals, cues, recalls. Every column is one pattern. */
public final class ContactSheet {
    private static final int GAP = 4;

    private final Shape shape;
    private final int columns;
    private final List<Matrix> bands = new ArrayList<>();

    /**
     * @param shape of the pictures
     * @param columns pictures side by side before a new band begins
     */
    public ContactSheet(Shape shape, int columns) {
        this.shape = shape;
        this.columns = columns;
    }

    /** Adds a row of pictures: column i of every row shows the same pattern. */
    public ContactSheet row(Matrix patterns) {
        bands.add(patterns);
        return this;
    }

    /** How much of a full row of pictures the sheet is wide, at most 1. */
    public double share() {
        return Math.min(1.0, (double) bands.get(0).rows() / columns);
    }

    /** The PNG, for a data address. */
    public String base64() {
        return Base64.getEncoder().encodeToString(png());
    }

    /** The PNG: on white, or without colour the same grey. */
    public byte[] png() {
        int pictures = bands.get(0).rows();
        int blocks = (pictures + columns - 1) / columns;
        int across = Math.min(columns, pictures);
        int cellWidth = shape.width() + GAP;
        int cellHeight = shape.height() + GAP;
        int width = across * cellWidth + GAP;
        int blockHeight = bands.size() * cellHeight + GAP;
        int height = blocks * (blockHeight + GAP) + GAP;
        int channels = shape.channels();
        float[] canvas = new float[width * height * channels];
        Arrays.fill(canvas, 1);
        for (int p = 0; p < pictures; p++) {
            for (int band = 0; band < bands.size(); band++) {
                int left = GAP + p % columns * cellWidth;
                int top = GAP + p / columns * (blockHeight + GAP) + band * cellHeight;
                for (int y = 0; y < shape.height(); y++) {
                    System.arraycopy(
                            bands.get(band).data(),
                            (p * shape.height() + y) * shape.width() * channels,
                            canvas,
                            ((top + y) * width + left) * channels,
                            shape.width() * channels);
                }
            }
        }
        Shape whole = channels == 1 ? Shape.of(height, width) : Shape.of(height, width, channels);
        return ImageWriter.png(canvas, whole);
    }
}
