package dev.engram.graph.op;

import dev.engram.linalg.Tensor;
import java.util.Arrays;
import java.util.List;

/** Gives a tensor another shape; the numbers stay the same. */
final class Reshape implements Operation {
    private final int[] shape;
    private final boolean flattens;

    private Reshape(int[] shape, boolean flattens) {
        this.shape = shape;
        this.flattens = flattens;
    }

    static Reshape to(int... shape) {
        return new Reshape(shape.clone(), false);
    }

    static Reshape flat() {
        return new Reshape(new int[0], true);
    }

    @Override
    public String name() {
        return flattens ? "flatten" : "reshape";
    }

    @Override
    public int[] outputShape(List<int[]> inputs, List<int[]> parameters) {
        Shapes.requireCounts(inputs, 1, parameters, 0);
        int size = Tensor.sizeOf(inputs.get(0));
        if (flattens) {
            return new int[] {size};
        }
        if (Tensor.sizeOf(shape) != size) {
            throw new IllegalArgumentException("the shape %s holds %d values; the input %s has %d"
                    .formatted(Arrays.toString(shape), Tensor.sizeOf(shape), Arrays.toString(inputs.get(0)), size));
        }
        return shape.clone();
    }

    @Override
    public Kernel prepare(Binding binding) {
        return new Kernel() {
            @Override
            public void compute(ExampleRange examples) {
                Tensor y = binding.output();
                y.set(binding.input(), examples.begin(y), examples.end(y));
            }

            @Override
            public void pullBack(int input, Tensor delta, Tensor into, Accumulation mode, ExampleRange examples) {
                pass(delta, into, mode, examples);
            }
        };
    }

    /** to = from, or to += from, whatever their shapes. */
    static void pass(Tensor from, Tensor to, Accumulation mode, ExampleRange examples) {
        int begin = examples.begin(to);
        int end = examples.end(to);
        if (mode == Accumulation.SET) {
            to.set(from, begin, end);
        } else {
            to.add(from, begin, end);
        }
    }
}
