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
        Tensor x = binding.input();
        Tensor y = binding.output();
        int width = x.extent(3);
        double share = 1.0 / (size * size);
        return new Kernel() {
            @Override
            public void compute(ExampleRange examples) {
                y.clear(examples.begin(y), examples.end(y));
                visitRows(binding, stride, examples, (output, corner, count) -> {
                    for (int dy = 0; dy < size; dy++) {
                        for (int dx = 0; dx < size; dx++) {
                            gather(share, x, corner + dy * width + dx, y, output, count);
                        }
                    }
                });
            }

            @Override
            public void pullBack(int input, Tensor delta, Tensor into, Accumulation mode, ExampleRange examples) {
                mode.begin(into, examples);
                visitRows(binding, stride, examples, (output, corner, count) -> {
                    for (int dy = 0; dy < size; dy++) {
                        for (int dx = 0; dx < size; dx++) {
                            scatter(share, delta, output, into, corner + dy * width + dx, count);
                        }
                    }
                });
            }
        };
    }

    /** to[t ..] += c · from[f], from[f + stride], .. */
    private void gather(double c, Tensor from, int f, Tensor to, int t, int count) {
        switch (from.precision()) {
            case FLOAT -> gather((float) c, from.floats(), f, stride, to.floats(), t, count);
            case DOUBLE -> {
                for (int i = 0; i < count; i++) {
                    to.doubles()[t + i] += c * from.doubles()[f + i * stride];
                }
            }
        }
    }

    private static void gather(float c, float[] from, int f, int stride, float[] to, int t, int count) {
        for (int i = 0; i < count; i++) {
            to[t + i] += c * from[f + i * stride];
        }
    }

    /** to[t], to[t + stride], .. += c · from[f ..]. */
    private void scatter(double c, Tensor from, int f, Tensor to, int t, int count) {
        switch (from.precision()) {
            case FLOAT -> scatter((float) c, from.floats(), f, to.floats(), t, stride, count);
            case DOUBLE -> {
                for (int i = 0; i < count; i++) {
                    to.doubles()[t + i * stride] += c * from.doubles()[f + i];
                }
            }
        }
    }

    private static void scatter(float c, float[] from, int f, float[] to, int t, int stride, int count) {
        for (int i = 0; i < count; i++) {
            to[t + i * stride] += c * from[f + i];
        }
    }
}
