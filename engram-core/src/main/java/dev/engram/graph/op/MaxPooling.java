package dev.engram.graph.op;

import dev.engram.linalg.Tensor;

/** Max pooling: the largest value of each window; δ goes back to where it was found, the first such place where there are several. */
final class MaxPooling extends Pooling {
    MaxPooling(int size, int stride) {
        super(size, stride);
    }

    @Override
    public String name() {
        return "max-pool";
    }

    @Override
    public Kernel prepare(Binding binding) {
        return new Work(binding);
    }

    private final class Work implements Kernel {
        private final Binding binding;
        private final int[] winner; // per output, the place in the input

        Work(Binding binding) {
            this.binding = binding;
            this.winner = new int[binding.output().size()];
        }

        @Override
        public void compute(ExampleRange examples) {
            int width = binding.input().extent(3);
            if (binding.isSingle()) {
                float[] x = binding.input().floats();
                float[] y = binding.output().floats();
                visit(binding, stride, examples, (output, corner) -> y[output] = x[largest(x, output, corner, width)]);
            } else {
                double[] x = binding.input().doubles();
                double[] y = binding.output().doubles();
                visit(binding, stride, examples, (output, corner) -> y[output] = x[largest(x, output, corner, width)]);
            }
        }

        private int largest(float[] x, int output, int corner, int width) {
            int best = corner;
            float most = x[corner];
            for (int row = corner; row < corner + size * width; row += width) {
                for (int i = row; i < row + size; i++) {
                    if (x[i] > most) {
                        best = i;
                        most = x[i];
                    }
                }
            }
            winner[output] = best;
            return best;
        }

        private int largest(double[] x, int output, int corner, int width) {
            int best = corner;
            double most = x[corner];
            for (int row = corner; row < corner + size * width; row += width) {
                for (int i = row; i < row + size; i++) {
                    if (x[i] > most) {
                        best = i;
                        most = x[i];
                    }
                }
            }
            winner[output] = best;
            return best;
        }

        @Override
        public void pullBack(int input, Tensor delta, Tensor into, Accumulation mode, ExampleRange examples) {
            for (int i = examples.from(); i < examples.to(); i++) { // one by one, so that what is cleared is still near
                ExampleRange example = new ExampleRange(examples.lane(), i, i + 1);
                mode.begin(into, example);
                int from = example.begin(delta);
                int to = example.end(delta);
                if (binding.isSingle()) {
                    scatter(delta.floats(), into.floats(), from, to);
                } else {
                    scatter(delta.doubles(), into.doubles(), from, to);
                }
            }
        }

        private void scatter(float[] delta, float[] into, int from, int to) {
            for (int i = from; i < to; i++) {
                into[winner[i]] += delta[i];
            }
        }

        private void scatter(double[] delta, double[] into, int from, int to) {
            for (int i = from; i < to; i++) {
                into[winner[i]] += delta[i];
            }
        }
    }
}
