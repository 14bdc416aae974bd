package dev.engram.graph.op;

import dev.engram.linalg.Tensor;
import java.util.List;

/** Gives every example the same parameter: y = θ; pulled back, the sum over the batch. */
final class Broadcast implements Operation {
    @Override
    public String name() {
        return "broadcast";
    }

    @Override
    public int[] outputShape(List<int[]> inputs, List<int[]> parameters) {
        Shapes.requireCounts(inputs, 0, parameters, 1);
        return parameters.get(0).clone();
    }

    @Override
    public Kernel prepare(Binding binding) {
        return new Kernel() {
            @Override
            public void compute(ExampleRange examples) {
                repeat(binding.parameter(), binding.output(), examples);
            }

            @Override
            public void pullBack(int input, Tensor delta, Tensor into, Accumulation mode, ExampleRange examples) {
                throw new UnsupportedOperationException("A broadcast has no input.");
            }

            @Override
            public void addGradient(int parameter, Tensor delta, Tensor into) {
                addColumnSums(delta, into);
            }
        };
    }

    /** Writes {@code row} to the rows of {@code out}, as many numbers each as {@code row} has. */
    static void repeat(Tensor row, Tensor out, ExampleRange rows) {
        for (int i = rows.from(); i < rows.to(); i++) {
            out.set(i * row.size(), row, 0, row.size());
        }
    }

    /** Adds all rows of {@code delta}, each as long as {@code into}, to {@code into}. */
    static void addColumnSums(Tensor delta, Tensor into) {
        int length = into.size();
        for (int start = 0; start < delta.size(); start += length) {
            for (int j = 0; j < length; j++) {
                into.set(j, into.get(j) + delta.get(start + j));
            }
        }
    }
}
