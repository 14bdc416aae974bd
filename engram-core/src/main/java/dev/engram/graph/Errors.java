package dev.engram.graph;

import dev.engram.graph.op.ExampleRange;
import dev.engram.linalg.Tensor;

/**
 * The errors and energies of the nodes of a computation graph.
 *
 * <pre>
 *   Gaussian:     ε = v - μ,           E = ½ π |ε|²
 *   categorical:  ε = v - softmax(μ),  E = -π Σ v log softmax(μ)
 * </pre>
 *
 * <p>In both, π ε = -∂E/∂μ with the sign turned: the force with which the node pulls at its prediction.
 */
final class Errors {
    private Errors() {}

    static void measure(Node node, Tensor v, Tensor mu, Tensor error, ExampleRange examples) {
        int from = examples.begin(v);
        int to = examples.end(v);
        if (node.energy() == NodeEnergy.CATEGORICAL) {
            int length = mu.extent(mu.rank() - 1);
            for (int row = from; row < to; row += length) {
                categorical(v, mu, error, row, length);
            }
            return;
        }
        switch (v.precision()) {
            case FLOAT -> subtract(v.floats(), mu.floats(), error.floats(), from, to);
            case DOUBLE -> subtract(v.doubles(), mu.doubles(), error.doubles(), from, to);
        }
    }

    private static void subtract(float[] v, float[] mu, float[] error, int from, int to) {
        for (int i = from; i < to; i++) {
            error[i] = v[i] - mu[i];
        }
    }

    private static void subtract(double[] v, double[] mu, double[] error, int from, int to) {
        for (int i = from; i < to; i++) {
            error[i] = v[i] - mu[i];
        }
    }

    private static void categorical(Tensor v, Tensor mu, Tensor error, int row, int length) {
        double logSum = logSumOfExponentials(mu, row, length);
        double mass = 0; // 1 for a distribution
        for (int i = row; i < row + length; i++) {
            mass += v.get(i);
        }
        for (int i = row; i < row + length; i++) {
            error.set(i, v.get(i) - mass * Math.exp(mu.get(i) - logSum));
        }
    }

    static double energy(Node node, Tensor v, Tensor mu, Tensor error, ExampleRange examples) {
        int from = examples.begin(v);
        int to = examples.end(v);
        if (node.energy() == NodeEnergy.GAUSSIAN) {
            return 0.5 * node.precision() * squaredNorm(error, from, to);
        }
        double sum = 0;
        int length = mu.extent(mu.rank() - 1);
        for (int row = from; row < to; row += length) {
            double logSum = logSumOfExponentials(mu, row, length);
            for (int i = row; i < row + length; i++) {
                sum += v.get(i) * (logSum - mu.get(i));
            }
        }
        return node.precision() * sum;
    }

    private static double logSumOfExponentials(Tensor x, int row, int length) {
        double largest = Double.NEGATIVE_INFINITY; // taken off, so that nothing overflows
        for (int i = row; i < row + length; i++) {
            largest = Math.max(largest, x.get(i));
        }
        double sum = 0;
        for (int i = row; i < row + length; i++) {
            sum += Math.exp(x.get(i) - largest);
        }
        return largest + Math.log(sum);
    }

    private static double squaredNorm(Tensor tensor, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += tensor.get(i) * tensor.get(i);
        }
        return sum;
    }
}
