package dev.engram.cli.bench;

import dev.engram.linalg.Matrix;

/**
 * The race's workload as its {@code common.py} words it, in plain double loops.
 *
 * <pre>
 *   e1 = x1 - b,  e0 = x0 - relu(x1) W
 *   step:    x1 += 0.1 (-e1 + relu'(x1) * (e0 W'))    from x1 = b
 *   update:  W += lr/N relu(x1)' e0,  b += lr/N sum(e1)
 * </pre>
 */
final class PlainRace {
    final double[][] x;
    final double[][] xc;
    final double[][] w;
    final double[] b;
    final double[][] x1;

    PlainRace(BenchArrays arrays) {
        x = doubles(arrays.patterns());
        xc = doubles(arrays.cues());
        w = doubles(arrays.weights());
        b = doubles(Matrix.wrap(1, arrays.memoryVector().length, arrays.memoryVector()))[0];
        x1 = new double[x.length][b.length];
    }

    private static double[][] doubles(Matrix matrix) {
        double[][] result = new double[matrix.rows()][matrix.columns()];
        for (int i = 0; i < result.length; i++) {
            for (int j = 0; j < result[i].length; j++) {
                result[i][j] = matrix.get(i, j);
            }
        }
        return result;
    }

    void infer(double[][] sensory, int steps) {
        for (int p = 0; p < x1.length; p++) {
            System.arraycopy(b, 0, x1[p], 0, b.length);
            for (int step = 0; step < steps; step++) {
                double[] e0 = minus(sensory[p], prediction(p));
                for (int j = 0; j < b.length; j++) {
                    double up = 0;
                    for (int i = 0; i < e0.length; i++) {
                        up += e0[i] * w[j][i];
                    }
                    x1[p][j] += 0.1 * (b[j] - x1[p][j] + (x1[p][j] > 0 ? up : 0));
                }
            }
        }
    }

    void update(double learningRate) {
        double rate = learningRate / x.length;
        double[][] e0 = new double[x.length][];
        for (int p = 0; p < x.length; p++) {
            e0[p] = minus(x[p], prediction(p));
        }
        for (int j = 0; j < b.length; j++) {
            double e1 = 0;
            for (int p = 0; p < x.length; p++) {
                e1 += x1[p][j] - b[j];
                for (int i = 0; i < e0[p].length; i++) {
                    w[j][i] += rate * Math.max(x1[p][j], 0) * e0[p][i];
                }
            }
            b[j] += rate * e1;
        }
    }

    double[][] readOut() {
        double[][] result = new double[x.length][];
        for (int p = 0; p < x.length; p++) {
            result[p] = prediction(p);
        }
        return result;
    }

    /** Of the patterns, whatever the sensory layer was clamped to. */
    double meanSquaredError() {
        double sum = 0;
        for (int p = 0; p < x.length; p++) {
            for (double error : minus(x[p], prediction(p))) {
                sum += error * error;
            }
        }
        return sum / (x.length * x[0].length);
    }

    private double[] prediction(int p) {
        double[] mu = new double[x[p].length];
        for (int j = 0; j < b.length; j++) {
            for (int i = 0; i < mu.length; i++) {
                mu[i] += Math.max(x1[p][j], 0) * w[j][i];
            }
        }
        return mu;
    }

    private static double[] minus(double[] a, double[] c) {
        double[] difference = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            difference[i] = a[i] - c[i];
        }
        return difference;
    }
}
