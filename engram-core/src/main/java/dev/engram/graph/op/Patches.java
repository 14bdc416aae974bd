package dev.engram.graph.op;

import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import java.util.Arrays;

/**
 * The patches of one picture [channels, height, width] that a convolution looks at, as the columns of a matrix
 * [channels · k · k, columns]: im2col, and its transpose col2im.
 *
 * <p>With stride 1 there is a column for every place of the (padded) row, the last k - 1 of which belong to no output: then every row of the
 * matrix is one run of neighbouring pixels, and is copied or added as one.
 *
 * <p>For one thread: padded pictures pass through working memory.
 */
final class Patches {
    private final int channels;
    private final int height; // with padding, as is width
    private final int width;
    private final int padding;
    private final int kernelHeight;
    private final int kernelWidth;
    private final int stride;
    private final int outHeight;
    private final int outWidth;
    private final int rowLength;
    private final Tensor padded; // [channels, height, width], its border always 0; empty without padding
    private final Tensor scattered; // the same for what is added up
    private final float[] run; // one channel, where a run of a matrix's row is laid out as it will be added
    private final float[] sum; // one channel

    /**
     * @param picture [channels, height, width] without padding
     */
    Patches(Precision precision, int[] picture, int kernelHeight, int kernelWidth, int stride, int padding) {
        this.channels = picture[0];
        this.height = picture[1] + 2 * padding;
        this.width = picture[2] + 2 * padding;
        this.padding = padding;
        this.kernelHeight = kernelHeight;
        this.kernelWidth = kernelWidth;
        this.stride = stride;
        this.outHeight = (height - kernelHeight) / stride + 1;
        this.outWidth = (width - kernelWidth) / stride + 1;
        this.rowLength = stride == 1 ? width : outWidth;
        this.padded = Tensor.zeros(precision, padding == 0 ? 0 : channels, height, width);
        this.scattered = padded.copy();
        this.run = new float[height * width];
        this.sum = new float[height * width];
    }

    int rows() {
        return channels * kernelHeight * kernelWidth;
    }

    int columns() {
        return (outHeight - 1) * rowLength + outWidth;
    }

    /** How many outputs there are per channel. */
    int outputs() {
        return outHeight * outWidth;
    }

    /** Whether every column is an output. */
    boolean isTight() {
        return rowLength == outWidth;
    }

    /** Writes the patches of the picture at {@code offset} of {@code x} to {@code matrix} [rows, columns]. */
    void gather(Tensor x, int offset, Tensor matrix) {
        Tensor source = x;
        int start = offset;
        if (padding > 0) {
            movePicture(x, offset, true);
            source = padded;
            start = 0;
        }
        int row = 0;
        for (int c = 0; c < channels; c++) {
            for (int ky = 0; ky < kernelHeight; ky++) {
                for (int kx = 0; kx < kernelWidth; kx++, row++) {
                    int from = start + (c * height + ky) * width + kx;
                    if (stride == 1) {
                        matrix.set(row * columns(), source, from, columns());
                    } else {
                        pick(source, from, matrix, row * columns());
                    }
                }
            }
        }
    }

    /** Adds {@code matrix} [rows, columns] to the pixels of the picture at {@code offset} of {@code into} it was gathered from. */
    void scatter(Tensor matrix, Tensor into, int offset) {
        Tensor target = into;
        int start = offset;
        if (padding > 0) {
            scattered.clear(0, scattered.size());
            target = scattered;
            start = 0;
        }
        if (stride == 1 && matrix.precision() == Precision.FLOAT) {
            scatterRuns(matrix.floats(), target.floats(), start);
        } else {
            scatterOneByOne(matrix, target, start);
        }
        if (padding > 0) {
            movePicture(into, offset, false);
        }
    }

    /** The compiler vectorises an addition only where both arrays have the same index, so each run is copied to that place first. */
    private void scatterRuns(float[] matrix, float[] target, int start) {
        int columns = columns();
        int row = 0;
        for (int c = 0; c < channels; c++) {
            Arrays.fill(sum, 0);
            for (int ky = 0; ky < kernelHeight; ky++) {
                for (int kx = 0; kx < kernelWidth; kx++, row++) {
                    int shift = ky * width + kx;
                    System.arraycopy(matrix, row * columns, run, shift, columns);
                    addAligned(run, sum, shift, shift + columns);
                }
            }
            Runs.add(sum, 0, target, start + c * sum.length, sum.length);
        }
    }

    private static void addAligned(float[] source, float[] target, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] += source[i];
        }
    }

    private void scatterOneByOne(Tensor matrix, Tensor target, int start) {
        int row = 0;
        for (int c = 0; c < channels; c++) {
            for (int ky = 0; ky < kernelHeight; ky++) {
                for (int kx = 0; kx < kernelWidth; kx++, row++) {
                    put(matrix, row * columns(), target, start + (c * height + ky) * width + kx);
                }
            }
        }
    }

    /** Copies the outputs [channels, outHeight, outWidth] at {@code offset} into {@code matrix} [channels, columns], zeros between. */
    void spread(Tensor outputs, int offset, int outChannels, Tensor matrix) {
        for (int c = 0; c < outChannels; c++) {
            int target = c * columns();
            for (int y = 0; y < outHeight; y++) {
                int from = offset + (c * outHeight + y) * outWidth;
                matrix.set(target + y * rowLength, outputs, from, outWidth);
                if (y < outHeight - 1) {
                    matrix.clear(target + y * rowLength + outWidth, target + (y + 1) * rowLength);
                }
            }
        }
    }

    /** The inverse of {@link #spread}: what lies between is dropped. */
    void collect(Tensor matrix, int outChannels, Tensor outputs, int offset) {
        for (int c = 0; c < outChannels; c++) {
            for (int y = 0; y < outHeight; y++) {
                int to = offset + (c * outHeight + y) * outWidth;
                outputs.set(to, matrix, c * columns() + y * rowLength, outWidth);
            }
        }
    }

    /** The picture into the middle of the padded one, or the middle of the padded one added to the picture. */
    private void movePicture(Tensor picture, int offset, boolean inwards) {
        int innerHeight = height - 2 * padding;
        int innerWidth = width - 2 * padding;
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < innerHeight; y++) {
                int outside = offset + (c * innerHeight + y) * innerWidth;
                int inside = (c * height + y + padding) * width + padding;
                if (inwards) {
                    padded.set(inside, picture, outside, innerWidth);
                } else {
                    Runs.add(scattered, inside, picture, outside, innerWidth);
                }
            }
        }
    }

    private void pick(Tensor source, int from, Tensor matrix, int to) {
        for (int y = 0; y < outHeight; y++) {
            for (int x = 0; x < outWidth; x++) {
                matrix.set(to + y * outWidth + x, source.get(from + stride * (y * width + x)));
            }
        }
    }

    private void put(Tensor matrix, int from, Tensor target, int to) {
        for (int y = 0; y < outHeight; y++) {
            for (int x = 0; x < outWidth; x++) {
                int pixel = to + stride * (y * width + x);
                target.set(pixel, target.get(pixel) + matrix.get(from + y * rowLength + x));
            }
        }
    }
}
