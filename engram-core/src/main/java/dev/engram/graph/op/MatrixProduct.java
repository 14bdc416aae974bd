package dev.engram.graph.op;

import dev.engram.linalg.Block;
import dev.engram.linalg.Tensor;
import dev.engram.linalg.Transpose;
import java.util.Arrays;
import java.util.List;

/**
 * The matrix product of two inputs over their last two axes, for every example and every entry of the axes before: what attention is made of.
 *
 * <pre>
 *   plain:       a [.., m, k], b [.., k, n], y [.., m, n]:   y = a b,    a: δ bᵀ,   b: aᵀ δ
 *   transposed:  a [.., m, k], b [.., n, k], y [.., m, n]:   y = a bᵀ,   a: δ b,    b: δᵀ a
 * </pre>
 *
 * <p>Attention (Vaswani et al. 2017, Eq. 1) is {@code matrixProduct(softmax(scale(matrixProductTransposed(q, k), 1 / √d)), v)}.
 */
final class MatrixProduct implements Operation {
    private final boolean isTransposed;

    MatrixProduct(boolean isTransposed) {
        this.isTransposed = isTransposed;
    }

    @Override
    public String name() {
        return isTransposed ? "matrixProductTransposed" : "matrixProduct";
    }

    @Override
    public int[] outputShape(List<int[]> inputs, List<int[]> parameters) {
        Shapes.requireCounts(inputs, 2, parameters, 0);
        int[] a = inputs.get(0);
        int[] b = inputs.get(1);
        int last = a.length - 1;
        boolean fits = a.length >= 2
                && a.length == b.length
                && Arrays.equals(a, 0, last - 1, b, 0, last - 1)
                && a[last] == b[isTransposed ? last : last - 1];
        if (!fits) {
            throw new IllegalArgumentException(
                    "of the inputs %s and %s it takes the product of matrices, %s, and all axes before must be the same"
                            .formatted(
                                    Arrays.toString(a),
                                    Arrays.toString(b),
                                    isTransposed ? "[m, k] and [n, k]" : "[m, k] and [k, n]"));
        }
        int[] y = a.clone();
        y[last] = b[isTransposed ? last - 1 : last];
        return y;
    }

    @Override
    public Kernel prepare(Binding binding) {
        return new Work(binding);
    }

    private final class Work implements Kernel {
        private final Binding binding;
        private final Matrices a;
        private final Matrices b;
        private final Matrices y;

        Work(Binding binding) {
            this.binding = binding;
            this.a = new Matrices(binding.inputs().get(0));
            this.b = new Matrices(binding.inputs().get(1));
            this.y = new Matrices(binding.output());
        }

        @Override
        public void compute(ExampleRange examples) {
            multiply(a, Transpose.NO, b, isTransposed ? Transpose.YES : Transpose.NO, y, Accumulation.SET, examples);
        }

        @Override
        public void pullBack(int input, Tensor delta, Tensor into, Accumulation mode, ExampleRange examples) {
            Matrices d = new Matrices(delta);
            Matrices to = new Matrices(into);
            if (input == 0) {
                multiply(d, Transpose.NO, b, isTransposed ? Transpose.NO : Transpose.YES, to, mode, examples);
            } else if (isTransposed) {
                multiply(d, Transpose.YES, a, Transpose.NO, to, mode, examples);
            } else {
                multiply(a, Transpose.YES, d, Transpose.NO, to, mode, examples);
            }
        }

        private void multiply(
                Matrices left,
                Transpose leftTurned,
                Matrices right,
                Transpose rightTurned,
                Matrices product,
                Accumulation mode,
                ExampleRange examples) {
            int perExample = y.count() / binding.batch();
            for (int i = examples.from() * perExample; i < examples.to() * perExample; i++) {
                binding.la()
                        .multiply(1, left.get(i), leftTurned, right.get(i), rightTurned, mode.beta(), product.get(i));
            }
        }
    }

    /** A tensor as one matrix after the other. */
    private record Matrices(Tensor tensor) {
        int rows() {
            return tensor.extent(tensor.rank() - 2);
        }

        int columns() {
            return tensor.extent(tensor.rank() - 1);
        }

        int count() {
            return tensor.size() / (rows() * columns());
        }

        Block get(int number) {
            return new Block(tensor, number * rows() * columns(), rows(), columns());
        }
    }
}
