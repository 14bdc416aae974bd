package dev.engram.graph.op;

import dev.engram.linalg.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Joins inputs along an axis; all other axes agree. */
final class Concatenation implements Operation {
    private final int axis;

    Concatenation(int axis) {
        this.axis = axis;
    }

    @Override
    public String name() {
        return "concatenate";
    }

    @Override
    public int[] outputShape(List<int[]> inputs, List<int[]> parameters) {
        Shapes.requireCounts(inputs, Math.max(1, inputs.size()), parameters, 0);
        int[] y = inputs.get(0).clone();
        Shapes.requireAxis(y, axis);
        y[axis] = 0;
        for (int[] x : inputs) {
            int[] rest = x.clone();
            int extent = x.length == y.length ? x[axis] : 0;
            if (x.length == y.length) {
                rest[axis] = y[axis];
            }
            if (!Arrays.equals(rest, y)) {
                throw new IllegalArgumentException("inputs must agree in all axes but %d; their shapes are %s"
                        .formatted(axis, inputs.stream().map(Arrays::toString).toList()));
            }
            y[axis] += extent;
        }
        return y;
    }

    @Override
    public Kernel prepare(Binding binding) {
        int[] perExample =
                Arrays.copyOfRange(binding.output().shape(), 1, binding.output().rank());
        List<Runs> parts = new ArrayList<>();
        int from = 0;
        for (Tensor x : binding.inputs()) {
            int to = from + x.extent(axis + 1);
            parts.add(Runs.of(perExample, axis, from, to));
            from = to;
        }
        return new Kernel() {
            @Override
            public void compute(ExampleRange examples) {
                for (int i = 0; i < parts.size(); i++) {
                    parts.get(i).put(binding.inputs().get(i), binding.output(), Accumulation.SET, examples);
                }
            }

            @Override
            public void pullBack(int input, Tensor delta, Tensor into, Accumulation mode, ExampleRange examples) {
                parts.get(input).take(delta, into, mode, examples);
            }
        };
    }
}
