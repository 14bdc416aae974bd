package dev.engram.graph.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.graph.ComputationGraph;
import dev.engram.graph.FeedForwardGraph;
import dev.engram.graph.GraphBuilder;
import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Initialiser;
import dev.engram.graph.Mlp;
import dev.engram.graph.Node;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameters;
import dev.engram.graph.TwoWay;
import dev.engram.graph.op.Operations;
import dev.engram.graph.training.CreditAssignment;
import dev.engram.graph.training.GraphTrainer;
import dev.engram.inference.Status;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import dev.engram.optimiser.Optimiser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Networks both ways, and nodes known in part, without non-linearities against NumPy: with the residuals r = A v of v = (x0, x1, h0, h1, y) and
 * their precisions P, the free values are solve(Q[f, f], -Q[f, k] @ v[k]), Q = A.T @ P @ A, and E = r @ P @ r / 2.
 */
class TwoWayTest {
    private static final TwoWay NETWORK =
            TwoWay.of(2, 2, 1).withActivation(Operations.scale(1)).withWeights(2, 0.5);
    private static final Strict TO_THE_END = Schedule.strict(0.25, 2000).until(1e-14);

    private static Tensor row(double... values) {
        return Tensor.wrap(values, 1, values.length);
    }

    private static Parameters weights(ComputationGraph graph) {
        return Parameters.of(
                graph,
                Precision.DOUBLE,
                Map.of(
                        "w up h1", Tensor.wrap(new double[] {0.5, -0.25, 1, 0.75}, 2, 2),
                        "b up h1", Tensor.zeros(Precision.DOUBLE, 2),
                        "w up y", Tensor.wrap(new double[] {0.8, -0.4}, 1, 2),
                        "b up y", Tensor.zeros(Precision.DOUBLE, 1),
                        "w down x", Tensor.wrap(new double[] {0.6, 0.2, -0.3, 0.9}, 2, 2),
                        "b down x", Tensor.zeros(Precision.DOUBLE, 2),
                        "w down h1", Tensor.wrap(new double[] {1.5, -0.5}, 2, 1),
                        "b down h1", Tensor.zeros(Precision.DOUBLE, 2)));
    }

    private static GraphEquilibrium infer(FeedForwardGraph net, Observations observations) {
        return GraphInference.of(weights(net.graph()), TO_THE_END).run(observations);
    }

    private static void assertValues(FeedForwardGraph net, GraphEquilibrium found, String node, double... expected) {
        double[] values = found.values().get(net.graph().node(node)).doubles();
        assertThat(values).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(values[i]).isCloseTo(expected[i], within(1e-9));
        }
    }

    private static FeedForwardGraph net(boolean isFromBelow) {
        return isFromBelow ? NETWORK.fromBelow() : NETWORK.fromAbove();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bothEndsKnown(boolean isFromBelow) {
        FeedForwardGraph net = net(isFromBelow);
        Node x = net.graph().node("x");
        Node y = net.graph().node("y");
        GraphEquilibrium found = infer(net, Observations.of(x, row(1, -2)).and(y, row(3)));
        assertValues(net, found, "h1", 2.224669603524, -1.035242290749);
        assertThat(found.totalEnergy()).isCloseTo(3.828744493392, within(1e-9));
        double[] up = found.parameterForces().get("w up h1").doubles();
        double[] down = found.parameterForces().get("w down h1").doubles();
        assertThat(up)
                .containsExactly(
                        new double[] {2.449339207048, -4.898678414097, -1.070484581498, 2.140969162996}, within(1e-9));
        assertThat(down).containsExactly(new double[] {-3.412995594714, 0.697136563877}, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneEndBringsBackTheOther(boolean isFromBelow) {
        FeedForwardGraph net = net(isFromBelow);
        GraphEquilibrium label = infer(net, Observations.of(net.graph().node("x"), row(1, -2)));
        assertValues(net, label, "y", 1.029916738444);
        assertThat(label.totalEnergy()).isCloseTo(0.445104794717, within(1e-9));
        GraphEquilibrium picture = infer(net, Observations.of(net.graph().node("y"), row(3)));
        assertValues(net, picture, "x", 1.49943289225, -4.226411018093);
        assertValues(net, picture, "h1", 2.580988387794, -1.971428571429);
        assertThat(picture.totalEnergy()).isCloseTo(2.422015933027, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPartOfAnEndBringsBackTheRest(boolean isFromBelow) {
        FeedForwardGraph net = net(isFromBelow);
        Node x = net.graph().node("x");
        Node y = net.graph().node("y");
        GraphEquilibrium alone = infer(net, Observations.none(1).andPart(x, row(1, 77), row(1, 0)));
        assertValues(net, alone, "x", 1, -0.890629653899);
        assertValues(net, alone, "y", 0.551259903497);
        assertThat(alone.totalEnergy()).isCloseTo(0.296814499315, within(1e-9));
        assertThat(alone.status()).isEqualTo(Status.CONVERGED);
        GraphEquilibrium withLabel = infer(net, Observations.of(y, row(3)).andPart(x, row(1, 77), row(1, 0)));
        assertValues(net, withLabel, "x", 1, -4.147813772349);
        assertThat(withLabel.totalEnergy()).isCloseTo(2.524207824394, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSecondPredictionIsPartOfTheEnergyAndNoLoss(boolean isFromBelow) {
        FeedForwardGraph net = net(isFromBelow);
        Node x = net.graph().node("x");
        Node y = net.graph().node("y");
        Observations both = Observations.of(x, row(1, -2)).and(y, row(3));
        GraphTrainer trainer =
                GraphTrainer.of(CreditAssignment.predictiveCoding(TO_THE_END), new Optimiser.Sgd(1e-12), 1, 1);
        // by hand: W1 x = (1, -0.5), W2 (1, -0.5) = 1, so ½ 2 (3 - 1)²; V1 y = (4.5, -1.5), V0 (4.5, -1.5) = (2.4,
        // -2.7), so ½ ½ (1.4² + 0.7²)
        double loss = isFromBelow ? 4 : 0.6125;
        assertThat(trainer.evaluate(weights(net.graph()), both).loss()).isCloseTo(loss, within(1e-12));
        assertThat(new GraphEvaluation(LinearAlgebra.shared(), weights(net.graph()), both).observed())
                .containsExactly(net.output());
        GraphEquilibrium settled = infer(net, both);
        double below = settled.energy().get(net.graph().node(isFromBelow ? "down h1" : "h1"));
        assertThat(below).isCloseTo(1.348282035359, within(1e-9));
    }

    @Test
    void withPredictionsUpThatWeighNothingThoseDownDecideAlone() {
        FeedForwardGraph net = NETWORK.withWeights(1e-12, 1).fromBelow();
        Observations both = Observations.of(net.input(), row(1, -2)).and(net.output(), row(3));
        // by hand: h = (I + V0ᵀ V0)⁻¹ (V1 y + V0ᵀ x), I + V0ᵀ V0 = [1.45 -0.15; -0.15 1.85], V1 y + V0ᵀ x = (5.7, -3.1)
        assertValues(net, infer(net, both), "h1", 10.08 / 2.66, -3.64 / 2.66);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gradient", "heavy ball", "nesterov", "by curvature"})
    void everyMotionLeavesKnownValuesWhereTheyAre(String name) {
        Motion motion =
                switch (name) {
                    case "heavy ball" -> Motion.heavyBall(0.1, 0.5);
                    case "nesterov" -> Motion.nesterov(0.1, 0.5);
                    case "by curvature" -> Motion.byCurvature();
                    default -> Motion.gradient(0.1);
                };
        GraphBuilder g = new GraphBuilder();
        Node x = g.input("x", 1);
        Node h = g.value("h", g.dense(x, g.parameter("v", Initialiser.constant(3), 1, 1)));
        Node y = g.value("y", g.dense(h, g.parameter("w", Initialiser.constant(1), 2, 1)));
        Parameters parameters = g.build().initialise(1, Precision.DOUBLE);
        parameters.get("w").set(0, 0.5);
        parameters.get("w").set(1, 2);
        GraphEquilibrium found = GraphInference.of(parameters, Schedule.strict(motion, 2000))
                .run(Observations.of(x, row(1)).andPart(y, row(4, 77), row(1, 0)));
        // by hand: E = ½ (h - 3)² + ½ (4 - h/2)² + ½ (y1 - 2 h)² is least at y1 = 2 h and h = (3 + 2) / 1.25
        assertThat(found.values().get(y).get(0)).isEqualTo(4);
        assertThat(found.values().get(y).get(1)).isCloseTo(8, within(1e-6));
        assertThat(found.values().get(h).get(0)).isCloseTo(4, within(1e-6));
    }

    @Test
    void samplesLeaveKnownValuesWhereTheyAre() {
        FeedForwardGraph net = NETWORK.fromBelow();
        GraphEquilibrium found = GraphInference.of(weights(net.graph()), new Langevin(0.05, 1, 100, 100, 1, 3))
                .run(Observations.none(1).andPart(net.input(), row(1, 77), row(1, 0)));
        assertThat(found.values().get(net.input()).get(0)).isEqualTo(1);
        assertThat(found.deviations().get(net.input()).get(0)).isZero();
        assertThat(found.deviations().get(net.input()).get(1)).isPositive();
    }

    @Test
    void bothWaysAreLearnedTogether() {
        TwoWay network = TwoWay.of(3, 8, 2).withActivation(Operations.tanh());
        FeedForwardGraph net = network.fromBelow();
        Tensor x = Tensor.wrap(new double[] {1, 0, 0, 0, 1, 1}, 2, 3);
        Tensor y = Tensor.wrap(new double[] {1, 0, 0, 1}, 2, 2);
        GraphTrainer trainer = GraphTrainer.of(
                CreditAssignment.predictiveCoding(Schedule.strict(0.1, 20)),
                new Optimiser.Adam(0.02, 0.9, 0.999, 1e-8),
                2,
                400);
        GraphTrainer.Result result = trainer.train(
                net.graph(),
                trainer.begin(net.graph(), Precision.DOUBLE, 5),
                Observations.of(net.input(), x).and(net.output(), y),
                progress -> true);
        FeedForwardGraph down = network.fromAbove();
        Parameters same = Parameters.of(
                down.graph(), Precision.DOUBLE, result.parameters().snapshot());
        Schedule schedule = Schedule.strict(Motion.byCurvature(), 300);
        Tensor pictures = GraphInference.of(same, schedule)
                .run(Observations.of(down.input(), y))
                .values()
                .get(down.output());
        Tensor labels = GraphInference.of(result.parameters(), schedule)
                .run(Observations.of(net.input(), x))
                .values()
                .get(net.output());
        for (int i = 0; i < x.size(); i++) {
            assertThat(pictures.get(i)).isCloseTo(x.get(i), within(0.1));
        }
        for (int i = 0; i < y.size(); i++) {
            assertThat(labels.get(i)).isCloseTo(y.get(i), within(0.1));
        }
    }

    @Test
    void whatNeedsOnePredictionForEachNodeSaysSo() {
        FeedForwardGraph net = NETWORK.fromBelow();
        Observations both = Observations.of(net.input(), row(1, -2)).and(net.output(), row(3));
        assertThatThrownBy(() -> GraphInference.of(weights(net.graph()), Schedule.exact())
                        .run(both))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("need nodes with one prediction", "down h1", "Maybe use Schedule.strict");
    }

    @Test
    void whatCannotBeIsRefused() {
        FeedForwardGraph net = NETWORK.fromBelow();
        Node x = net.input();
        assertThatThrownBy(() -> TwoWay.of(2, 1)).hasMessageContaining("a layer between");
        assertThatThrownBy(() -> NETWORK.withWeights(0, 1)).hasMessageContaining("must be positive");
        assertThatThrownBy(() -> Observations.none(1).andPart(x, row(1, 2), row(1, 0.5)))
                .hasMessageContainingAll("1 (known) and 0 (not known)", "0.5");
        assertThatThrownBy(() -> Observations.none(1).andPart(x, row(1, 2), row(1)))
                .hasMessageContainingAll("[1, 2]", "[1, 1]");
        assertThatThrownBy(() -> infer(net, Observations.of(net.graph().node("down x"), row(0, 0))))
                .hasMessageContainingAll("down x", "always 0", "Maybe clamp the node that it predicts");
        assertThatThrownBy(
                        () -> infer(net, Observations.none(1).and(x, row(1, 2)).andPart(x, row(1, 2), row(1, 0))))
                .hasMessageContaining("clamped twice");
    }

    /** y = x Wᵀ with all of y known in part is y clamped: the same values, residual and forces of the hidden node. */
    @Test
    void aNodeKnownInAllItsPartsIsClamped() {
        FeedForwardGraph net = Mlp.of(2, 3, 2).withActivation(Operations.tanh()).build();
        Parameters parameters = net.graph().initialise(5, Precision.DOUBLE);
        Tensor x = Tensor.wrap(new double[] {0.3, -1, 2, 0.5}, 2, 2);
        Tensor y = Tensor.wrap(new double[] {100, -200, 300, 50}, 2, 2);
        Schedule schedule = Schedule.strict(0.05, 30);
        GraphEquilibrium whole = GraphInference.of(parameters, schedule)
                .run(Observations.of(net.input(), x).and(net.output(), y));
        GraphEquilibrium parts = GraphInference.of(parameters, schedule)
                .run(Observations.of(net.input(), x)
                        .andPart(net.output(), y, Tensor.wrap(new double[] {1, 1, 1, 1}, 2, 2)));
        assertThat(parts.residual()).isCloseTo(whole.residual(), within(1e-12));
        Node hidden = net.graph().node("h1");
        assertThat(parts.value(hidden).doubles())
                .containsExactly(whole.value(hidden).doubles(), within(1e-12));
        assertThat(parts.value(net.output()).doubles()).containsExactly(y.doubles(), within(0.0));
    }

    @Test
    void schedulesThatCannotTakeAPartRefuseIt() {
        FeedForwardGraph net = Mlp.of(2, 3, 2).build();
        Parameters parameters = net.graph().initialise(5, Precision.DOUBLE);
        Tensor x = Tensor.zeros(Precision.DOUBLE, 1, 2);
        Observations half =
                Observations.of(net.input(), x).andPart(net.output(), x, Tensor.wrap(new double[] {1, 0}, 1, 2));
        for (Schedule schedule : List.of(
                Schedule.nudged(0.1, Nudged.Side.CENTRED, Schedule.strict(0.1, 2)),
                new AugmentedLagrangian(Motion.gradient(0.1), 2, 1, 1))) {
            assertThatThrownBy(() -> GraphInference.of(parameters, schedule).run(half))
                    .hasMessageContaining("node y is known in part");
        }
        assertThatThrownBy(() -> Schedule.incremental(Motion.byCurvature(), 3))
                .hasMessageContaining("takes steps back");
    }
}
