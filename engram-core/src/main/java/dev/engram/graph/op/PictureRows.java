package dev.engram.graph.op;

import dev.engram.linalg.Block;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;

/**
 * Some pictures [channels, height, width] side by side, row by row: [height, channels, width · pictures], where the values that all pictures
 * have at one place are neighbours.
 *
 * <p>So the channels of neighbouring rows are one matrix, of which nothing has to be copied, and a shift by a pixel is one of whole runs.
 * There may be a border of zeros around each picture. For one thread.
 */
final class PictureRows {
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
        this.rows = Tensor.zeros(precision, this.height, channels, this.width, most);
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

    /** How many numbers a row of one channel has. */
    int length() {
        return width * pictures;
    }

    Tensor tensor() {
        return rows;
    }

    /** Where a row begins in {@link #tensor}. */
    int start(int row, int channel) {
        return (row * channels + channel) * length();
    }

    /** The rows {@code from} (inclusive) to {@code to} (exclusive), a matrix [rows · channels, {@link #length}]. */
    Block between(int from, int to) {
        return new Block(rows, start(from, 0), (to - from) * channels, length());
    }

    /** Makes room for so many pictures; their values do not matter. */
    void expect(int count) {
        pictures = count;
    }

    /** Takes {@code count} pictures, the first of which is {@code first}, of a tensor [batch, channels, height, width]. */
    void load(Tensor source, int first, int count) {
        expect(count);
        if (border > 0) {
            rows.clear(0, height * channels * length());
        }
        forEachRow(first, (outside, next, inside, length) -> {
            if (rows.precision() == Precision.FLOAT) {
                interleave(source.floats(), outside, next, rows.floats(), inside, length);
            } else {
                interleave(source.doubles(), outside, next, rows.doubles(), inside, length);
            }
        });
    }

    /** Writes or adds the pictures, without their border, to those of a tensor of which {@code first} is the first. */
    void store(Tensor target, int first, Accumulation mode) {
        forEachRow(first, (outside, next, inside, length) -> {
            if (rows.precision() == Precision.FLOAT) {
                separate(rows.floats(), inside, target.floats(), outside, next, length, mode);
            } else {
                separate(rows.doubles(), inside, target.doubles(), outside, next, length, mode);
            }
        });
    }

    private interface Run {
        /**
         * @param outside where the row begins in the first picture
         * @param next from one picture to the next
         * @param inside where it begins here
         */
        void visit(int outside, int next, int inside, int length);
    }

    private void forEachRow(int first, Run run) {
        int innerHeight = height - 2 * border;
        int innerWidth = width - 2 * border;
        int picture = channels * innerHeight * innerWidth;
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < innerHeight; y++) {
                int outside = first * picture + (c * innerHeight + y) * innerWidth;
                run.visit(outside, picture, start(y + border, c) + border * pictures, innerWidth);
            }
        }
    }

    // Four pictures at a time, so that four neighbours are written, or read, together.

    private void interleave(float[] source, int from, int next, float[] target, int to, int length) {
        int n = 0;
        for (; n + 4 <= pictures; n += 4) {
            int first = from + n * next;
            for (int x = 0; x < length; x++) {
                int at = to + x * pictures + n;
                target[at] = source[first + x];
                target[at + 1] = source[first + next + x];
                target[at + 2] = source[first + 2 * next + x];
                target[at + 3] = source[first + 3 * next + x];
            }
        }
        for (; n < pictures; n++) {
            for (int x = 0; x < length; x++) {
                target[to + x * pictures + n] = source[from + n * next + x];
            }
        }
    }

    private void interleave(double[] source, int from, int next, double[] target, int to, int length) {
        for (int n = 0; n < pictures; n++) {
            for (int x = 0; x < length; x++) {
                target[to + x * pictures + n] = source[from + n * next + x];
            }
        }
    }

    private void separate(float[] source, int from, float[] target, int to, int next, int length, Accumulation mode) {
        float keep = (float) mode.beta();
        int n = 0;
        for (; n + 4 <= pictures && keep == 0; n += 4) {
            int first = to + n * next;
            for (int x = 0; x < length; x++) {
                int at = from + x * pictures + n;
                target[first + x] = source[at];
                target[first + next + x] = source[at + 1];
                target[first + 2 * next + x] = source[at + 2];
                target[first + 3 * next + x] = source[at + 3];
            }
        }
        for (; n < pictures; n++) {
            for (int x = 0; x < length; x++) {
                int at = to + n * next + x;
                float value = source[from + x * pictures + n];
                target[at] = keep == 0 ? value : target[at] + value;
            }
        }
    }

    private void separate(double[] source, int from, double[] target, int to, int next, int length, Accumulation mode) {
        double keep = mode.beta();
        for (int n = 0; n < pictures; n++) {
            for (int x = 0; x < length; x++) {
                int at = to + n * next + x;
                double value = source[from + x * pictures + n];
                target[at] = keep == 0 ? value : target[at] + value;
            }
        }
    }
}
