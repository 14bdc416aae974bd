package dev.engram.benchmarks;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.Matrix;
import java.util.SplittableRandom;

/** The numbers benchmarks work on, from fixed seeds. */
final class BenchmarkData {
    private BenchmarkData() {}

    /** Normally distributed, of the given standard deviation. */
    static Matrix normal(int rows, int columns, double std, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix matrix = Matrix.zeros(rows, columns);
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] = (float) (std * random.nextGaussian());
        }
        return matrix;
    }

    /** A symmetric, diagonally dominant and so positive definite matrix [n, n]. */
    static DoubleMatrix positiveDefinite(int n, long seed) {
        return normal(n, n, 1, seed).toDouble().symmetrise().addToDiagonal(2.0 * n);
    }

    /** Pictures [count, side * side] in [0, 1]: each a sum of four waves of random direction, length and phase. */
    static Matrix smoothPictures(int count, int side, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix pictures = Matrix.zeros(count, side * side);
        for (int p = 0; p < count; p++) {
            for (int wave = 0; wave < 4; wave++) {
                double across = random.nextDouble(-6, 6) / side;
                double down = random.nextDouble(-6, 6) / side;
                double phase = random.nextDouble(2 * Math.PI);
                for (int i = 0; i < side * side; i++) {
                    int row = i / side;
                    double angle = 2 * Math.PI * (across * (i % side) + down * row) + phase;
                    pictures.data()[p * side * side + i] += (float) (0.125 * (1 + Math.sin(angle)));
                }
            }
        }
        return pictures;
    }
}
