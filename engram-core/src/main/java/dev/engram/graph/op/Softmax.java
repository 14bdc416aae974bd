package dev.engram.graph.op;

import dev.engram.linalg.Tensor;
import java.util.List;

/**
 * The softmax over the last axis:
 *
 * <pre>
 *   y_i = exp(x_i) / Σ_j exp(x_j)
 *   Jᵀδ = y ⊙ (δ - y·δ)
 * </pre>
 */
final class Softmax implements Operation {
    @Override
    public String name() {
        return "softmax";
    }

    @Override
    public int[] outputShape(List<int[]> inputs, List<int[]> parameters) {
        Shapes.requireCounts(inputs, 1, parameters, 0);
        if (inputs.get(0).length == 0) {
            throw new IllegalArgumentException("it needs an axis to sum over; the input is a single number");
        }
        return inputs.get(0).clone();
    }

    @Override
    public Kernel prepare(Binding binding) {
        Tensor x = binding.input();
        Tensor y = binding.output();
        int length = x.extent(x.rank() - 1);
        return new Kernel() {
            @Override
            public void compute(ExampleRange examples) {
                for (int row = examples.begin(x); row < examples.end(x); row += length) {
                    normalise(x, y, row, length);
                }
            }

            @Override
            public void pullBack(int input, Tensor delta, Tensor into, Accumulation mode, ExampleRange examples) {
                for (int row = examples.begin(x); row < examples.end(x); row += length) {
                    double mean = 0;
                    for (int i = row; i < row + length; i++) {
                        mean += y.get(i) * delta.get(i);
                    }
                    for (int i = row; i < row + length; i++) {
                        double pulled = y.get(i) * (delta.get(i) - mean);
                        into.set(i, mode == Accumulation.SET ? pulled : into.get(i) + pulled);
                    }
                }
            }
        };
    }

    private static void normalise(Tensor x, Tensor y, int row, int length) {
        double largest = Double.NEGATIVE_INFINITY; // taken off, so that nothing overflows
        for (int i = row; i < row + length; i++) {
            largest = Math.max(largest, x.get(i));
        }
        double sum = 0;
        for (int i = row; i < row + length; i++) {
            sum += Math.exp(x.get(i) - largest);
        }
        for (int i = row; i < row + length; i++) {
            y.set(i, Math.exp(x.get(i) - largest) / sum);
        }
    }
}
