package dev.engram.graph.inference;

import static dev.engram.graph.inference.LinearGraph.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.graph.ComputationGraph;
import dev.engram.graph.FeedForwardGraph;
import dev.engram.graph.GraphBuilder;
import dev.engram.graph.Initialiser;
import dev.engram.graph.Mlp;
import dev.engram.graph.Node;
import dev.engram.graph.NodeEnergy;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameter;
import dev.engram.graph.Parameters;
import dev.engram.inference.Status;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The energies of nodes: their values, their forces, and where inference comes to rest under them. */
class NodeEnergyTest {
    /** An energy for a node [2, 2] of a graph that is being built; the name is the node's. */
    private record Kind(String word, BiFunction<GraphBuilder, String, NodeEnergy> make) {
        static Kind of(NodeEnergy energy) {
            return new Kind(energy.toString(), (g, name) -> energy);
        }

        static Kind learned(int... shape) {
            return new Kind(
                    "learned, " + shape.length,
                    (g, name) ->
                            NodeEnergy.learnedPrecision(g.parameter("log p " + name, Initialiser.normal(1), shape)));
        }
    }

    private static final List<Kind> INFERABLE = List.of(
            Kind.of(NodeEnergy.GAUSSIAN),
            Kind.of(NodeEnergy.huber(0.4)),
            Kind.of(NodeEnergy.LAPLACE),
            Kind.learned(),
            Kind.learned(2),
            Kind.learned(2, 2));

    record Case(Kind hidden, double hiddenPrecision, Kind output, double outputPrecision) {
        @Override
        public String toString() {
            return "%s (%s), %s (%s)".formatted(hidden.word(), hiddenPrecision, output.word(), outputPrecision);
        }
    }

    static Stream<Case> cases() {
        List<Kind> all = new ArrayList<>(INFERABLE);
        all.add(Kind.of(NodeEnergy.CATEGORICAL));
        all.add(Kind.of(NodeEnergy.BERNOULLI));
        return INFERABLE.stream().flatMap(hidden -> all.stream()
                .flatMap(output -> Stream.of(new Case(hidden, 1, output, 0.5), new Case(hidden, 2, output, 1))));
    }

    private static ComputationGraph graph(Case c) {
        GraphBuilder g = new GraphBuilder();
        Node x = g.input("x", 3);
        Parameter w1 = g.parameter("w1", Initialiser.normal(0.7), 4, 3);
        Parameter w2 = g.parameter("w2", Initialiser.normal(0.7), 4, 4);
        Node h = g.value(
                "h", g.reshape(g.tanh(g.dense(x, w1)), 2, 2), c.hidden().make().apply(g, "h"), c.hiddenPrecision());
        g.value(
                "y",
                g.reshape(g.dense(g.flatten(h), w2), 2, 2),
                c.output().make().apply(g, "y"),
                c.outputPrecision());
        return g.build();
    }

    private static Tensor shares(int batch) {
        Tensor shares = random(Precision.DOUBLE, 5, batch, 2, 2);
        for (int i = 0; i < shares.size(); i++) {
            shares.set(i, 1 / (1 + Math.exp(-shares.get(i))));
        }
        return shares;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void forcesOnValuesAndParametersAreFiniteDifferencesOfTheEnergy(Case c) {
        ComputationGraph graph = graph(c);
        Parameters parameters = graph.initialise(4, Precision.DOUBLE);
        Observations observations = Observations.of(graph.node("x"), random(Precision.DOUBLE, 1, 2, 3))
                .and(graph.node("y"), shares(2));
        Differences.check(parameters, observations, Map.of(graph.node("h"), random(Precision.DOUBLE, 3, 2, 2, 2)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void floatsAgreeWithDoubles(Case c) {
        ComputationGraph graph = graph(c);
        Parameters wide = graph.initialise(4, Precision.DOUBLE);
        Parameters narrow = Parameters.zeros(graph, Precision.FLOAT);
        graph.parameters().forEach(parameter -> narrow.get(parameter)
                .set(wide.get(parameter).to(Precision.FLOAT)));
        Tensor x = random(Precision.DOUBLE, 1, 2, 3);
        Tensor h = random(Precision.DOUBLE, 3, 2, 2, 2);
        GraphEquilibrium doubles = GraphInference.of(wide, Schedule.strict(0.01, 1))
                .run(Observations.of(graph.node("x"), x).and(graph.node("y"), shares(2)), Map.of(graph.node("h"), h));
        GraphEquilibrium floats = GraphInference.of(narrow, Schedule.strict(0.01, 1))
                .run(
                        Observations.of(graph.node("x"), x.to(Precision.FLOAT))
                                .and(graph.node("y"), shares(2).to(Precision.FLOAT)),
                        Map.of(graph.node("h"), h.to(Precision.FLOAT)));
        double energy = doubles.totalEnergy();
        assertThat(floats.totalEnergy()).isCloseTo(energy, within(1e-5 * (1 + Math.abs(energy))));
        for (Parameter parameter : graph.parameters()) {
            Tensor expected = doubles.parameterForces().get(parameter);
            for (int i = 0; i < expected.size(); i++) {
                assertThat(floats.parameterForces().get(parameter).get(i))
                        .isCloseTo(expected.get(i), within(1e-4 * (1 + Math.abs(expected.get(i)))));
            }
        }
    }

    /**
     * Of μ = (-3, 0.25, 1, 0.5) and v = (0.5, 0, 0.75, 1) with π = 2, by PyTorch:
     *
     * <pre>
     *   import torch, torch.nn.functional as F
     *   mu, v = torch.tensor([-3, .25, 1, .5]).double(), torch.tensor([.5, 0, .75, 1]).double()
     *   print(2 * F.mse_loss(mu, v, reduction='sum') / 2)
     *   print(2 * F.huber_loss(mu, v, reduction='sum', delta=.4))
     *   print(2 * F.l1_loss(mu, v, reduction='sum'))
     *   print(2 * F.binary_cross_entropy_with_logits(mu, v, reduction='sum'))
     *   print(2 * -(v * F.log_softmax(mu, 0)).sum())
     *   print(2 * F.gaussian_nll_loss(mu, v, torch.exp(-torch.tensor([-1., 0, 1, 2])).double(), reduction='sum'))
     * </pre>
     */
    @Test
    void energiesAreThoseOfPyTorch() {
        assertThat(energy(g -> NodeEnergy.GAUSSIAN)).isCloseTo(12.625, within(1e-6));
        assertThat(energy(g -> NodeEnergy.huber(0.4))).isCloseTo(3.005, within(1e-6));
        assertThat(energy(g -> NodeEnergy.LAPLACE)).isCloseTo(9.0, within(1e-6));
        assertThat(energy(g -> NodeEnergy.BERNOULLI)).isCloseTo(6.823730886, within(1e-6));
        assertThat(energy(g -> NodeEnergy.CATEGORICAL)).isCloseTo(8.332741623, within(1e-6));
        assertThat(energy(g -> NodeEnergy.learnedPrecision(g.parameter("log p", numbers(i -> i - 1), 4))))
                .isCloseTo(4.586179793, within(1e-6));
    }

    private static double energy(Function<GraphBuilder, NodeEnergy> energy) {
        GraphBuilder g = new GraphBuilder();
        Node x = g.input("x", 4);
        Node y = g.value("y", x, energy.apply(g), 2);
        Observations observations = Observations.of(x, Tensor.wrap(new double[] {-3, 0.25, 1, 0.5}, 1, 4))
                .and(y, Tensor.wrap(new double[] {0.5, 0, 0.75, 1}, 1, 4));
        return GraphInference.of(g.build().initialise(0, Precision.DOUBLE), Schedule.strict(0.1, 0))
                .run(observations)
                .totalEnergy();
    }

    private static Initialiser numbers(IntToDoubleFunction number) {
        return (parameter, random) -> {
            for (int i = 0; i < parameter.size(); i++) {
                parameter.set(i, number.applyAsDouble(i));
            }
        };
    }

    private static Kind learned(double... logPrecisions) {
        return new Kind(
                "learned",
                (g, name) -> NodeEnergy.learnedPrecision(
                        g.parameter("log p " + name, numbers(i -> logPrecisions[i]), logPrecisions.length)));
    }

    /** h at rest of x (3) -> h (4) -> y (2), linear: W1 is sin(1), sin(2), .. and W2 cos(1), cos(2), .. */
    private static double[] settled(Kind hidden, Kind output, double outputPrecision) {
        GraphBuilder g = new GraphBuilder();
        Node x = g.input("x", 3);
        Node h = g.value(
                "h",
                g.dense(x, g.parameter("w1", numbers(i -> Math.sin(i + 1)), 4, 3)),
                hidden.make().apply(g, "h"));
        Node y = g.value(
                "y",
                g.dense(h, g.parameter("w2", numbers(i -> Math.cos(i + 1)), 2, 4)),
                output.make().apply(g, "y"),
                outputPrecision);
        Observations observations = Observations.of(x, Tensor.wrap(new double[] {1, -0.5, 2}, 1, 3))
                .and(y, Tensor.wrap(new double[] {3, -4}, 1, 2));
        GraphEquilibrium end = GraphInference.of(
                        g.build().initialise(0, Precision.DOUBLE),
                        Schedule.strict(0.05, 20_000).until(1e-12))
                .run(observations);
        assertThat(end.status()).isEqualTo(Status.CONVERGED);
        return end.values().get(h).doubles();
    }

    /**
     * Against least squares that are weighted again and again in NumPy (Huber), and once (precisions):
     *
     * <pre>
     *   import numpy as np
     *   W1, W2 = np.sin(np.arange(1, 13)).reshape(4, 3), np.cos(np.arange(1, 9)).reshape(2, 4)
     *   m, y = W1 @ [1, -.5, 2], np.array([3., -4])
     *   def rest(weigh_h, weigh_y):
     *       h = m
     *       for _ in range(100_000):
     *           a, b = np.diag(weigh_h(h - m)), np.diag(weigh_y(y - W2 @ h))
     *           h = np.linalg.solve(a + W2.T @ b @ W2, a @ m + W2.T @ b @ y)
     *       print([round(v, 9) for v in h])
     *   one, huber = lambda e: e * 0 + 1, lambda e: np.minimum(1, .5 / np.maximum(abs(e), 1e-300))
     *   rest(huber, lambda e: 2 * one(e))
     *   rest(one, lambda e: 2 * huber(e))
     *   rest(lambda e: np.exp([.5, 0, -.5, 1]), lambda e: np.exp([1., -1]))
     * </pre>
     */
    @Test
    void strictInferenceComesToRestAtTheMinimum() {
        Kind gaussian = Kind.of(NodeEnergy.GAUSSIAN);
        Kind huber = Kind.of(NodeEnergy.huber(0.5));
        assertThat(settled(huber, gaussian, 2))
                .containsExactly(new double[] {0.628759982, -4.249326562, -0.054935029, -1.157474149}, within(1e-8));
        assertThat(settled(gaussian, huber, 2))
                .containsExactly(new double[] {0.758761867, -2.083909019, -0.451466209, -1.423355124}, within(1e-8));
        assertThat(settled(learned(0.5, 0, -0.5, 1), learned(1, -1), 1))
                .containsExactly(new double[] {0.728787609, -1.785690823, -0.867484706, -1.214898281}, within(1e-8));
    }

    /** v is predicted to be 0, and w v = v is seen at 3, weakly at first: it stays where it is predicted until the pull 3 p exceeds 1. */
    @Test
    void aLaplaceNodeKeepsToItsPredictionUntilItIsPulledHardEnough() {
        double eta = 1e-3;
        for (double pull : new double[] {0.3, 0.5}) {
            GraphBuilder g = new GraphBuilder();
            Node x = g.input("x", 1);
            Node v = g.value("v", x, NodeEnergy.LAPLACE);
            Node y = g.value("y", v, pull);
            Observations seen =
                    Observations.of(x, Tensor.wrap(new double[] {0}, 1, 1)).and(y, Tensor.wrap(new double[] {3}, 1, 1));
            GraphEquilibrium end = GraphInference.of(
                            g.build().initialise(0, Precision.DOUBLE), Schedule.strict(eta, 20_000))
                    .run(seen);
            double expected = Math.max(0, 3 - 1 / pull); // p (3 - v) = 1
            assertThat(end.values().get(v).get(0)).isCloseTo(expected, within(2 * eta));
        }
    }

    /** One node of an energy, inferred, and one clamped; backpropagation takes both, as far as the loss goes. */
    @ParameterizedTest
    @MethodSource("cases")
    void reverseModeIsTheFiniteDifferenceOfTheLoss(Case c) {
        ComputationGraph graph = graph(c);
        Parameters parameters = graph.initialise(4, Precision.DOUBLE);
        Observations observations = Observations.of(graph.node("x"), random(Precision.DOUBLE, 1, 2, 3))
                .and(graph.node("y"), shares(2));
        LinearAlgebra la = LinearAlgebra.shared();
        Parameters forces = Backpropagation.of(la, parameters, observations).parameterForces();
        for (Parameter parameter : graph.parameters()) {
            Tensor theta = parameters.get(parameter);
            for (int i = 0; i < theta.size(); i++) {
                double at = theta.get(i);
                theta.set(i, at + 1e-6);
                double above = Backpropagation.of(la, parameters, observations).loss();
                theta.set(i, at - 1e-6);
                double below = Backpropagation.of(la, parameters, observations).loss();
                theta.set(i, at);
                double slope = (above - below) / 2e-6;
                assertThat(forces.get(parameter).get(i))
                        .as("%s, number %d", parameter, i)
                        .isCloseTo(-slope, within(1e-6 * (1 + Math.abs(slope))));
            }
        }
    }

    static List<Schedule> schedulesThatMoveErrors() {
        return List.of(
                Schedule.fixedPrediction(0.1, 5),
                Schedule.stepwiseFixedPrediction(0.1, 5),
                Schedule.exact(),
                Schedule.errorBased(0.1, 5),
                Schedule.augmentedLagrangian(Motion.gradient(0.1), 5));
    }

    /** Clamped nodes may have any energy there. */
    @ParameterizedTest
    @MethodSource("schedulesThatMoveErrors")
    void schedulesThatMoveErrorsRefuseInferredNodesOfOtherEnergies(Schedule schedule) {
        Kind gaussian = Kind.of(NodeEnergy.GAUSSIAN);
        for (Kind kind : List.of(Kind.of(NodeEnergy.huber(1)), Kind.of(NodeEnergy.LAPLACE), Kind.learned(2, 2))) {
            ComputationGraph bad = graph(new Case(kind, 1, gaussian, 1));
            Observations observations = Observations.of(bad.node("x"), random(Precision.DOUBLE, 1, 2, 3))
                    .and(bad.node("y"), shares(2));
            GraphInference inference = GraphInference.of(bad.initialise(4, Precision.DOUBLE), schedule);
            assertThatThrownBy(() -> inference.run(observations))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("ε = v - μ", "node h is", "Maybe use Schedule.strict");
        }
        for (Kind kind : List.of(Kind.of(NodeEnergy.huber(1)), Kind.of(NodeEnergy.BERNOULLI), Kind.learned(2, 2))) {
            ComputationGraph good = graph(new Case(gaussian, 1, kind, 1));
            Parameters parameters = good.initialise(4, Precision.DOUBLE);
            Observations observations = Observations.of(good.node("x"), random(Precision.DOUBLE, 1, 2, 3))
                    .and(good.node("y"), shares(2));
            Parameters truth = schedule instanceof ErrorBased
                    ? GraphInference.of(
                                    parameters, Schedule.strict(0.05, 20_000).until(1e-12))
                            .run(observations)
                            .parameterForces()
                    : Backpropagation.of(LinearAlgebra.shared(), parameters, observations)
                            .parameterForces();
            GraphEquilibrium end =
                    GraphInference.of(parameters, longer(schedule)).run(observations);
            for (Parameter parameter : good.parameters()) {
                for (int i = 0; i < truth.get(parameter).size(); i++) {
                    assertThat(end.parameterForces().get(parameter).get(i))
                            .isCloseTo(truth.get(parameter).get(i), within(1e-6));
                }
            }
        }
    }

    /** As long as it takes to have the forces of backpropagation, or of the minimum where those are what it comes to. */
    private static Schedule longer(Schedule schedule) {
        if (schedule instanceof FixedPrediction fixed) {
            return new FixedPrediction(0.5, 60, fixed.isStepwise());
        }
        if (schedule instanceof AugmentedLagrangian) {
            return new AugmentedLagrangian(Motion.gradient(0.1), 4000, 1, 0.2);
        }
        return schedule instanceof ErrorBased
                ? Schedule.errorBased(0.05, 20_000).until(1e-12)
                : schedule;
    }

    static Stream<Case> nudgeable() {
        return cases().filter(c -> !c.hidden().word().startsWith("learned")
                && !c.hidden().word().startsWith("Laplace")
                && !c.output().word().startsWith("learned"));
    }

    /** Whatever the energies, the forces of a small nudge are those of the loss. */
    @ParameterizedTest
    @MethodSource("nudgeable")
    void nudgesFindTheForcesOfTheLoss(Case c) {
        ComputationGraph graph = graph(c);
        Parameters parameters = graph.initialise(4, Precision.DOUBLE);
        Observations observations = Observations.of(graph.node("x"), random(Precision.DOUBLE, 1, 2, 3))
                .and(graph.node("y"), shares(2));
        Strict strict = Schedule.strict(0.2, 5000).until(1e-9);
        GraphEquilibrium nudged = GraphInference.of(parameters, Schedule.nudged(1e-3, Nudged.Side.CENTRED, strict))
                .run(observations);
        assertThat(nudged.status()).isEqualTo(Status.CONVERGED);
        Parameters truth = Backpropagation.of(LinearAlgebra.shared(), parameters, observations)
                .parameterForces();
        for (Parameter parameter : graph.parameters()) {
            for (int i = 0; i < truth.get(parameter).size(); i++) {
                double force = truth.get(parameter).get(i);
                assertThat(nudged.parameterForces().get(parameter).get(i))
                        .isCloseTo(force, within(1e-4 * (1 + Math.abs(force))));
            }
        }
    }

    @Test
    void whatCannotBeIsRefusedWithAWayOut() {
        GraphBuilder g = new GraphBuilder();
        Node x = g.input("x", 3, 2);
        Node y = g.value("y", x, NodeEnergy.BERNOULLI);
        assertThatThrownBy(() -> g.relu(y))
                .hasMessageContainingAll("Node y is Bernoulli and predicts nothing", "Maybe");
        assertThatThrownBy(() -> g.free("f", NodeEnergy.BERNOULLI, 2)).hasMessageContainingAll("Node f", "Maybe");
        assertThatThrownBy(() -> Observations.of(y, Tensor.wrap(new double[] {0, 1, 0.5, 1.5, 0, 0}, 1, 3, 2)))
                .hasMessageContainingAll("Node y is Bernoulli", "from 0 to 1", "1.5", "Maybe");
        assertThatThrownBy(() -> NodeEnergy.huber(0)).hasMessageContainingAll("δ", "0.0", "Maybe");
        Parameter two = g.parameter("two", Initialiser.zeros(), 2);
        assertThatThrownBy(() -> g.value("z", x, NodeEnergy.learnedPrecision(two)))
                .hasMessageContainingAll("Node z is of learned precision", "[3, 2] of x", "two[2]", "first axes");
        Parameter theirs = new GraphBuilder().parameter("theirs", Initialiser.zeros());
        assertThatThrownBy(() -> g.value("q", x, NodeEnergy.learnedPrecision(theirs)))
                .hasMessageContainingAll("Parameter theirs belongs to another graph");
        ComputationGraph graph = graph(new Case(Kind.of(NodeEnergy.GAUSSIAN), 1, Kind.learned(2), 1));
        Observations observations = Observations.of(graph.node("x"), random(Precision.DOUBLE, 1, 2, 3))
                .and(graph.node("y"), shares(2));
        Schedule nudged = Schedule.nudged(0.1, Nudged.Side.POSITIVE, Schedule.strict(0.1, 5));
        GraphInference inference = GraphInference.of(graph.initialise(4, Precision.DOUBLE), nudged);
        assertThatThrownBy(() -> inference.run(observations))
                .hasMessageContainingAll("Nudges", "node y is of learned precision", "Maybe");
    }

    @Test
    void aPerceptronsOutputHasAnyEnergy() {
        for (NodeEnergy energy : List.of(NodeEnergy.BERNOULLI, NodeEnergy.LAPLACE, NodeEnergy.huber(2))) {
            FeedForwardGraph net = Mlp.of(3, 4, 2).withOutput(energy).build();
            assertThat(net.output().energy()).isEqualTo(energy);
        }
    }

    @Test
    void aFreeNodeOfAnotherEnergyIsInferred() {
        GraphBuilder g = new GraphBuilder();
        Node h = g.free("h", NodeEnergy.huber(1), 2);
        g.predict(h, g.scale(h, 0.5));
        Node y = g.value("y", h);
        Observations seen = Observations.of(y, Tensor.wrap(new double[] {1, 9}, 1, 2));
        GraphEquilibrium end = GraphInference.of(
                        g.build().initialise(0, Precision.DOUBLE),
                        Schedule.strict(0.2, 2000).until(1e-12))
                .run(seen);
        // (h/2) / 2 + h - 1 = 0;  beyond δ, 1/2 + h - 9 = 0
        assertThat(end.values().get(h).doubles()).containsExactly(new double[] {0.8, 8.5}, within(1e-9));
    }
}
