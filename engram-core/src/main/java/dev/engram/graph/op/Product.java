package dev.engram.graph.op;

import dev.engram.linalg.Tensor;
import java.util.List;

/** The element-wise product y = a ⊙ b of two inputs of one shape; Jᵀδ is δ ⊙ the other. */
final class Product implements Operation {
    @Override
    public String name() {
        return "multiply";
    }

    @Override
    public int[] outputShape(List<int[]> inputs, List<int[]> parameters) {
        return Sum.requireSameShapes(inputs, parameters);
    }

    @Override
    public Kernel prepare(Binding binding) {
        Tensor a = binding.inputs().get(0);
        Tensor b = binding.inputs().get(1);
        return new Kernel() {
            @Override
            public void compute(ExampleRange examples) {
                multiply(a, b, binding.output(), Accumulation.SET, examples);
            }

            @Override
            public void pullBack(int input, Tensor delta, Tensor into, Accumulation mode, ExampleRange examples) {
                multiply(input == 0 ? b : a, delta, into, mode, examples);
            }
        };
    }

    /** out = a ⊙ b, or out += a ⊙ b. */
    static void multiply(Tensor a, Tensor b, Tensor out, Accumulation mode, ExampleRange examples) {
        int from = examples.begin(out);
        int to = examples.end(out);
        mode.begin(out, examples);
        switch (out.precision()) {
            case FLOAT -> addProducts(a.floats(), b.floats(), out.floats(), from, to);
            case DOUBLE -> addProducts(a.doubles(), b.doubles(), out.doubles(), from, to);
        }
    }

    private static void addProducts(float[] a, float[] b, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] += a[i] * b[i];
        }
    }

    private static void addProducts(double[] a, double[] b, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] += a[i] * b[i];
        }
    }
}
