package dev.engram.inference;

import dev.engram.network.Activation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;
import java.io.Serializable;
import java.util.Optional;

/** The numerical method by which inference lowers the energy: one of the library's, or {@link Own one's own}. */
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
            return network.hiddenLayers() == 1 && appliesTo(network.activation());
        }

        /** Whether units of this kind are ones it can solve: f(x) = max(x, 0) or f(x) = x. */
        public boolean appliesTo(Activation activation) {
            Optional<Activation.Lines> lines = activation.lines();
            return lines.isPresent()
                    && lines.get().right() == 1
                    && (lines.get().left() == 0 || lines.get().left() == 1);
        }
    }

    /**
     * A solver that is written outside the library. It says where the value nodes go; everything else is done for it: groups of cues, stages
     * of the annealing, clamps, energies, observers and their cancellation, and how each cue ended. A cue whose step leaves the finite numbers
     * stays where it was ({@link Status#DIVERGED}); one whose energy rises goes on and says so ({@link Status#ENERGY_ROSE}).
     *
     * <p>An inference by it may take {@link Engine#REFERENCE} (free sensory nodes move as it says) or {@link Engine#REDUCED} (the sensory layer
     * summed away; free nodes end at their prediction).
     */
    non-sealed interface Own extends Solver {
        /**
         * Begins under one λ of the annealing. What the method keeps between steps, such as momentum, belongs into what is returned: a solver is
         * used for many batches, by several threads at once.
         */
        Steps begin(CueGroup group);

        /** What takes one step after the other with the cues of a group; asked by one thread at a time. */
        @FunctionalInterface
        interface Steps {
            /**
             * Says where the cues go.
             *
             * @param from where they stand
             * @param to where they shall stand; at first a copy of {@code from.x()}, and what is not written stays. Written into layers 1 .. L, and
             *     into layer 0 where sensory nodes are free. Clamped nodes and cues that do not run keep their values, whatever is written there
             */
            void step(CueGroup.Point from, ValueNodes to);
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
