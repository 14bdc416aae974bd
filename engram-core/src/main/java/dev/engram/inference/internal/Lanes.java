package dev.engram.inference.internal;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import java.util.Arrays;

/**
 * Loops over layers kept as [nodes, cues], so that neighbours in memory are the same node of different cues: a cue is a lane.
 *
 * <p>Sums over the nodes are taken for every cue at once, which the compiler vectorises since no lane waits for another. Where nothing is
 * summed, the loops are flat, with the same index on every array.
 */
final class Lanes {
    private static final int TILE = 32;
    private static final int STRETCH = 64; // rows summed in single precision before their sum joins the double one

    private Lanes() {}

    /** The transpose, in tiles. */
    static Matrix transpose(LinearAlgebra la, Matrix m) {
        int rows = m.rows();
        int columns = m.columns();
        Matrix result = Matrix.zeros(columns, rows);
        float[] in = m.data();
        float[] out = result.data();
        la.parallel((columns + TILE - 1) / TILE, tile -> {
            int to = Math.min(columns, (tile + 1) * TILE);
            for (int i0 = 0; i0 < rows; i0 += TILE) {
                for (int j = tile * TILE; j < to; j++) {
                    for (int i = i0; i < Math.min(rows, i0 + TILE); i++) {
                        out[j * rows + i] = in[i * columns + j];
                    }
                }
            }
        });
        return result;
    }

    /** ½|row|² of every row of a [cues, values] matrix. */
    static double[] halfSquares(Matrix rows) {
        double[] half = new double[rows.rows()];
        Arrays.setAll(half, row -> 0.5 * rows.squaredLength(row));
        return half;
    }

    /** sums[cue] += ½ weight Σ a² over the nodes from..to. */
    static void addHalfSquares(float[] a, int cues, int from, int to, double weight, double[] sums) {
        float[] lane = new float[cues];
        for (int start = from; start < to; start += STRETCH) {
            for (int node = start; node < Math.min(to, start + STRETCH); node++) {
                int offset = node * cues;
                for (int cue = 0; cue < cues; cue++) {
                    lane[cue] += a[offset + cue] * a[offset + cue];
                }
            }
            drain(lane, 0.5 * weight, sums);
        }
    }

    /** product = f ⊙ (c + g) over the nodes from..to. */
    static void multiplySum(float[] f, float[] c, float[] g, float[] product, int cues, int from, int to) {
        for (int i = from * cues; i < to * cues; i++) {
            product[i] = f[i] * (c[i] + g[i]);
        }
    }

    /** sums[cue] += weight Σ a over the nodes from..to. */
    static void add(float[] a, int cues, int from, int to, double weight, double[] sums) {
        float[] lane = new float[cues];
        for (int start = from; start < to; start += STRETCH) {
            for (int node = start; node < Math.min(to, start + STRETCH); node++) {
                int offset = node * cues;
                for (int cue = 0; cue < cues; cue++) {
                    lane[cue] += a[offset + cue];
                }
            }
            drain(lane, weight, sums);
        }
    }

    /** error = x - error for all its nodes, x from the given node on; sums[cue] += ½ Σ error². */
    static void subtractFrom(float[] x, int node, float[] error, int cues, int nodes, double[] sums) {
        float[] lane = new float[cues];
        for (int start = 0; start < nodes; start += STRETCH) {
            for (int i = start; i < Math.min(nodes, start + STRETCH); i++) {
                int in = (node + i) * cues;
                int out = i * cues;
                for (int cue = 0; cue < cues; cue++) {
                    float difference = x[in + cue] - error[out + cue];
                    error[out + cue] = difference;
                    lane[cue] += difference * difference;
                }
            }
            drain(lane, 0.5, sums);
        }
    }

    /** error = x - b, node by node. */
    static void subtractNodes(float[] x, float[] b, float[] error, int cues, int from, int to) {
        for (int node = from; node < to; node++) {
            int offset = node * cues;
            float mean = b[node];
            for (int cue = 0; cue < cues; cue++) {
                error[offset + cue] = x[offset + cue] - mean;
            }
        }
    }

    /** error = x - mean. */
    static void subtract(float[] x, float[] mean, float[] error, int from, int to) {
        for (int i = from; i < to; i++) {
            error[i] = x[i] - mean[i];
        }
    }

    /** next = x + γ (slope ⊙ pull - π error): Eq. 3, which {@link Force} explains, on a layer kept [nodes, cues]. */
    static void step(
            float[] x, float[] slope, float[] pull, float pi, float[] e, float gamma, float[] next, int from, int to) {
        for (int i = from; i < to; i++) {
            next[i] = x[i] + gamma * (slope[i] * pull[i] - pi * e[i]);
        }
    }

    private static void drain(float[] lane, double weight, double[] sums) {
        for (int cue = 0; cue < lane.length; cue++) {
            sums[cue] += weight * lane[cue];
            lane[cue] = 0;
        }
    }
}
