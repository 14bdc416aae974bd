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
 *
 * <p>BLAS copies the weights for every product, which takes a good part of the time where there are few rows; less where they are the left
 * factor and lie transposed. Where one forward pass is followed by many backward ones, the weights are therefore turned once, and Wᵀ δᵀ is
 * computed instead of δ W, in parts of {@value #PART} numbers. That takes the memory of the weights again, and such a part for each thread.
 */
final class Dense implements Operation {
    private static final int WEIGHT = 0;
    private static final int PART = 32768;
    private static final int MANY = 2; // backward passes after which there are likely to be more
    private static final int FEWEST_ROWS = 8; // with which turning pays
    private static final int MOST_ROWS = 128;

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
        private final int[] passes; // backward ones, by lane, since the last forward one
        private final Tensor[] parts; // by lane
        private Tensor turned; // [in, out], as is the weight if it is fresh
        private volatile boolean isFresh;

        Work(Binding binding) {
            this.binding = binding;
            Tensor w = binding.parameter();
            this.out = w.extent(0);
            this.in = w.extent(1);
            this.weight = Block.of(w, in);
            this.rowsPerExample = ExampleRange.perExample(binding.input()) / in;
            this.passes = new int[binding.lanes()];
            this.parts = new Tensor[binding.lanes()];
            this.turned = Tensor.zeros(w.precision(), 0, out);
            Arrays.fill(parts, turned);
        }

        @Override
        public void compute(ExampleRange examples) {
            passes[examples.lane()] = 0;
            isFresh = false;
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
            boolean pays = errors.rows() >= FEWEST_ROWS && errors.rows() <= MOST_ROWS && out >= 2 * errors.rows();
            passes[examples.lane()]++;
            if (pays && passes[examples.lane()] > MANY) {
                pullBackTurned(errors, into, mode, examples);
                return;
            }
            Block inputs = block(into, in, examples);
            binding.la().multiply(1, errors, Transpose.NO, weight, Transpose.NO, mode.beta(), inputs);
        }

        private void pullBackTurned(Block errors, Tensor into, Accumulation mode, ExampleRange examples) {
            Tensor weights = turnedWeights();
            int rows = errors.rows();
            int most = Math.min(in, Math.max(1, PART / rows));
            Tensor part = part(examples.lane(), most * rows);
            for (int from = 0; from < in; from += most) {
                int columns = Math.min(most, in - from);
                Block left = new Block(weights, from * out, columns, out);
                Block product = new Block(part, 0, columns, rows);
                binding.la().multiply(1, left, Transpose.NO, errors, Transpose.YES, 0, product);
                new Interleaving(rows, columns, in).split(part, 0, into, examples.begin(into) + from, mode);
            }
        }

        /** The weights as they were at the last forward pass, transposed. A lane that is late may have them turned again, to the same. */
        private Tensor turnedWeights() {
            if (!isFresh) {
                synchronized (passes) {
                    if (!isFresh) {
                        Tensor w = binding.parameter();
                        if (turned.size() == 0) {
                            turned = Tensor.zeros(w.precision(), in, out);
                        }
                        new Interleaving(out, in, in).join(w, 0, turned, 0);
                        isFresh = true;
                    }
                }
            }
            return turned;
        }

        private Tensor part(int lane, int size) {
            if (parts[lane].size() < size) {
                parts[lane] = Tensor.zeros(binding.precision(), size);
            }
            return parts[lane];
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
