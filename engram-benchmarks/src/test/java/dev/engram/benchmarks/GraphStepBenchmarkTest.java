package dev.engram.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.graph.Node;
import dev.engram.graph.Parameters;
import dev.engram.linalg.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With η = 1 and more steps than the network is deep, the forces are the slopes of the loss; those are measured on a plain forward pass. */
class GraphStepBenchmarkTest {
    private static final double WIDTH = 1e-4;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void stepped(int threads) {
        GraphStepBenchmark benchmark = benchmark(threads);
        assertSlopes(benchmark, benchmark.stepped());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void summed(int threads) {
        GraphStepBenchmark benchmark = benchmark(threads);
        assertSlopes(benchmark, benchmark.summed());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void watched(int threads) {
        GraphStepBenchmark benchmark = benchmark(threads);
        assertSlopes(benchmark, benchmark.watched());
    }

    private static GraphStepBenchmark benchmark(int threads) {
        GraphStepBenchmark benchmark = new GraphStepBenchmark();
        benchmark.batch = 3;
        benchmark.steps = 8;
        benchmark.eta = 1;
        benchmark.threads = threads;
        benchmark.setUp();
        return benchmark;
    }

    private static void assertSlopes(GraphStepBenchmark benchmark, Parameters forces) {
        for (String name : new String[] {"w1", "w2", "w3", "w4", "w5"}) {
            Tensor force = forces.get(name);
            for (int i = 0; i < force.size(); i += force.size() / 3) {
                double slope = (loss(benchmark, name, i, WIDTH) - loss(benchmark, name, i, -WIDTH)) / (2 * WIDTH);
                assertThat(force.get(i)).as("%s, %d", name, i).isCloseTo(-slope, within(2e-3));
            }
        }
    }

    /** ½ |target - y|² with one weight moved. */
    private static double loss(GraphStepBenchmark benchmark, String moved, int index, double by) {
        Parameters p = benchmark.parameters();
        Node x = p.graph().node("x");
        Node y = p.graph().node("y");
        Tensor pictures = benchmark.examples().value(x);
        Tensor targets = benchmark.examples().value(y);
        double[][] w = new double[5][];
        for (int l = 0; l < 5; l++) {
            w[l] = doubles(p.get("w" + (l + 1)), 0, p.get("w" + (l + 1)).size());
        }
        w[moved.charAt(1) - '1'][index] += by;
        double loss = 0;
        for (int b = 0; b < targets.extent(0); b++) {
            double[] v = convolve(doubles(pictures, b * 3072, 3072), w[0], 3, 6, 32);
            v = convolve(pool(v, 28), w[1], 6, 16, 14);
            v = relu(dense(v, w[2]));
            v = dense(relu(dense(v, w[3])), w[4]);
            for (int i = 0; i < v.length; i++) {
                double error = targets.get(b * v.length + i) - v[i];
                loss += error * error / 2;
            }
        }
        return loss;
    }

    private static double[] doubles(Tensor tensor, int from, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = tensor.get(from + i);
        }
        return values;
    }

    /** 5 by 5, and the ReLU after it. */
    private static double[] convolve(double[] x, double[] w, int in, int out, int side) {
        int to = side - 4;
        double[] y = new double[out * to * to];
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < to * to; i++) {
                for (int k = 0; k < in * 25; k++) {
                    int row = i / to + k % 25 / 5;
                    int column = i % to + k % 5;
                    y[o * to * to + i] += w[o * in * 25 + k] * x[k / 25 * side * side + row * side + column];
                }
            }
        }
        return relu(y);
    }

    private static double[] pool(double[] x, int side) {
        double[] y = new double[x.length / 4];
        for (int i = 0; i < y.length; i++) {
            int corner = i / (side / 2) * 2 * side + i % (side / 2) * 2;
            y[i] = Math.max(Math.max(x[corner], x[corner + 1]), Math.max(x[corner + side], x[corner + side + 1]));
        }
        return y;
    }

    private static double[] dense(double[] x, double[] w) {
        double[] y = new double[w.length / x.length];
        for (int i = 0; i < w.length; i++) {
            y[i / x.length] += w[i] * x[i % x.length];
        }
        return y;
    }

    private static double[] relu(double[] x) {
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = Math.max(x[i], 0);
        }
        return y;
    }
}
