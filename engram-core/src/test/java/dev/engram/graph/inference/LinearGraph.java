package dev.engram.graph.inference;

import dev.engram.graph.ComputationGraph;
import dev.engram.graph.GraphBuilder;
import dev.engram.graph.Initialiser;
import dev.engram.graph.Node;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameter;
import dev.engram.graph.Parameters;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * x -> h1 -> h2 -> y without non-linearities, precisions 2, 0.5 and 1.5, and what is known of it in closed form: with v = (h1, h2) and the errors
 * r = A v - b, E = ½ rᵀ Π r, the loss counting β times.
 */
final class LinearGraph {
    static final int BATCH = 3;
    private static final int[] SIZES = {4, 5, 3, 2};
    private static final double[] PRECISIONS = {2, 0.5, 1.5};

    final ComputationGraph graph;
    final Node x;
    final Node h1;
    final Node h2;
    final Node y;
    final Parameters parameters;
    final Observations observations;

    LinearGraph(double scale) {
        this(scale, Precision.DOUBLE);
    }

    LinearGraph(double scale, Precision precision) {
        GraphBuilder g = new GraphBuilder();
        x = g.input("x", SIZES[0]);
        h1 = g.value("h1", g.dense(x, weight(g, 1, scale)), PRECISIONS[0]);
        h2 = g.value("h2", g.dense(h1, weight(g, 2, scale)), PRECISIONS[1]);
        y = g.value("y", g.dense(h2, weight(g, 3, scale)), PRECISIONS[2]);
        graph = g.build();
        parameters = graph.initialise(11, precision);
        observations =
                Observations.of(x, random(precision, 1, BATCH, SIZES[0])).and(y, random(precision, 2, BATCH, SIZES[3]));
    }

    private static Parameter weight(GraphBuilder g, int layer, double scale) {
        double std = scale / Math.sqrt(SIZES[layer - 1]);
        return g.parameter("w" + layer, Initialiser.normal(std), SIZES[layer], SIZES[layer - 1]);
    }

    static Tensor random(Precision precision, long seed, int... shape) {
        SplittableRandom random = new SplittableRandom(seed);
        Tensor tensor = Tensor.zeros(precision, shape);
        for (int i = 0; i < tensor.size(); i++) {
            tensor.set(i, random.nextGaussian());
        }
        return tensor;
    }

    private double weight(int layer, int row, int column) {
        return parameters.get("w" + layer).get(row * SIZES[layer - 1] + column);
    }

    /** A [n1 + n2 + n3, n1 + n2]. */
    private double[][] a() {
        int n1 = SIZES[1];
        int n2 = SIZES[2];
        double[][] a = new double[n1 + n2 + SIZES[3]][n1 + n2];
        for (int i = 0; i < n1 + n2; i++) {
            a[i][i] = 1;
        }
        for (int i = 0; i < n2; i++) {
            for (int j = 0; j < n1; j++) {
                a[n1 + i][j] = -weight(2, i, j);
            }
        }
        for (int i = 0; i < SIZES[3]; i++) {
            for (int j = 0; j < n2; j++) {
                a[n1 + n2 + i][n1 + j] = -weight(3, i, j);
            }
        }
        return a;
    }

    /** For one example: what the errors are at v = 0, with the sign turned. */
    private double[] b(int example) {
        int n1 = SIZES[1];
        int n2 = SIZES[2];
        double[] b = new double[n1 + n2 + SIZES[3]];
        for (int i = 0; i < n1; i++) {
            for (int j = 0; j < SIZES[0]; j++) {
                b[i] += weight(1, i, j) * observations.value(x).get(example * SIZES[0] + j);
            }
        }
        for (int i = 0; i < SIZES[3]; i++) {
            b[n1 + n2 + i] = -observations.value(y).get(example * SIZES[3] + i);
        }
        return b;
    }

    private static double precision(int row, double beta) {
        return row < SIZES[1] ? PRECISIONS[0] : row < SIZES[1] + SIZES[2] ? PRECISIONS[1] : beta * PRECISIONS[2];
    }

    /** H = Aᵀ Π A. */
    double[][] hessian(double beta) {
        double[][] a = a();
        int n = a[0].length;
        double[][] h = new double[n][n];
        for (int r = 0; r < a.length; r++) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    h[i][j] += precision(r, beta) * a[r][i] * a[r][j];
                }
            }
        }
        return h;
    }

    /** The v = (h1, h2) of least energy, H v = Aᵀ Π b. */
    double[] settled(int example, double beta) {
        double[][] a = a();
        double[] b = b(example);
        double[] right = new double[a[0].length];
        for (int r = 0; r < a.length; r++) {
            for (int i = 0; i < right.length; i++) {
                right[i] += precision(r, beta) * a[r][i] * b[r];
            }
        }
        return solve(hessian(beta), right);
    }

    /** -∂E/∂W of a layer at v = {@link #settled}, over β, summed over the batch: π (v_l - W v_{l-1}) v_{l-1}ᵀ. */
    double[] forces(int layer, double beta) {
        double[] forces = new double[SIZES[layer] * SIZES[layer - 1]];
        for (int e = 0; e < BATCH; e++) {
            double[][] v = layers(e, settled(e, beta));
            double pi = PRECISIONS[layer - 1] * (layer == 3 ? beta : 1);
            for (int i = 0; i < SIZES[layer]; i++) {
                double error = v[layer][i];
                for (int j = 0; j < SIZES[layer - 1]; j++) {
                    error -= weight(layer, i, j) * v[layer - 1][j];
                }
                for (int j = 0; j < SIZES[layer - 1]; j++) {
                    forces[i * SIZES[layer - 1] + j] += pi * error * v[layer - 1][j] / beta;
                }
            }
        }
        return forces;
    }

    private double[][] layers(int example, double[] hidden) {
        double[][] v = new double[4][];
        v[0] = row(observations.value(x), example, SIZES[0]);
        v[1] = Arrays.copyOfRange(hidden, 0, SIZES[1]);
        v[2] = Arrays.copyOfRange(hidden, SIZES[1], hidden.length);
        v[3] = row(observations.value(y), example, SIZES[3]);
        return v;
    }

    private static double[] row(Tensor tensor, int row, int length) {
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = tensor.get(row * length + i);
        }
        return values;
    }

    /** (h1, h2) of an example. */
    double[] hidden(Map<Node, Tensor> values, int example) {
        double[] both = new double[SIZES[1] + SIZES[2]];
        int at = 0;
        for (Node node : List.of(h1, h2)) {
            Tensor v = Objects.requireNonNull(values.get(node));
            for (int i = 0; i < node.shape()[0]; i++) {
                both[at++] = v.get(example * node.shape()[0] + i);
            }
        }
        return both;
    }

    /** Gaussian elimination with pivots. */
    static double[] solve(double[][] matrix, double[] right) {
        int n = right.length;
        double[][] m = new double[n][];
        for (int i = 0; i < n; i++) {
            m[i] = Arrays.copyOf(matrix[i], n + 1);
            m[i][n] = right[i];
        }
        for (int c = 0; c < n; c++) {
            int pivot = c;
            for (int r = c + 1; r < n; r++) {
                pivot = Math.abs(m[r][c]) > Math.abs(m[pivot][c]) ? r : pivot;
            }
            double[] swap = m[c];
            m[c] = m[pivot];
            m[pivot] = swap;
            for (int r = 0; r < n; r++) {
                double factor = r == c ? 0 : m[r][c] / m[c][c];
                for (int k = c; k <= n; k++) {
                    m[r][k] -= factor * m[c][k];
                }
            }
        }
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = m[i][n] / m[i][i];
        }
        return x;
    }

    /** The largest eigenvalue of a symmetric positive matrix. */
    static double largestEigenvalue(double[][] h) {
        double[] u = new double[h.length];
        Arrays.fill(u, 1);
        double size = 0;
        for (int t = 0; t < 100_000; t++) {
            double[] next = new double[u.length];
            double norm = 0;
            for (int i = 0; i < u.length; i++) {
                for (int j = 0; j < u.length; j++) {
                    next[i] += h[i][j] * u[j];
                }
                norm += next[i] * next[i];
            }
            size = Math.sqrt(norm);
            for (int i = 0; i < u.length; i++) {
                u[i] = next[i] / size;
            }
        }
        return size;
    }
}
