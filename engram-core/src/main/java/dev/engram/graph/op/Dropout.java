package dev.engram.graph.op;

import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Dropout: in training, numbers are left out at random, and the others grow so that the mean stays.
 *
 * <pre>
 *   y = m ⊙ x,   m_i = 0 with probability p, else 1 / (1 - p);     m = 1 where nothing was drawn
 * </pre>
 *
 * <p>The mask m, one for each example, is drawn by {@link Kernel#draw}, once for each mini-batch of a training, and holds until the next: the
 * energy that an inference descends on stays one function. Evaluation and inference outside training draw none.
 *
 * <p>Srivastava et al. 2014, "Dropout: A Simple Way to Prevent Neural Networks from Overfitting".
 */
final class Dropout implements Operation {
    private final double probability;

    Dropout(double probability) {
        if (!(probability >= 0 && probability < 1)) {
            throw new IllegalArgumentException(
                    "The probability of a dropout (%s) must be at least 0 and below 1.".formatted(probability));
        }
        this.probability = probability;
    }

    @Override
    public String name() {
        return "dropout";
    }

    @Override
    public int[] outputShape(List<int[]> inputs, List<int[]> parameters) {
        Shapes.requireCounts(inputs, 1, parameters, 0);
        return inputs.get(0).clone();
    }

    @Override
    public Kernel prepare(Binding binding) {
        return new Work(binding);
    }

    private final class Work implements Kernel {
        private final Binding binding;
        private Tensor mask;
        private boolean isDrawn;

        Work(Binding binding) {
            this.binding = binding;
            this.mask = Tensor.zeros(Precision.FLOAT, 0);
        }

        @Override
        public void draw(SplittableRandom random) {
            if (!isDrawn) {
                mask = Tensor.zeros(binding.precision(), binding.output().shape());
                isDrawn = true;
            }
            double kept = 1 / (1 - probability);
            for (int i = 0; i < mask.size(); i++) {
                mask.set(i, random.nextDouble() < probability ? 0 : kept);
            }
        }

        @Override
        public void compute(ExampleRange examples) {
            pass(binding.input(), binding.output(), Accumulation.SET, examples);
        }

        @Override
        public void pullBack(int input, Tensor delta, Tensor into, Accumulation mode, ExampleRange examples) {
            pass(delta, into, mode, examples);
        }

        private void pass(Tensor from, Tensor to, Accumulation mode, ExampleRange examples) {
            if (isDrawn) {
                Product.multiply(mask, from, to, mode, examples);
            } else {
                Reshape.pass(from, to, mode, examples);
            }
        }
    }
}
