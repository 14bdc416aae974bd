package dev.engram.graph.inference;

import dev.engram.graph.Node;
import dev.engram.graph.Parameters;
import dev.engram.inference.Status;
import dev.engram.linalg.Tensor;
import java.util.Map;

/**
 * The result of inference on a computation graph, for a batch.
 *
 * <p>The residual is the force left over, as a fraction: |F| / (|F| + |π ε|) over the inferred nodes, with F = -∂E/∂v.
 *
 * @param values v, per node, [batch, ...]
 * @param errors ε, per node; zeros for inputs
 * @param energy per node, all examples together
 * @param deviations where values were sampled: their standard deviation per inferred node, [batch, ...], v being their mean; else empty
 * @param parameterForces -∂E/∂θ, summed over the batch
 * @param residual of the whole batch
 * @param steps how many changed the values
 * @param status how it ended; with {@link Status#DIVERGED} the last finite values are given
 */
public record GraphEquilibrium(
        Map<Node, Tensor> values,
        Map<Node, Tensor> errors,
        Map<Node, Double> energy,
        Map<Node, Tensor> deviations,
        Parameters parameterForces,
        double residual,
        int steps,
        Status status) {
    public GraphEquilibrium {
        values = Map.copyOf(values);
        errors = Map.copyOf(errors);
        energy = Map.copyOf(energy);
        deviations = Map.copyOf(deviations);
    }

    /**
     * v of one node, [batch, ...].
     *
     * @throws IllegalArgumentException if it is a node of another graph
     */
    public Tensor value(Node node) {
        Tensor value = values.get(node);
        if (value == null) {
            throw new IllegalArgumentException(
                    "Node %s has no value here. Maybe it belongs to another graph.".formatted(node.name()));
        }
        return value;
    }

    /** The energy of all examples and nodes. */
    public double totalEnergy() {
        return energy.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
