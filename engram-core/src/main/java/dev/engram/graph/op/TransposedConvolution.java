package dev.engram.graph.op;

import dev.engram.linalg.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * A transposed convolution, without bias: it makes pictures larger, as a convolution with stride makes them smaller.
 *
 * <pre>
 *   x [in, height, width], W [in, out, k, k], y [out, height', width'],  height' = (height - 1) stride - 2 padding + k
 *   with C the convolution from y's shape to x's by W:   y = Cᵀ x,   x: C δ,   W: that of C, of δ pulled back by x
 * </pre>
 *
 * <p>Every pixel of x is spread over a window of y, which is what a convolution does with δ: forward and backward passes change places, and a
 * {@link Convolution} does both, on two tensors of working memory, in the shapes of x and y. Zeiler et al. 2010, "Deconvolutional Networks";
 * Dumoulin and Visin 2016, chapter 4.
 */
final class TransposedConvolution implements Operation {
    private final int stride;
    private final int padding;

    TransposedConvolution(int stride, int padding) {
        this.stride = stride;
        this.padding = padding;
        convolution();
    }

    private Convolution convolution() {
        return new Convolution(stride, padding);
    }

    @Override
    public String name() {
        return "transposedConv2d";
    }

    @Override
    public int[] outputShape(List<int[]> inputs, List<int[]> parameters) {
        Shapes.requireCounts(inputs, 1, parameters, 1);
        int[] x = inputs.get(0);
        int[] w = parameters.get(0);
        Shapes.requireRank("input", x, 3);
        Shapes.requireRank("weight", w, 4);
        if (x[0] != w[0]) {
            throw new IllegalArgumentException(
                    "the weight %s, [in, out, k, k], is for %d channels; the input %s has %d. Maybe its first two axes are those of a convolution"
                            .formatted(Arrays.toString(w), w[0], Arrays.toString(x), x[0]));
        }
        int[] y = {w[1], (x[1] - 1) * stride - 2 * padding + w[2], (x[2] - 1) * stride - 2 * padding + w[3]};
        if (y[1] < 1 || y[2] < 1) {
            throw new IllegalArgumentException("a padding of %d leaves nothing of the output of %s by the weight %s"
                    .formatted(padding, Arrays.toString(x), Arrays.toString(w)));
        }
        return y;
    }

    @Override
    public Kernel prepare(Binding binding) {
        Tensor x = binding.input();
        Tensor y = binding.output();
        Tensor larger = Tensor.zeros(binding.precision(), y.shape());
        Tensor smaller = Tensor.zeros(binding.precision(), x.shape());
        Kernel conv = convolution()
                .prepare(new Binding(
                        binding.la(),
                        binding.batch(),
                        binding.lanes(),
                        List.of(larger),
                        binding.parameters(),
                        smaller));
        return new Kernel() {
            @Override
            public void compute(ExampleRange examples) {
                conv.pullBack(0, x, y, Accumulation.SET, examples);
            }

            @Override
            public void pullBack(int input, Tensor delta, Tensor into, Accumulation mode, ExampleRange examples) {
                larger.set(delta, examples.begin(delta), examples.end(delta));
                conv.compute(examples);
                Reshape.pass(smaller, into, mode, examples);
            }

            @Override
            public void addGradient(int parameter, Tensor delta, Tensor into) {
                larger.set(delta);
                conv.addGradient(parameter, x, into);
            }
        };
    }
}
