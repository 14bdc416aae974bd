package dev.engram.graph.inference;

import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Node;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameters;
import dev.engram.graph.Sweep;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reverse-mode differentiation of the loss L = the energy of the observed nodes, on the same graph and with the same pull-backs: the
 * reference that predictive coding is compared with. Signs as everywhere: forces, -dL/dv and -dL/dθ.
 */
public final class Backpropagation {
    private final GraphEvaluation evaluation;
    private final Sweep sweep;

    /**
     * What was found for a batch.
     *
     * @param loss L, all examples together
     * @param nodeForces -dL/dv of every inferred node, [batch, ...]
     * @param parameterForces -dL/dθ, summed over the batch
     */
    public record Result(double loss, Map<Node, Tensor> nodeForces, Parameters parameterForces) {
        public Result {
            nodeForces = Map.copyOf(nodeForces);
        }
    }

    /**
     * For batches of one size with the same nodes clamped, in memory allocated once.
     *
     * @throws IllegalArgumentException if the graph has free nodes
     */
    public Backpropagation(GraphEvaluation evaluation) {
        Checks.feedForward(evaluation, "Derivatives in reverse mode");
        this.evaluation = evaluation;
        this.sweep = evaluation.reverseSweep();
    }

    /** One batch, from scratch. */
    public static Result of(LinearAlgebra la, Parameters parameters, Observations observations) {
        GraphEvaluation evaluation = new GraphEvaluation(la, parameters, observations);
        Parameters forces = Parameters.zeros(parameters.graph(), parameters.precision());
        double loss = new Backpropagation(evaluation).run(observations, forces);
        Map<Node, Tensor> nodeForces = new LinkedHashMap<>();
        evaluation.inferred().forEach(node -> nodeForces.put(node, evaluation.feedback(node)));
        return new Result(loss, nodeForces, forces);
    }

    /**
     * Differentiates.
     *
     * @param forces overwritten with -dL/dθ, summed over the batch
     * @return L, all examples together
     */
    public double run(Observations observations, Parameters forces) {
        evaluation.clamp(observations);
        evaluation.begin(Map.of());
        evaluation.inLanes(examples -> {
            evaluation.feedForwardAndMeasure(examples);
            sweep.run(examples);
        });
        sweep.parameterForces(forces);
        return evaluation.observed().stream().mapToDouble(evaluation::energy).sum();
    }
}
