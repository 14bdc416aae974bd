package dev.engram.graph;

import dev.engram.graph.op.ExampleRange;
import dev.engram.linalg.Tensor;

/**
 * An energy of the difference between value and prediction alone, number by number.
 *
 * <pre>
 *   E = π Σ ρ(v - μ),   ε = ψ(v - μ),  ψ = ρ'
 * </pre>
 *
 * <p>π ψ pulls the prediction to the value and the value to the prediction with the same force. Robust ones, whose ψ does not grow with the
 * difference, keep what is far off from deciding everything (Huber 1981, "Robust Statistics").
 */
public interface LocationEnergy extends NodeEnergy {
    /** ρ of a difference. */
    double rho(double difference);

    /** ψ, the slope of ρ. */
    double psi(double difference);

    @Override
    default boolean isInferable() {
        return true;
    }

    @Override
    default void measure(Tensors at, ExampleRange examples) {
        Tensor v = at.value();
        int to = examples.end(v);
        for (int i = examples.begin(v); i < to; i++) {
            at.error().set(i, psi(v.get(i) - at.prediction().get(i)));
        }
    }

    @Override
    default double energy(Tensors at, ExampleRange examples) {
        Tensor v = at.value();
        double sum = 0;
        int to = examples.end(v);
        for (int i = examples.begin(v); i < to; i++) {
            sum += rho(v.get(i) - at.prediction().get(i));
        }
        return at.precision() * sum;
    }
}
