package dev.engram.graph.op;

import dev.engram.linalg.Tensor;

/** The largest of each window; δ goes back to where it was found, the first such place where there are several. */
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
        public void compute(Examples examples) {
            Tensor x = binding.input();
            Tensor y = binding.output();
            int width = x.extent(3);
            visit(binding, stride, examples, (output, corner) -> {
                int best = corner;
                for (int dy = 0; dy < size; dy++) {
                    for (int i = corner + dy * width; i < corner + dy * width + size; i++) {
                        best = x.get(i) > x.get(best) ? i : best;
                    }
                }
                winner[output] = best;
                y.set(output, x.get(best));
            });
        }

        @Override
        public void pullBack(int input, Tensor delta, Tensor into, Accumulation mode, Examples examples) {
            if (mode == Accumulation.SET) {
                into.clear(examples.begin(into), examples.end(into));
            }
            int from = examples.begin(delta);
            int to = examples.end(delta);
            if (binding.isSingle()) {
                scatter(delta.floats(), into.floats(), from, to);
            } else {
                scatter(delta.doubles(), into.doubles(), from, to);
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
