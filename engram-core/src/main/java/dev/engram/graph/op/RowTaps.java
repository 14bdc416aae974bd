package dev.engram.graph.op;

import dev.engram.linalg.Block;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import dev.engram.linalg.Transpose;

/**
 * A convolution of stride 1, forwards or backwards, from some {@link PictureRows} to others: a matrix product for each row of the result, and
 * a sum over the columns of the kernel.
 *
 * <pre>
 *   forwards   Z[o, kx] = Σ_ky,c W[o, c, ky, kx] X[y + ky, c],   Y[y, o, x] = Σ_kx Z[o, kx, x + kx]
 *   backwards  Z[c, kx] = Σ_ky,o W[o, c, ky, kx] δ[y - ky, o],   X[y, c, x + kx] = Σ_kx Z[c, kx, x]
 * </pre>
 *
 * <p>The inner extent of the product is a whole window of rows, and nothing is multiplied with zeros above and below. For one thread.
 */
final class RowTaps {
    private final LinearAlgebra la;
    private final PictureRows source;
    private final PictureRows target;
    private final boolean forwards;
    private final int kernelHeight;
    private final int kernelWidth;
    private final Tensor weights; // [kernel height, source channels, target channels, kernel width]
    private final Tensor products; // [target channels, kernel width, length of the source's rows]
    private final Tensor run; // one row of the result, as is the sum
    private final Tensor sum;

    RowTaps(
            LinearAlgebra la,
            PictureRows source,
            PictureRows target,
            boolean forwards,
            int kernelHeight,
            int kernelWidth,
            int pictures) {
        this.la = la;
        this.source = source;
        this.target = target;
        this.forwards = forwards;
        this.kernelHeight = kernelHeight;
        this.kernelWidth = kernelWidth;
        int rows = target.channels() * kernelWidth;
        Precision precision = source.tensor().precision();
        this.weights = Tensor.zeros(precision, kernelHeight * source.channels(), rows);
        this.products = Tensor.zeros(precision, rows, source.longest());
        this.run = Tensor.zeros(precision, target.width(), pictures);
        this.sum = run.copy();
    }

    /** Takes the weights [out, in, kernel height, kernel width] as they are now. */
    void arrange(Tensor weight) {
        int in = weight.extent(1);
        int k = 0;
        for (int o = 0; o < weight.extent(0); o++) {
            for (int c = 0; c < in; c++) {
                for (int ky = 0; ky < kernelHeight; ky++) {
                    int tap = forwards ? ky : kernelHeight - 1 - ky;
                    for (int kx = 0; kx < kernelWidth; kx++, k++) {
                        int row = tap * source.channels() + (forwards ? c : o);
                        int column = (forwards ? o : c) * kernelWidth + kx;
                        weights.set(row * weights.extent(1) + column, weight.get(k));
                    }
                }
            }
        }
    }

    /** Computes every row of the target. */
    void run() {
        target.expect(source.pictures());
        int before = forwards ? 0 : kernelHeight - 1; // rows of the source's window that lie before the target's row
        for (int y = 0; y < target.height(); y++) {
            int first = y - before;
            int from = Math.max(0, first);
            multiply(from - first, from, Math.min(source.height(), first + kernelHeight));
            for (int c = 0; c < target.channels(); c++) {
                sumUp(c, target.start(y, c));
            }
        }
    }

    private void multiply(int firstTap, int from, int to) {
        int columns = weights.extent(1);
        int skipped = firstTap * source.channels() * columns;
        Block taps = new Block(weights, skipped, (to - from) * source.channels(), columns);
        Block result = new Block(products, 0, columns, source.length());
        la.multiply(1, taps, Transpose.YES, source.between(from, to), Transpose.NO, 0, result);
    }

    private void sumUp(int product, int to) {
        int length = source.length();
        int used = source.used();
        int pixel = source.pictures();
        int result = target.used();
        sum.clear(0, result);
        for (int kx = 0; kx < kernelWidth; kx++) {
            int row = (product * kernelWidth + kx) * length + PictureRows.EDGE;
            if (forwards) {
                run.set(0, products, row + kx * pixel, result);
                sum.add(run, 0, result);
            } else {
                run.set(kx * pixel, products, row, used);
                sum.add(run, kx * pixel, kx * pixel + used);
            }
        }
        target.tensor().set(to, sum, 0, result);
    }
}
