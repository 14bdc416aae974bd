package dev.engram.graph.op;

import dev.engram.linalg.Tensor;
import java.util.List;

/**
 * What layer and group normalisation share: numbers are brought to mean 0 and variance 1 within runs of neighbours of one example, then scaled
 * and shifted by parameters.
 *
 * <pre>
 *   y_i = γ_p(i) n_i + β_p(i),   n_i = (x_i - m) / s,   s = √(var + 1e-5)     m, var: of the run (var over n, not n - 1)
 *   x:  (g_i - mean g - n_i mean(g n)) / s  with g_i = γ_p(i) δ_i,     γ: Σ δ n,   β: Σ δ
 * </pre>
 */
abstract class Normalisation implements Operation {
    private static final double LEAST_VARIANCE = 1e-5;

    /** The extents of γ and β must be these. */
    abstract int[] parameterShape(int[] x, int[] scale);

    /** How many neighbouring numbers are normalised together. */
    abstract int run(int perExample, int parameters);

    /** How many neighbouring numbers have one γ and one β. */
    abstract int plane(int perExample, int parameters);

    @Override
    public int[] outputShape(List<int[]> inputs, List<int[]> parameters) {
        Shapes.requireCounts(inputs, 1, parameters, 2);
        int[] x = inputs.get(0);
        int[] wanted = parameterShape(x, parameters.get(0));
        Shapes.requireShape("scale", parameters.get(0), wanted);
        Shapes.requireShape("shift", parameters.get(1), wanted);
        return x.clone();
    }

    @Override
    public Kernel prepare(Binding binding) {
        return new Work(binding);
    }

    private final class Work implements Kernel {
        private final Tensor x;
        private final Tensor y;
        private final Tensor scale;
        private final Tensor shift;
        private final int run;
        private final int plane;
        private final double[] mean; // by run
        private final double[] width; // by run

        Work(Binding binding) {
            this.x = binding.input();
            this.y = binding.output();
            this.scale = binding.parameters().get(0);
            this.shift = binding.parameters().get(1);
            int perExample = ExampleRange.perExample(x);
            this.run = run(perExample, scale.size());
            this.plane = plane(perExample, scale.size());
            this.mean = new double[x.size() / run];
            this.width = new double[mean.length];
        }

        private int parameter(int index) {
            return index / plane % scale.size();
        }

        private double normal(int index) {
            return (x.get(index) - mean[index / run]) / width[index / run];
        }

        @Override
        public void compute(ExampleRange examples) {
            int end = examples.end(x);
            for (int from = examples.begin(x); from < end; from += run) {
                measure(from);
                for (int i = from; i < from + run; i++) {
                    int p = parameter(i);
                    y.set(i, scale.get(p) * normal(i) + shift.get(p));
                }
            }
        }

        private void measure(int from) {
            double sum = 0;
            for (int i = from; i < from + run; i++) {
                sum += x.get(i);
            }
            double middle = sum / run;
            double squares = 0;
            for (int i = from; i < from + run; i++) {
                squares += (x.get(i) - middle) * (x.get(i) - middle);
            }
            mean[from / run] = middle;
            width[from / run] = Math.sqrt(squares / run + LEAST_VARIANCE);
        }

        @Override
        public void pullBack(int input, Tensor delta, Tensor into, Accumulation mode, ExampleRange examples) {
            mode.begin(into, examples);
            int end = examples.end(x);
            for (int from = examples.begin(x); from < end; from += run) {
                double sum = 0;
                double along = 0;
                for (int i = from; i < from + run; i++) {
                    double g = scale.get(parameter(i)) * delta.get(i);
                    sum += g;
                    along += g * normal(i);
                }
                for (int i = from; i < from + run; i++) {
                    double g = scale.get(parameter(i)) * delta.get(i);
                    double pulled = (g - sum / run - normal(i) * along / run) / width[from / run];
                    into.set(i, into.get(i) + pulled);
                }
            }
        }

        @Override
        public void addGradient(int parameter, Tensor delta, Tensor into) {
            double[] sums = new double[scale.size()];
            for (int i = 0; i < delta.size(); i++) {
                sums[parameter(i)] += delta.get(i) * (parameter == 0 ? normal(i) : 1);
            }
            for (int p = 0; p < sums.length; p++) {
                into.set(p, into.get(p) + sums[p]);
            }
        }
    }
}
