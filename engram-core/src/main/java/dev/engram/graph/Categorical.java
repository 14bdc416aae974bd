package dev.engram.graph;

import dev.engram.graph.op.ExampleRange;
import dev.engram.linalg.Tensor;

/**
 * The energy of a choice among the entries of the last axis, whose logits are predicted: the cross-entropy.
 *
 * <pre>
 *   E = -π Σ v log softmax(μ),   ε = v - softmax(μ) Σ v      Σ v = 1 for a distribution
 * </pre>
 */
record Categorical() implements NodeEnergy {
    @Override
    public String name() {
        return "categorical";
    }

    @Override
    public boolean isInferable() {
        return false;
    }

    @Override
    public void requireShape(int[] shape) {
        if (shape.length == 0) {
            throw new IllegalArgumentException("it needs logits along an axis, and this is a single number");
        }
    }

    @Override
    public void measure(Tensors at, ExampleRange examples) {
        Tensor v = at.value();
        Tensor mu = at.prediction();
        int length = mu.extent(mu.rank() - 1);
        int to = examples.end(v);
        for (int row = examples.begin(v); row < to; row += length) {
            double logSum = logSumOfExponentials(mu, row, length);
            double mass = 0; // 1 for a distribution
            for (int i = row; i < row + length; i++) {
                mass += v.get(i);
            }
            for (int i = row; i < row + length; i++) {
                at.error().set(i, v.get(i) - mass * Math.exp(mu.get(i) - logSum));
            }
        }
    }

    @Override
    public double energy(Tensors at, ExampleRange examples) {
        Tensor v = at.value();
        Tensor mu = at.prediction();
        double sum = 0;
        int length = mu.extent(mu.rank() - 1);
        int to = examples.end(v);
        for (int row = examples.begin(v); row < to; row += length) {
            double logSum = logSumOfExponentials(mu, row, length);
            for (int i = row; i < row + length; i++) {
                sum += v.get(i) * (logSum - mu.get(i));
            }
        }
        return at.precision() * sum;
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
}
