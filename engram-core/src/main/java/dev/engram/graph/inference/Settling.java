package dev.engram.graph.inference;

import dev.engram.graph.Node;
import dev.engram.graph.Parameters;
import dev.engram.graph.Sweep;
import dev.engram.linalg.Tensor;
import java.util.Map;
import java.util.function.Consumer;

/** A {@link Schedule} at work on the tensors of one evaluation. */
public interface Settling {
    /**
     * Infers. Clamped nodes have their values, and nodes that begin somewhere have theirs; the feed-forward pass is part of this.
     *
     * @param observer to be called at the start, after the feed-forward pass, and after every step
     * @param onForces to be called with the sweep of every step, before the values move, where the schedule {@link
     *     Schedule#movesParameters}
     */
    Settled run(GraphObserver observer, Consumer<Sweep> onForces);

    /** After a run: writes the forces -∂E/∂θ on the parameters, summed over the batch. */
    void parameterForces(Parameters forces);

    /** After a run, and after {@link #parameterForces}: makes the values v = μ + ε, where they are not. */
    default void adoptValues() {}

    /** After a run: the standard deviation of every inferred node's values, where they were sampled; else none. Live. */
    default Map<Node, Tensor> deviations() {
        return Map.of();
    }
}
