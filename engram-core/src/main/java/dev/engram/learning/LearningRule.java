package dev.engram.learning;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.network.Evaluation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;
import dev.engram.optimiser.LearningState;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How weights and memory vector lower the energy once inference has settled the value nodes. Every rule is local: the weights between
 * two layers see the errors of the lower and the value nodes of the upper one, nothing else.
 */
public sealed interface LearningRule permits GradientRule, LocalLeastSquares {
    /**
     * a, where an update of the weights is W += a Σ ε fᵀ over the batch, and nothing else; sums over W can then be updated instead of
     * computed again.
     *
     * @param patterns in the batch
     */
    OptionalDouble plainStep(int patterns);

    /** Whether it needs Σ f fᵀ of patterns that are added up in parts, beside Σ ε fᵀ. */
    boolean needsRates();

    /** The rule and its parameters by name, as words and numbers that read back unchanged, in a fixed order. */
    Map<String, String> describe();

    /** Begins to learn: an update with whatever state the rule keeps between updates. */
    WeightUpdate start(LinearAlgebra la, GenerativeNetwork network);

    /** One weight update. */
    interface WeightUpdate {
        /**
         * Changes the parameters of the network, in place.
         *
         * @param x the value nodes at the end of inference
         * @param found the errors there
         * @return the sum of the squared sensory errors that is left at these value nodes, where the rule knows it
         */
        OptionalDouble apply(ValueNodes x, Evaluation found);

        /**
         * The same of patterns in parts, all of whose sums are given.
         *
         * @return the sum of the squared errors that is left, where the rule knows it
         */
        OptionalDouble apply(UpdateSums sums);

        /**
         * The same for the first update, which learns from start codes as they are.
         *
         * @param codes what the top layer of x has beside the memory vector
         */
        default OptionalDouble applyFirst(ValueNodes x, Evaluation found, StartCodes codes) {
            return apply(x, found);
        }

        /**
         * Writes down what the rule keeps between updates, beside the network.
         *
         * @param prefix of every name
         */
        default void save(String prefix, LearningState.Draft into) {}

        /** Takes over what was {@link #save saved}. */
        default void restore(String prefix, LearningState from) {}
    }
}
