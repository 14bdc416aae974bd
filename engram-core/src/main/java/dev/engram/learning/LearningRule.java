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
 *
 * <p>{@link GradientRule} and {@link LocalLeastSquares} are the library's; another is a class that implements this. {@link #describe} and {@link
 * #start} are all it must have. What it promises beyond that opens faster ways to learn, and a promise that is not kept makes them wrong: they
 * are off unless it says otherwise.
 */
public interface LearningRule {
    /**
     * a, where an update of the weights is W += a Σ ε fᵀ over the batch, and nothing else; sums over W can then be updated instead of
     * computed again. Empty by default.
     *
     * @param patterns in the batch
     */
    default OptionalDouble plainStep(int patterns) {
        return OptionalDouble.empty();
    }

    /**
     * Whether its updates do not depend on the coordinates: of patterns x and sensory weights W turned into U x and U W it makes the same ones,
     * turned. Then it may learn in the span of the patterns ({@link dev.engram.inference.Engine#SPAN}), and sequences. False by default.
     */
    default boolean turns() {
        return false;
    }

    /** Whether it learns patterns in parts, by {@link WeightUpdate#apply(UpdateSums)}. False by default: all patterns must be in one place. */
    default boolean learnsInParts() {
        return false;
    }

    /** Whether it needs Σ f fᵀ of patterns that are added up in parts, beside Σ ε fᵀ. False by default. */
    default boolean needsRates() {
        return false;
    }

    /**
     * The rule and its parameters by name, as words and numbers that read back unchanged, in a fixed order: for files, beside the other options
     * of a memory. {@code learning} is the name of the rule.
     */
    Map<String, String> describe();

    /**
     * Begins to learn: an update with whatever state the rule keeps between updates.
     *
     * @param network the one that the updates change; a rule may begin many times
     */
    WeightUpdate start(LinearAlgebra la, GenerativeNetwork network);

    /** One weight update. A learning whose parameters are not finite after it ends as diverged. */
    @FunctionalInterface
    interface WeightUpdate {
        /**
         * Changes the parameters of the network, in place.
         *
         * @param x the value nodes at the end of inference, x^l being [patterns, size(l)]; only read
         * @param found the errors ε^l there, likewise, and the energies; without feedback. Only read
         * @return the sum of the squared sensory errors that is left at these value nodes, where the rule knows it
         */
        OptionalDouble apply(ValueNodes x, Evaluation found);

        /**
         * The same of patterns in parts, all of whose sums are given, where the rule {@link LearningRule#learnsInParts}.
         *
         * @return the sum of the squared errors that is left, where the rule knows it
         * @throws UnsupportedOperationException if it does not
         */
        default OptionalDouble apply(UpdateSums sums) {
            throw new UnsupportedOperationException("This rule does not learn patterns in parts.");
        }

        /**
         * The same for the first update, which learns from start codes as they are.
         *
         * @param codes what the top layer of x has beside the memory vector
         */
        default OptionalDouble applyFirst(ValueNodes x, Evaluation found, StartCodes codes) {
            return apply(x, found);
        }

        /**
         * Writes down what the rule keeps between updates, beside the network, so that learning can be resumed with the same bits.
         *
         * @param prefix of every name
         */
        default void save(String prefix, LearningState.Draft into) {}

        /** Takes over what was {@link #save saved}. */
        default void restore(String prefix, LearningState from) {}
    }
}
