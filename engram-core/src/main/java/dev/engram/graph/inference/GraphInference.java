package dev.engram.graph.inference;

import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Node;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameters;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Inference on a computation graph: value nodes settle while parameters and observations stay fixed.
 *
 * @param parameters of the graph; live, so that the next run sees what learning has changed
 * @param schedule how
 * @param observer called after every step
 * @param la what computes
 */
public record GraphInference(Parameters parameters, Schedule schedule, GraphObserver observer, LinearAlgebra la) {
    public static GraphInference of(Parameters parameters, Schedule schedule) {
        return new GraphInference(parameters, schedule, GraphObserver.NONE, LinearAlgebra.shared());
    }

    public GraphInference withObserver(GraphObserver newObserver) {
        return new GraphInference(parameters, schedule, newObserver, la);
    }

    public GraphInference withLinearAlgebra(LinearAlgebra newLa) {
        return new GraphInference(parameters, schedule, observer, newLa);
    }

    /**
     * Starts from the feed-forward pass; free nodes start from 0.
     *
     * @throws IllegalArgumentException if an input is missing, something does not fit, or the schedule is not for this graph
     */
    public GraphEquilibrium run(Observations observations) {
        return run(observations, Map.of());
    }

    /**
     * Starts the nodes given from their values, the others from the feed-forward pass.
     *
     * @param start [batch, ...] each, of nodes that are not clamped; only read
     */
    public GraphEquilibrium run(Observations observations, Map<Node, Tensor> start) {
        GraphEvaluation evaluation = new GraphEvaluation(la, parameters, observations);
        GraphSession session = new GraphSession(evaluation, schedule);
        Settled settled = session.run(observations, start, observer);
        Parameters forces = Parameters.zeros(evaluation.graph(), parameters.precision());
        session.parameterForces(forces);
        session.adoptValues();
        Map<Node, Tensor> values = new LinkedHashMap<>();
        Map<Node, Tensor> errors = new LinkedHashMap<>();
        Map<Node, Double> energy = new LinkedHashMap<>();
        for (Node node : evaluation.graph().nodes()) {
            values.put(node, evaluation.value(node));
            errors.put(node, evaluation.error(node));
            energy.put(node, evaluation.energy(node));
        }
        return new GraphEquilibrium(
                values,
                errors,
                energy,
                session.deviations(),
                forces,
                settled.residual(),
                settled.steps(),
                settled.status());
    }
}
