package dev.engram.graph.inference;

import dev.engram.graph.GraphEvaluation;

/**
 * How the value nodes of a computation graph are inferred. The usual ones have the factories below; write another by implementing this
 * interface.
 *
 * <pre>
 *   F_i = -∂E/∂v_i = -π_i ε_i + Σ_j (∂μ_j/∂v_i)ᵀ π_j ε_j
 * </pre>
 *
 * <p>Where μ and its derivatives are taken, and what moves along F, is what schedules differ in; each states it. Signs as in {@link
 * dev.engram.graph.ComputationGraph}: everything is a force.
 *
 * <table>
 *   <caption>The schedules, and the forces they leave on the parameters</caption>
 *   <tr><td>{@link FixedPrediction}</td><td>those of backpropagation in the end</td></tr>
 *   <tr><td>{@link Exact}</td><td>those of backpropagation</td></tr>
 *   <tr><td>{@link Strict}</td><td>of a minimum of E in the end</td></tr>
 *   <tr><td>{@link Incremental}</td><td>of every step on the way there</td></tr>
 *   <tr><td>{@link ErrorBased}</td><td>those of backpropagation after one step, of {@link Strict}'s minimum in the end</td></tr>
 *   <tr><td>{@link AugmentedLagrangian}</td><td>those of backpropagation in the end</td></tr>
 *   <tr><td>{@link Nudged}</td><td>those of backpropagation for a small β</td></tr>
 *   <tr><td>{@link Langevin}</td><td>their mean under exp(-E)</td></tr>
 * </table>
 */
public interface Schedule {
    /**
     * Gets ready to infer on the tensors of an evaluation.
     *
     * @throws IllegalArgumentException if this is not for such a graph
     */
    Settling prepare(GraphEvaluation evaluation);

    /** Whether values and predictions stay those of the feed-forward pass, so that they can be looked at in the end. */
    default boolean holdsPredictions() {
        return false;
    }

    /** Whether parameters are to move at every step, along the forces that {@link Settling#run} hands out. */
    default boolean movesParameters() {
        return false;
    }

    static Schedule fixedPrediction(double eta, int steps) {
        return new FixedPrediction(eta, steps, false);
    }

    /** The same, literally: what the sums of {@link #fixedPrediction} are held against, in results and in time. */
    static Schedule stepwiseFixedPrediction(double eta, int steps) {
        return new FixedPrediction(eta, steps, true);
    }

    static Schedule exact() {
        return new Exact();
    }

    static Strict strict(double eta, int steps) {
        return strict(Motion.gradient(eta), steps);
    }

    static Strict strict(Motion motion, int steps) {
        return new Strict(motion, steps, 0);
    }

    static Schedule incremental(double eta, int steps) {
        return incremental(Motion.gradient(eta), steps);
    }

    static Schedule incremental(Motion motion, int steps) {
        return new Incremental(motion, steps);
    }

    static ErrorBased errorBased(double eta, int steps) {
        return new ErrorBased(eta, steps, 0);
    }

    /** With α = 1 and one step of the values between two of the multipliers. */
    static AugmentedLagrangian augmentedLagrangian(Motion motion, int rounds) {
        return new AugmentedLagrangian(motion, rounds, 1, 1);
    }

    static Nudged nudged(double beta, Nudged.Side side, Strict strict) {
        return new Nudged(beta, side, strict);
    }
}
