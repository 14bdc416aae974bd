package dev.engram.optimiser;

import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;

/**
 * An optimiser, which moves a parameter along the force g = -∂E/∂θ on it. All arithmetic is per number:
 *
 * <pre>
 *   plain:     θ += α g
 *   momentum:  u = β u + g,  θ += α u
 *   Adam:      m = β₁ m + (1-β₁) g,  s = β₂ s + (1-β₂) g²,  θ += α m/(1-β₁ᵗ) / (√(s/(1-β₂ᵗ)) + ε)
 * </pre>
 */
public sealed interface Optimiser {
    /** α. */
    double learningRate();

    /** In one word, as files and the command line spell it. */
    String word();

    /** Stochastic gradient descent without momentum. */
    record Sgd(double learningRate) implements Optimiser {
        public Sgd {
            checkRate(learningRate);
        }

        @Override
        public String word() {
            return "plain";
        }
    }

    /**
     * Gradient descent with momentum.
     *
     * @param momentum β, from 0 to below 1
     */
    record Momentum(double learningRate, double momentum) implements Optimiser {
        public Momentum {
            checkRate(learningRate);
            checkDecay("momentum", momentum);
        }

        @Override
        public String word() {
            return "momentum";
        }
    }

    /**
     * Adam (Kingma and Ba 2015).
     *
     * @param meanDecay β₁, from 0 to below 1
     * @param squareDecay β₂, from 0 to below 1
     * @param epsilon ε, positive
     */
    record Adam(double learningRate, double meanDecay, double squareDecay, double epsilon) implements Optimiser {
        public Adam {
            checkRate(learningRate);
            checkDecay("mean's decay", meanDecay);
            checkDecay("square's decay", squareDecay);
            if (!(epsilon > 0)) {
                throw new IllegalArgumentException("Adam's epsilon (%s) must be positive.".formatted(epsilon));
            }
        }

        @Override
        public String word() {
            return "adam";
        }
    }

    static Optimiser sgd(double learningRate) {
        return new Sgd(learningRate);
    }

    static Optimiser momentum(double learningRate, double momentum) {
        return new Momentum(learningRate, momentum);
    }

    /** With β₁ = 0.9, β₂ = 0.999, ε = 1e-8. */
    static Optimiser adam(double learningRate) {
        return new Adam(learningRate, 0.9, 0.999, 1e-8);
    }

    /** The state before the first update of a parameter. */
    default OptimiserState begin(Tensor parameter) {
        int moments = this instanceof Adam ? 2 : this instanceof Momentum ? 1 : 0;
        return OptimiserState.zeros(parameter, moments);
    }

    /**
     * Moves a parameter along the force on it.
     *
     * @param parameter changed in place
     * @param force only read
     * @param state changed in place
     */
    default void step(Tensor parameter, Tensor force, OptimiserState state) {
        state.count();
        if (parameter.precision() == Precision.FLOAT) {
            SingleSteps.step(this, parameter.floats(), force.floats(), state);
        } else {
            DoubleSteps.step(this, parameter.doubles(), force.doubles(), state);
        }
    }

    private static void checkRate(double rate) {
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("The learning rate (%s) must be positive and finite.".formatted(rate));
        }
    }

    private static void checkDecay(String what, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException("The %s (%s) must be at least 0 and below 1.".formatted(what, value));
        }
    }
}
