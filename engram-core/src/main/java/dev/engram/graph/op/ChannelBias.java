package dev.engram.graph.op;

import dev.engram.linalg.Tensor;
import java.util.Arrays;
import java.util.List;

/** A number added to every channel: y[c, ..] = x[c, ..] + b[c] for x [channels, ...]; pulled back to b, the sum over the channel. */
final class ChannelBias implements Operation {
    @Override
    public String name() {
        return "channelBias";
    }

    @Override
    public int[] outputShape(List<int[]> inputs, List<int[]> parameters) {
        Shapes.requireCounts(inputs, 1, parameters, 1);
        int[] x = inputs.get(0);
        int[] b = parameters.get(0);
        if (x.length < 1 || b.length != 1 || b[0] != x[0]) {
            throw new IllegalArgumentException("the bias %s must have a number for each channel, the first axis of %s"
                    .formatted(Arrays.toString(b), Arrays.toString(x)));
        }
        return x.clone();
    }

    @Override
    public Kernel prepare(Binding binding) {
        Tensor x = binding.input();
        Tensor b = binding.parameter();
        Tensor y = binding.output();
        int plane = ExampleRange.perExample(x) / b.size();
        return new Kernel() {
            @Override
            public void compute(ExampleRange examples) {
                y.set(x, examples.begin(x), examples.end(x));
                for (int from = examples.begin(x); from < examples.end(x); from += plane) {
                    add(b.get(from / plane % b.size()), y, from, from + plane);
                }
            }

            @Override
            public void pullBack(int input, Tensor delta, Tensor into, Accumulation mode, ExampleRange examples) {
                Reshape.pass(delta, into, mode, examples);
            }

            @Override
            public void addGradient(int parameter, Tensor delta, Tensor into) {
                double[] sums = new double[b.size()];
                for (int from = 0; from < delta.size(); from += plane) {
                    sums[from / plane % b.size()] += sum(delta, from, from + plane);
                }
                for (int c = 0; c < sums.length; c++) {
                    into.set(c, into.get(c) + sums[c]);
                }
            }
        };
    }

    private static void add(double number, Tensor to, int from, int end) {
        switch (to.precision()) {
            case FLOAT -> add((float) number, to.floats(), from, end);
            case DOUBLE -> add(number, to.doubles(), from, end);
        }
    }

    private static void add(float number, float[] to, int from, int end) {
        for (int i = from; i < end; i++) {
            to[i] += number;
        }
    }

    private static void add(double number, double[] to, int from, int end) {
        for (int i = from; i < end; i++) {
            to[i] += number;
        }
    }

    private static double sum(Tensor tensor, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += tensor.get(i);
        }
        return sum;
    }
}
