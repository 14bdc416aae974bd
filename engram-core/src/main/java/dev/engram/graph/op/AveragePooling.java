package dev.engram.graph.op;

import dev.engram.linalg.Tensor;

/** Average pooling: the mean of each window; δ goes back to all of the window in equal shares. */
final class AveragePooling extends Pooling {
    AveragePooling(int size, int stride) {
        super(size, stride);
    }

    @Override
    public String name() {
        return "average-pool";
    }

    @Override
    public Kernel prepare(Binding binding) {
        int width = binding.input().extent(3);
        double share = 1.0 / (size * size);
        return new Kernel() {
            @Override
            public void compute(ExampleRange examples) {
                Tensor x = binding.input();
                visit(binding, stride, examples, (output, corner) -> {
                    double sum = 0;
                    for (int dy = 0; dy < size; dy++) {
                        for (int i = corner + dy * width; i < corner + dy * width + size; i++) {
                            sum += x.get(i);
                        }
                    }
                    binding.output().set(output, share * sum);
                });
            }

            @Override
            public void pullBack(int input, Tensor delta, Tensor into, Accumulation mode, ExampleRange examples) {
                mode.begin(into, examples);
                visit(binding, stride, examples, (output, corner) -> {
                    for (int dy = 0; dy < size; dy++) {
                        for (int i = corner + dy * width; i < corner + dy * width + size; i++) {
                            into.set(i, into.get(i) + share * delta.get(output));
                        }
                    }
                });
            }
        };
    }
}
