package dev.engram.graph.op;

import dev.engram.linalg.Block;
import dev.engram.linalg.Tensor;
import dev.engram.linalg.Transpose;
import java.util.Arrays;
import java.util.List;

/**
 * A fully connected layer over the last axis, with or without a bias.
 *
 * <pre>
 *   y = x Wᵀ + b     x [.., in], W [out, in], b [out], y [.., out]
 *   δ pulled back:   x: δ W,   W: δᵀ x,   b: Σ δ
 * </pre>
 */
final class Dense implements Operation {
    private static final int WEIGHT = 0;

    private final boolean biased;

    Dense(boolean biased) {
        this.biased = biased;
    }

    @Override
    public String name() {
        return "dense";
    }

    @Override
    public int[] outputShape(List<int[]> inputs, List<int[]> parameters) {
        Shapes.requireCounts(inputs, 1, parameters, biased ? 2 : 1);
        int[] x = inputs.get(0);
        int[] w = parameters.get(WEIGHT);
        Shapes.requireRank("weight", w, 2);
        if (x.length == 0 || Shapes.last(x) != w[1]) {
            throw new IllegalArgumentException(
                    "the weight %s, [out, in], needs inputs whose last axis has %d values; the input has shape %s. Maybe flatten it or transpose the weight"
                            .formatted(Arrays.toString(w), w[1], Arrays.toString(x)));
        }
        if (biased && !Arrays.equals(parameters.get(1), new int[] {w[0]})) {
            throw new IllegalArgumentException("the bias must have shape [%d], as the weight %s has outputs; it has %s"
                    .formatted(w[0], Arrays.toString(w), Arrays.toString(parameters.get(1))));
        }
        int[] y = x.clone();
        y[y.length - 1] = w[0];
        return y;
    }

    @Override
    public Kernel prepare(Binding binding) {
        return new Work(binding);
    }

    private final class Work implements Kernel {
        private final Binding binding;
        private final Block weight;
        private final int rowsPerExample;
        private final int in;
        private final int out;

        Work(Binding binding) {
            this.binding = binding;
            Tensor w = binding.parameter();
            this.out = w.extent(0);
            this.in = w.extent(1);
            this.weight = Block.of(w, in);
            this.rowsPerExample = ExampleRange.perExample(binding.input()) / in;
        }

        @Override
        public void compute(ExampleRange examples) {
            if (biased) {
                Broadcast.repeat(binding.parameters().get(1), binding.output(), rows(examples));
            }
            Block x = block(binding.input(), in, examples);
            Block y = block(binding.output(), out, examples);
            binding.la().multiply(1, x, Transpose.NO, weight, Transpose.YES, biased ? 1 : 0, y);
        }

        @Override
        public void pullBack(int input, Tensor delta, Tensor into, Accumulation mode, ExampleRange examples) {
            Block errors = block(delta, out, examples);
            Block inputs = block(into, in, examples);
            binding.la().multiply(1, errors, Transpose.NO, weight, Transpose.NO, mode.beta(), inputs);
        }

        @Override
        public void addGradient(int parameter, Tensor delta, Tensor into) {
            if (parameter == WEIGHT) {
                Block x = Block.of(binding.input(), in);
                binding.la().multiply(1, Block.of(delta, out), Transpose.YES, x, Transpose.NO, 1, Block.of(into, in));
            } else {
                Broadcast.addColumnSums(delta, into);
            }
        }

        private ExampleRange rows(ExampleRange examples) {
            return new ExampleRange(examples.lane(), examples.from() * rowsPerExample, examples.to() * rowsPerExample);
        }

        private Block block(Tensor tensor, int columns, ExampleRange examples) {
            return new Block(tensor, examples.begin(tensor), examples.count() * rowsPerExample, columns);
        }
    }
}
