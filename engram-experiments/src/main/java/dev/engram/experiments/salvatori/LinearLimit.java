package dev.engram.experiments.salvatori;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;

/**
 * The least mean squared error that an affine map of the cue can leave of noise, averaged over the stored pictures and the noise: that of
 * the regression of the pictures on their cues.
 *
 * <pre>
 *   1/d Σ s_i σ² / (s_i + σ²)          s_i: eigenvalues of the pictures' covariance
 * </pre>
 */
final class LinearLimit {
    private LinearLimit() {}

    /** @param patterns [patterns, values] */
    static double of(LinearAlgebra la, Matrix patterns, double variance) {
        int n = patterns.rows();
        int d = patterns.columns();
        DoubleMatrix centred = patterns.toDouble();
        double[] x = centred.data();
        for (int j = 0; j < d; j++) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += x[i * d + j];
            }
            for (int i = 0; i < n; i++) {
                x[i * d + j] -= sum / n;
            }
        }
        double error = 0;
        for (double value : la.eigen(la.product(centred, Transpose.NO, centred, Transpose.YES)
                        .symmetrise())
                .values()) {
            double s = Math.max(0, value / n);
            error += variance == 0 ? 0 : s * variance / (s + variance);
        }
        return error / d;
    }
}
