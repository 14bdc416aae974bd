package dev.engram.graph.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.graph.Node;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameter;
import dev.engram.graph.Parameters;
import dev.engram.linalg.Tensor;
import java.util.Map;

/** Compares the forces of a graph on values and parameters with central differences of its energy. */
final class Differences {
    private static final double STEP = 1e-6;
    private static final double ETA = 1e-3;

    private Differences() {}

    /**
     * At given values.
     *
     * @param start a value of every inferred node
     */
    static void check(Parameters parameters, Observations observations, Map<Node, Tensor> start) {
        GraphEquilibrium moved =
                GraphInference.of(parameters, Schedule.strict(ETA, 1)).run(observations, start);
        start.forEach((node, v) -> {
            for (int i = 0; i < v.size(); i++) {
                double force = (moved.values().get(node).get(i) - v.get(i)) / ETA;
                double slope = slope(v, i, parameters, observations, start);
                assertThat(force).as("%s, number %d", node, i).isCloseTo(-slope, within(1e-6 * (1 + Math.abs(slope))));
            }
        });
        Parameters forces = GraphInference.of(parameters, Schedule.strict(ETA, 0))
                .run(observations, start)
                .parameterForces();
        for (Parameter parameter : parameters.graph().parameters()) {
            Tensor theta = parameters.get(parameter);
            for (int i = 0; i < theta.size(); i++) {
                double slope = slope(theta, i, parameters, observations, start);
                assertThat(forces.get(parameter).get(i))
                        .as("%s, number %d", parameter, i)
                        .isCloseTo(-slope, within(1e-6 * (1 + Math.abs(slope))));
            }
        }
    }

    private static double slope(
            Tensor variable, int i, Parameters parameters, Observations observations, Map<Node, Tensor> start) {
        double at = variable.get(i);
        variable.set(i, at + STEP);
        double above = energy(parameters, observations, start);
        variable.set(i, at - STEP);
        double below = energy(parameters, observations, start);
        variable.set(i, at);
        return (above - below) / (2 * STEP);
    }

    private static double energy(Parameters parameters, Observations observations, Map<Node, Tensor> start) {
        return GraphInference.of(parameters, Schedule.strict(ETA, 0))
                .run(observations, start)
                .totalEnergy();
    }
}
