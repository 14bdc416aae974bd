package dev.engram.network;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import java.util.SplittableRandom;

/** The largest singular value of a matrix, by power iteration on MᵀM. */
final class SpectralNorm {
    private static final int MOST_ITERATIONS = 40;
    private static final double TOLERANCE = 1e-3;
    // Power iteration approaches from below; the margin makes the result a bound in all but contrived cases.
    private static final double MARGIN = 1.01;

    private SpectralNorm() {}

    static double of(LinearAlgebra la, Matrix m) {
        SplittableRandom random = new SplittableRandom(1);
        Matrix v = Matrix.zeros(1, m.columns());
        for (int i = 0; i < m.columns(); i++) {
            v.data()[i] = (float) random.nextGaussian();
        }
        Matrix image = Matrix.zeros(1, m.rows());
        double norm = 0;
        for (int k = 0; k < MOST_ITERATIONS; k++) {
            normalise(v);
            la.multiply(1, v, Transpose.NO, m, Transpose.YES, 0, image);
            la.multiply(1, image, Transpose.NO, m, Transpose.NO, 0, v);
            double next = Math.sqrt(Math.sqrt(v.squaredLength()));
            boolean settled = Math.abs(next - norm) <= TOLERANCE * next;
            norm = next;
            if (settled) {
                break;
            }
        }
        return MARGIN * norm;
    }

    private static void normalise(Matrix v) {
        double length = Math.sqrt(v.squaredLength());
        float scale = length > 0 ? (float) (1 / length) : 0;
        for (int i = 0; i < v.columns(); i++) {
            v.data()[i] *= scale;
        }
    }
}
