package dev.engram.memory.hopfield;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;

/**
 * Computes the weights at which predictive-coding learning of a layer that predicts itself ends, from W = 0 and with saturated units: the
 * symmetric W with zero diagonal and least
 *
 * <pre>
 *   E = 1/(2P) Σ |s - W s|²        -∂E/∂W = off(C - ½(WC + CW)),   C = 1/P Σ s sᵀ
 * </pre>
 *
 * <p>Of several, that of least norm, as gradient steps from 0 have it. The patterns come in by C alone, and the conjugate gradients here
 * move in the same space as the rule's own steps, with one product of [units, units] each.
 */
final class SelfPrediction {
    private static final double ENOUGH = 1e-6;
    private static final int MOST_STEPS = 1000;

    private SelfPrediction() {}

    /**
     * @param bipolar [patterns, units], each value -1 or 1
     * @return W, [units, units]
     */
    static Matrix weights(LinearAlgebra la, Matrix bipolar) {
        int n = bipolar.columns();
        DoubleMatrix s = bipolar.toDouble();
        DoubleMatrix c = la.product(s, Transpose.YES, s, Transpose.NO);
        for (int i = 0; i < c.data().length; i++) {
            c.data()[i] /= bipolar.rows();
        }
        DoubleMatrix w = DoubleMatrix.zeros(n, n);
        DoubleMatrix force = withoutDiagonal(c.copy());
        DoubleMatrix direction = force.copy();
        double left = dot(force, force);
        double enough = ENOUGH * ENOUGH * left;
        for (int step = 0; step < MOST_STEPS && left > enough; step++) {
            DoubleMatrix bent = withoutDiagonal(
                    la.product(direction, Transpose.NO, c, Transpose.NO).symmetrise());
            double rate = left / dot(direction, bent);
            add(rate, direction, w);
            add(-rate, bent, force);
            double before = left;
            left = dot(force, force);
            for (int i = 0; i < n * n; i++) {
                direction.data()[i] =
                        force.data()[i] + left / before * direction.data()[i];
            }
        }
        return w.toFloat();
    }

    private static DoubleMatrix withoutDiagonal(DoubleMatrix matrix) {
        for (int i = 0; i < matrix.rows(); i++) {
            matrix.set(i, i, 0);
        }
        return matrix;
    }

    private static double dot(DoubleMatrix a, DoubleMatrix b) {
        double sum = 0;
        for (int i = 0; i < a.data().length; i++) {
            sum += a.data()[i] * b.data()[i];
        }
        return sum;
    }

    private static void add(double factor, DoubleMatrix from, DoubleMatrix to) {
        for (int i = 0; i < to.data().length; i++) {
            to.data()[i] += factor * from.data()[i];
        }
    }
}
