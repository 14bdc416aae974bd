package dev.engram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.graph.GraphBuilder;
import dev.engram.graph.Initialiser;
import dev.engram.graph.Node;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameters;
import dev.engram.graph.Term;
import dev.engram.graph.inference.GraphEquilibrium;
import dev.engram.graph.inference.GraphInference;
import dev.engram.graph.inference.Schedule;
import dev.engram.inference.Equilibrium;
import dev.engram.inference.Inference;
import dev.engram.inference.Solver;
import dev.engram.inference.StopRule;
import dev.engram.learning.GradientRule;
import dev.engram.learning.Learning;
import dev.engram.learning.LearningObserver;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import dev.engram.network.Activation;
import dev.engram.network.Clamp;
import dev.engram.network.Definition;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.UsualActivation;
import dev.engram.network.ValueNodes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The generative network of the associative memories, built as a computation graph: two engines, one mathematics. */
class ChainAsGraphTest {
    private static final double GAMMA = 0.05;
    private static final int TOP = 3;

    private final List<Node> nodes = new ArrayList<>();

    /** Nodes x^0 .. x^L of a graph with the parameters of a network. */
    private Parameters graphOf(GenerativeNetwork network) {
        GraphBuilder g = new GraphBuilder();
        Node[] x = new Node[TOP + 1];
        x[TOP] = g.value(
                "x" + TOP,
                g.broadcast(g.parameter("b", Initialiser.zeros(), network.size(TOP))),
                network.priorPrecision());
        for (int l = TOP - 1; l >= 0; l--) {
            Term f =
                    switch ((UsualActivation) network.activation()) {
                        case RELU -> g.relu(x[l + 1]);
                        case TANH -> g.tanh(x[l + 1]);
                        case LINEAR -> x[l + 1];
                    };
            x[l] = g.value(
                    "x" + l,
                    g.dense(
                            f,
                            g.parameter("theta" + (l + 1), Initialiser.zeros(), network.size(l), network.size(l + 1))));
        }
        nodes.addAll(List.of(x));
        Parameters parameters = g.build().initialise(0, Precision.FLOAT);
        parameters.get("b").set(Tensor.wrap(network.memoryVector(), network.size(TOP)));
        for (int l = 1; l <= TOP; l++) {
            parameters.get("theta" + l).set(Tensor.of(network.weights(l)));
        }
        return parameters;
    }

    @ParameterizedTest
    @EnumSource(UsualActivation.class)
    void bothEnginesTakeTheSameWayToTheSameEquilibrium(Activation activation) {
        GenerativeNetwork network = Definition.network(activation, 0.6, 3, 9, 7, 6, 5);
        Matrix cues = Definition.values(network, 4, 8).layer(0);
        Parameters parameters = graphOf(network);
        List<double[]> chainEnergies = new ArrayList<>();
        List<ValueNodes> chainValues = new ArrayList<>();
        Equilibrium chain = Inference.of(Solver.gradient(GAMMA), StopRule.steps(60))
                .withObserver(step -> {
                    chainEnergies.add(step.energyPerLayer());
                    return chainValues.add(step.values().copy());
                })
                .run(network, cues, Clamp.all(9));
        int[] at = new int[1];
        GraphEquilibrium graph = GraphInference.of(parameters, Schedule.strict(GAMMA, 60))
                .withObserver(step -> {
                    for (int l = 0; l <= TOP; l++) {
                        double expected = chainEnergies.get(at[0])[l];
                        assertThat(step.evaluation().energy(nodes.get(l)))
                                .isCloseTo(expected, within(1e-5 * (1 + expected)));
                        same(chainValues.get(at[0]).layer(l), step.evaluation().value(nodes.get(l)));
                    }
                    at[0]++;
                    return true;
                })
                .run(Observations.of(nodes.get(0), Tensor.of(cues)));
        assertThat(at[0]).isEqualTo(61);
        assertThat(graph.totalEnergy()).isCloseTo(chain.totalEnergy(), within(1e-4));
        for (int l = 0; l <= TOP; l++) {
            same(chain.values().layer(l), graph.values().get(nodes.get(l)));
        }
    }

    /** Eq. 4 and 5: with α = 1 and one update, what the chain's parameters gain is the mean of the graph's forces. */
    @ParameterizedTest
    @EnumSource(UsualActivation.class)
    void bothEnginesPutTheSameForcesOnTheParameters(Activation activation) {
        GenerativeNetwork network = Definition.network(activation, 0.6, 3, 9, 7, 6, 5);
        Matrix patterns = Definition.values(network, 4, 8).layer(0);
        Parameters parameters = graphOf(network);
        GraphEquilibrium graph = GraphInference.of(parameters, Schedule.strict(GAMMA, 20))
                .run(Observations.of(nodes.get(0), Tensor.of(patterns)));
        Inference twenty = Inference.of(Solver.gradient(GAMMA), StopRule.steps(20));
        GenerativeNetwork learned = new Learning(GradientRule.plain(1), 1, twenty, Learning.Start.FROM_MEMORY_VECTOR, 0)
                .learn(network, patterns, 0, LearningObserver.NONE)
                .network();
        for (int l = 1; l <= TOP; l++) {
            Tensor force = graph.parameterForces().get("theta" + l);
            for (int i = 0; i < force.size(); i++) {
                double gain = (double) learned.weights(l).data()[i]
                        - network.weights(l).data()[i];
                assertThat(force.get(i) / 4).isCloseTo(gain, within(1e-5));
            }
        }
        for (int i = 0; i < network.size(TOP); i++) {
            double gain = (double) learned.memoryVector()[i] - network.memoryVector()[i];
            assertThat(graph.parameterForces().get("b").get(i) / 4).isCloseTo(gain, within(1e-5));
        }
    }

    private static void same(Matrix expected, Tensor actual) {
        for (int i = 0; i < expected.data().length; i++) {
            assertThat(actual.get(i)).isCloseTo(expected.data()[i], within(1e-4));
        }
    }
}
