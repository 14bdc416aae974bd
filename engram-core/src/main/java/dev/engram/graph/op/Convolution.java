package dev.engram.graph.op;

import dev.engram.linalg.Block;
import dev.engram.linalg.Tensor;
import dev.engram.linalg.Transpose;
import java.util.Arrays;
import java.util.List;

/**
 * A two-dimensional convolution (cross-correlation, as the deep-learning libraries have it), without bias.
 *
 * <pre>
 *   x [in, height, width], W [out, in, k, k], y [out, height', width'],  height' = (height + 2 padding - k) / stride + 1
 *   with P = the patches of x as columns:   y = W P,   x: col2im(Wᵀ δ),   W: δ Pᵀ
 * </pre>
 *
 * <p>One picture at a time, so that its patches stay in the cache, the pictures shared out to the threads.
 */
final class Convolution implements Operation {
    private final int stride;
    private final int padding;

    Convolution(int stride, int padding) {
        if (stride < 1 || padding < 0) {
            throw new IllegalArgumentException(
                    "A convolution needs a stride (%d) of at least 1 and a padding (%d) of at least 0."
                            .formatted(stride, padding));
        }
        this.stride = stride;
        this.padding = padding;
    }

    @Override
    public String name() {
        return "conv2d";
    }

    @Override
    public int[] outputShape(List<int[]> inputs, List<int[]> parameters) {
        Shapes.requireCounts(inputs, 1, parameters, 1);
        int[] x = inputs.get(0);
        int[] w = parameters.get(0);
        Shapes.requireRank("input", x, 3);
        Shapes.requireRank("weight", w, 4);
        if (x[0] != w[1]) {
            throw new IllegalArgumentException(
                    "the weight %s, [out, in, k, k], is for %d channels; the input %s has %d. Maybe the channels are not the first axis"
                            .formatted(Arrays.toString(w), w[1], Arrays.toString(x), x[0]));
        }
        int height = (x[1] + 2 * padding - w[2]) / stride + 1;
        int width = (x[2] + 2 * padding - w[3]) / stride + 1;
        if (x[1] + 2 * padding < w[2] || x[2] + 2 * padding < w[3]) {
            throw new IllegalArgumentException(
                    "the kernel %s is larger than the input %s with a padding of %d. Maybe add padding"
                            .formatted(Arrays.toString(w), Arrays.toString(x), padding));
        }
        return new int[] {w[0], height, width};
    }

    @Override
    public Kernel prepare(Binding binding) {
        return stride == 1 ? new RowConvolution(binding, padding) : new Work(binding);
    }

    private final class Work implements Kernel {
        private final Binding binding;
        private final Block weight;
        private final int out;
        private final Lane[] lanes;

        Work(Binding binding) {
            this.binding = binding;
            this.out = binding.parameter().extent(0);
            this.weight = Block.of(binding.parameter(), binding.parameter().size() / out);
            this.lanes = new Lane[binding.lanes()];
            Arrays.setAll(lanes, i -> new Lane());
        }

        @Override
        public void compute(ExampleRange examples) {
            Tensor x = binding.input();
            Tensor y = binding.output();
            Lane lane = lanes[examples.lane()];
            for (int i = examples.from(); i < examples.to(); i++) {
                lane.patches.gather(x, i * ExampleRange.perExample(x), lane.columns);
                int offset = i * ExampleRange.perExample(y);
                Block result = lane.patches.isTight() ? lane.outputs(y, offset) : lane.wide();
                binding.la().multiply(1, weight, Transpose.NO, lane.matrix(), Transpose.NO, 0, result);
                if (!lane.patches.isTight()) {
                    lane.patches.collect(lane.wide, out, y, offset);
                }
            }
        }

        @Override
        public void pullBack(int input, Tensor delta, Tensor into, Accumulation mode, ExampleRange examples) {
            Lane lane = lanes[examples.lane()];
            mode.begin(into, examples);
            for (int i = examples.from(); i < examples.to(); i++) {
                Block source = lane.spread(delta, i * ExampleRange.perExample(delta));
                binding.la().multiply(1, weight, Transpose.YES, source, Transpose.NO, 0, lane.matrix());
                lane.patches.scatter(lane.columns, into, i * ExampleRange.perExample(into));
            }
        }

        @Override
        public void addGradient(int parameter, Tensor delta, Tensor into) {
            int share = (binding.batch() + lanes.length - 1) / lanes.length;
            binding.la().parallel(lanes.length, number -> {
                Lane lane = lanes[number];
                lane.gradient.fill(0);
                for (int i = number * share; i < Math.min(binding.batch(), (number + 1) * share); i++) {
                    lane.patches.gather(binding.input(), i * ExampleRange.perExample(binding.input()), lane.columns);
                    Block source = lane.spread(delta, i * ExampleRange.perExample(delta));
                    Block sum = Block.of(lane.gradient, weight.columns());
                    binding.la().multiply(1, source, Transpose.NO, lane.matrix(), Transpose.YES, 1, sum);
                }
            });
            for (Lane lane : lanes) {
                into.add(lane.gradient, 0, into.size());
            }
        }

        /** One thread's working memory. */
        private final class Lane {
            final Patches patches;
            final Tensor columns;
            final Tensor wide;
            final Tensor gradient;

            Lane() {
                int[] w = binding.parameter().shape();
                int[] x = binding.input().shape();
                int[] picture = Arrays.copyOfRange(x, 1, x.length);
                patches = new Patches(binding.precision(), picture, w[2], w[3], stride, padding);
                columns = Tensor.zeros(binding.precision(), patches.rows(), patches.columns());
                wide = Tensor.zeros(binding.precision(), out, patches.columns());
                gradient = Tensor.zeros(binding.precision(), w);
            }

            Block matrix() {
                return Block.of(columns, patches.columns());
            }

            Block wide() {
                return Block.of(wide, patches.columns());
            }

            Block outputs(Tensor tensor, int offset) {
                return new Block(tensor, offset, out, patches.outputs());
            }

            Block spread(Tensor delta, int offset) {
                if (patches.isTight()) {
                    return outputs(delta, offset);
                }
                patches.spread(delta, offset, out, wide);
                return wide();
            }
        }
    }
}
