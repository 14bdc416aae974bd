package dev.engram.graph.op;

import dev.engram.linalg.Tensor;
import java.util.List;

/**
 * An element-wise operation, a function of single numbers applied to each: y = f(x), Jᵀδ = f'(x) δ.
 *
 * <p>Subclasses state f and f' in double precision; those whose float loops the compiler can vectorise override them.
 */
abstract class Unary implements Operation {
    abstract double value(double x);

    /** f'(x), where y = f(x) is known. */
    abstract double slope(double x, double y);

    void values(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = (float) value(x[i]);
        }
    }

    /** Writes f'(x) δ to {@code out}. */
    void pullBack(float[] x, float[] y, float[] delta, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = (float) (slope(x[i], y[i]) * delta[i]);
        }
    }

    @Override
    public int[] outputShape(List<int[]> inputs, List<int[]> parameters) {
        Shapes.requireCounts(inputs, 1, parameters, 0);
        return inputs.get(0).clone();
    }

    @Override
    public Kernel prepare(Binding binding) {
        return binding.isSingle() ? new Single(binding.input(), binding.output()) : new Double(binding);
    }

    private final class Single implements Kernel {
        private final Tensor input;
        private final float[] x;
        private final float[] y;
        private float[] sum = new float[0];

        Single(Tensor input, Tensor output) {
            this.input = input;
            this.x = input.floats();
            this.y = output.floats();
        }

        @Override
        public void compute(ExampleRange examples) {
            values(x, y, examples.begin(input), examples.end(input));
        }

        @Override
        public void pullBack(int index, Tensor delta, Tensor into, Accumulation mode, ExampleRange examples) {
            int from = examples.begin(input);
            int to = examples.end(input);
            if (mode == Accumulation.SET) {
                Unary.this.pullBack(x, y, delta.floats(), into.floats(), from, to);
                return;
            }
            float[] scratch = scratch();
            Unary.this.pullBack(x, y, delta.floats(), scratch, from, to);
            into.add(Tensor.wrap(scratch, input.shape()), from, to);
        }

        private synchronized float[] scratch() {
            if (sum.length != x.length) {
                sum = new float[x.length];
            }
            return sum;
        }
    }

    private final class Double implements Kernel {
        private final Tensor input;
        private final double[] x;
        private final double[] y;

        Double(Binding binding) {
            this.input = binding.input();
            this.x = binding.input().doubles();
            this.y = binding.output().doubles();
        }

        @Override
        public void compute(ExampleRange examples) {
            for (int i = examples.begin(input); i < examples.end(input); i++) {
                y[i] = value(x[i]);
            }
        }

        @Override
        public void pullBack(int index, Tensor delta, Tensor into, Accumulation mode, ExampleRange examples) {
            double[] d = delta.doubles();
            double[] out = into.doubles();
            for (int i = examples.begin(input); i < examples.end(input); i++) {
                double pulled = slope(x[i], y[i]) * d[i];
                out[i] = mode == Accumulation.SET ? pulled : out[i] + pulled;
            }
        }
    }
}
