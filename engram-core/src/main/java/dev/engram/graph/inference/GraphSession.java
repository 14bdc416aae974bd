package dev.engram.graph.inference;

import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Node;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameters;
import dev.engram.graph.Sweep;
import dev.engram.linalg.Tensor;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Inference by one schedule on batches of one size with the same nodes clamped, in memory allocated once. {@link GraphInference} is easier;
 * this is for training loops.
 *
 * <p>Values and errors stay in the {@link GraphEvaluation}. Under a schedule that {@link Schedule#holdsPredictions} the values there remain
 * those of the feed-forward pass, where the derivatives are taken; {@link #adoptValues} moves them to where the errors say they are.
 */
public final class GraphSession {
    private final GraphEvaluation evaluation;
    private final Settling settling;

    /**
     * @throws IllegalArgumentException if the schedule needs a feed-forward pass and the graph has free nodes
     */
    public GraphSession(GraphEvaluation evaluation, Schedule schedule) {
        this.evaluation = evaluation;
        this.settling = schedule.prepare(evaluation);
    }

    /** The tensors this works on. */
    public GraphEvaluation evaluation() {
        return evaluation;
    }

    /** Runs inference with the parameters as they are. */
    public Settled run(Observations observations, Map<Node, Tensor> start, GraphObserver observer) {
        return run(observations, start, observer, sweep -> {});
    }

    /**
     * Runs inference, handing out the sweep of every step of a schedule that {@link Schedule#movesParameters}, so that the caller can move
     * the parameters along their forces while the values move along theirs.
     *
     * @param onForces called after each backward pass, before the values move
     */
    public Settled run(
            Observations observations, Map<Node, Tensor> start, GraphObserver observer, Consumer<Sweep> onForces) {
        evaluation.clamp(observations);
        evaluation.begin(start);
        return settling.run(observer, onForces);
    }

    /** After a run: the forces -∂E/∂θ on the parameters, summed over the batch, written to {@code forces}. */
    public void parameterForces(Parameters forces) {
        settling.parameterForces(forces);
    }

    /** After a run, and after the parameter forces were asked for: makes the values v = μ + ε, where they are not. */
    public void adoptValues() {
        settling.adoptValues();
    }

    /** After a run: the standard deviation of every inferred node's values, where they were sampled; else none. Live. */
    public Map<Node, Tensor> deviations() {
        return settling.deviations();
    }
}
