package dev.engram.inference;

import dev.engram.network.Activation;
import dev.engram.network.GenerativeNetwork;
import java.io.Serializable;

/** The numerical method by which inference lowers the energy. */
public sealed interface Solver extends Serializable {
    /** Gradient descent, the paper's Eq. 3. */
    record Gradient(StepSize stepSize) implements Solver {}

    /**
     * Nesterov's accelerated gradient with the curvature-bounded step, restarted for each cue where its momentum would raise the
     * energy or points uphill (O'Donoghue and Candès 2015).
     */
    record Accelerated() implements Solver {}

    /**
     * Semi-smooth Newton on the set of active units, with a line search on the energy: for one hidden layer of ReLU or linear units,
     * whose energy is piecewise quadratic. Tens of solves reach equilibria that take first-order steps 10⁴ to 10⁵.
     */
    record Newton() implements Solver {
        /** Whether the network is one it can solve. */
        public boolean appliesTo(GenerativeNetwork network) {
            return network.hiddenLayers() == 1 && network.activation() != Activation.TANH;
        }
    }

    static Solver gradient(StepSize stepSize) {
        return new Gradient(stepSize);
    }

    /** The paper's inference with a constant γ. */
    static Solver gradient(double gamma) {
        return new Gradient(StepSize.fixed(gamma));
    }

    /** Gradient descent with the curvature-bounded step: the energy never rises. */
    static Solver gradient() {
        return new Gradient(StepSize.curvatureBound());
    }

    static Solver accelerated() {
        return new Accelerated();
    }

    static Solver newton() {
        return new Newton();
    }
}
