package dev.engram.graph;

import dev.engram.graph.op.ExampleRange;
import dev.engram.linalg.Tensor;

/**
 * The energy of independent choices between 0 and 1, whose logits are predicted: the binary cross-entropy, of pixels or of labels of which
 * several may hold.
 *
 * <pre>
 *   E = -π Σ v log σ(μ) + (1 - v) log(1 - σ(μ)) = π Σ log(1 + exp μ) - v μ,   ε = v - σ(μ),   σ(μ) = 1 / (1 + exp(-μ))
 * </pre>
 *
 * <p>v from 0 to 1: outside, E has no minimum.
 */
record Bernoulli() implements NodeEnergy {
    @Override
    public String name() {
        return "Bernoulli";
    }

    @Override
    public boolean isInferable() {
        return false;
    }

    @Override
    public void requireValues(Tensor values) {
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) < 0 || values.get(i) > 1) {
                throw new IllegalArgumentException(
                        "it takes values from 0 to 1, and one is %s. Maybe scale them".formatted(values.get(i)));
            }
        }
    }

    @Override
    public void measure(Tensors at, ExampleRange examples) {
        Tensor v = at.value();
        int to = examples.end(v);
        for (int i = examples.begin(v); i < to; i++) {
            at.error().set(i, v.get(i) - 1 / (1 + Math.exp(-at.prediction().get(i))));
        }
    }

    @Override
    public double energy(Tensors at, ExampleRange examples) {
        Tensor v = at.value();
        double sum = 0;
        int to = examples.end(v);
        for (int i = examples.begin(v); i < to; i++) {
            double mu = at.prediction().get(i);
            sum += Math.max(mu, 0) + Math.log1p(Math.exp(-Math.abs(mu))) - v.get(i) * mu;
        }
        return at.precision() * sum;
    }
}
