package dev.engram.graph.op;

import dev.engram.linalg.Block;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;

/**
 * Some pictures [channels, height, width] side by side, row by row: [height, channels, width · pictures], where the values that all pictures
 * have at one place are neighbours.
 *
 * <p>So the channels of neighbouring rows are one matrix, of which nothing has to be copied, and a shift by a pixel is one of whole runs.
 * There may be a border of zeros around each picture. Rows begin and end with zeros, so that OpenBLAS computes every picture in the same
 * way, wherever it is. For one thread.
 */
final class PictureRows {
    /** So many zeros begin each row and at least so many end it: OpenBLAS rounds the columns there differently. */
    static final int EDGE = 8;

    private static final int TILE =
            16; // columns that OpenBLAS computes at once; it rounds what is left over differently

    private final int channels;
    private final int height; // with the border, as is width
    private final int width;
    private final int border;
    private final Tensor rows;
    private int pictures;

    /**
     * @param height without the border
     * @param width without the border
     * @param most how many pictures there may be
     */
    PictureRows(Precision precision, int channels, int height, int width, int border, int most) {
        this.channels = channels;
        this.height = height + 2 * border;
        this.width = width + 2 * border;
        this.border = border;
        this.rows = Tensor.zeros(precision, this.height, channels, length(this.width * most));
    }

    int channels() {
        return channels;
    }

    int height() {
        return height;
    }

    int width() {
        return width;
    }

    int pictures() {
        return pictures;
    }

    /** How many numbers of a row of one channel belong to pictures. */
    int used() {
        return width * pictures;
    }

    /** How many numbers a row of one channel has; those that belong to no picture are 0. */
    int length() {
        return length(used());
    }

    /** The most that {@link #length} can be. */
    int longest() {
        return rows.extent(2);
    }

    private static int length(int used) {
        return (used + 2 * EDGE + TILE - 1) / TILE * TILE;
    }

    Tensor tensor() {
        return rows;
    }

    /** Where the pictures' part of a row begins in {@link #tensor}. */
    int start(int row, int channel) {
        return (row * channels + channel) * length() + EDGE;
    }

    /** The rows {@code from} (inclusive) to {@code to} (exclusive), a matrix [rows · channels, {@link #length}]. */
    Block between(int from, int to) {
        return new Block(rows, from * channels * length(), (to - from) * channels, length());
    }

    /** Makes room for so many pictures; their values do not matter. */
    void expect(int count) {
        if (count != pictures) {
            rows.clear(0, rows.size());
            pictures = count;
        }
    }

    /** Takes {@code count} pictures, the first of which is {@code first}, of a tensor [batch, channels, height, width]. */
    void load(Tensor source, int first, int count) {
        expect(count);
        if (border > 0) {
            rows.clear(0, height * channels * length());
        }
        Interleaving row = row();
        forEachRow(first, (outside, inside) -> row.join(source, outside, rows, inside));
    }

    /** Writes or adds the pictures, without their border, to those of a tensor of which {@code first} is the first. */
    void store(Tensor target, int first, Accumulation mode) {
        Interleaving row = row();
        forEachRow(first, (outside, inside) -> row.split(rows, inside, target, outside, mode));
    }

    /** A row of one channel without its border, in all pictures. */
    private Interleaving row() {
        int innerWidth = width - 2 * border;
        return new Interleaving(pictures, innerWidth, channels * (height - 2 * border) * innerWidth);
    }

    private interface Row {
        /**
         * @param outside where the row begins in the first picture of the tensor
         * @param inside where it begins here
         */
        void visit(int outside, int inside);
    }

    private void forEachRow(int first, Row row) {
        int innerHeight = height - 2 * border;
        int innerWidth = width - 2 * border;
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < innerHeight; y++) {
                int outside = ((first * channels + c) * innerHeight + y) * innerWidth;
                row.visit(outside, start(y + border, c) + border * pictures);
            }
        }
    }
}
