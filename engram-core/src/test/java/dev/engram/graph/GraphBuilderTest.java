package dev.engram.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Graphs that make no sense are refused with the name of what is wrong and a way out. */
class GraphBuilderTest {
    private final GraphBuilder g = new GraphBuilder();
    private final Node x = g.input("x", 4);
    private final Parameter w = g.parameter("w", Initialiser.fanIn(), 3, 4);

    private static void refused(ThrowingCallable attempt, String... fragments) {
        assertThatThrownBy(attempt).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(fragments);
    }

    @Test
    void shapesThatDoNotFit() {
        Node h = g.value("h", g.dense(x, w));
        refused(() -> g.dense(h, w), "dense(h, w) does not fit", "[3, 4]", "[3]", "Maybe");
        Node z = g.free("z", 5);
        refused(() -> g.predict(z, g.relu(h)), "Node z[5] cannot be predicted by relu", "[3]", "Maybe reshape");
        refused(
                () -> g.parameter("s", Initialiser.zeros(), Constraint.SYMMETRIC_ZERO_DIAGONAL, 2, 3),
                "Parameter s",
                "[2, 3]");
        refused(() -> g.input("i", 0), "shape of i ([0])");
    }

    @Test
    void unknownNames() {
        ComputationGraph graph = g.build();
        refused(() -> graph.node("y"), "no node named y", "Maybe it is one of: x");
        refused(() -> graph.parameter("v"), "no parameter named v", "w");
    }

    @Test
    void twoPredictionsForOneNode() {
        Node h = g.value("h", g.dense(x, w));
        refused(() -> g.predict(h, g.dense(x, w)), "Node h is predicted twice", "dense(x, w)", "Maybe");
        refused(() -> g.predict(x, g.relu(x)), "Node x is an input", "Maybe declare it with free");
    }

    @Test
    void secondPredictionsThatDoNotFit() {
        Node h = g.value("h", g.dense(x, w));
        refused(() -> g.alsoPredict("again", h, x, 1), "Node h[3] cannot be predicted by x", "[4]", "Maybe reshape");
        refused(() -> g.alsoPredict("none", h, g.dense(x, w), 0), "precision of node none (0.0)");
        Node again = g.alsoPredict("again", h, g.tanh(h), 2);
        refused(() -> g.relu(again), "Node again stands for a second prediction", "Maybe use the node");
        refused(() -> g.alsoPredict("again", h, g.tanh(h), 2), "The name again is taken");
    }

    @Test
    void aFreeNodeThatIsNeverPredicted() {
        g.free("h", 3);
        refused(g::build, "Node h is free and was never predicted", "Maybe call predict(h, ..)");
    }

    @Test
    void nodesAndParametersOfAnotherGraph() {
        GraphBuilder other = new GraphBuilder();
        Node theirs = other.input("theirs", 4);
        Parameter weight = other.parameter("weight", Initialiser.zeros(), 3, 4);
        refused(() -> g.dense(theirs, w), "Node theirs belongs to another graph", "Maybe");
        refused(() -> g.dense(x, weight), "Parameter weight belongs to another graph", "Maybe");
        Parameters parameters = g.build().initialise(0, Precision.FLOAT);
        refused(() -> parameters.get(weight), "Parameter weight belongs to another graph");
        refused(() -> evaluation(parameters, Set.of(theirs)), "Node theirs belongs to another graph");
    }

    @Test
    void namesThatAreTaken() {
        refused(() -> g.input("w", 3), "name w is taken", "Maybe");
        refused(() -> g.parameter("x", Initialiser.zeros(), 3), "name x is taken");
        refused(() -> g.input(" ", 3), "need a name");
    }

    @Test
    void aNodeWithNoPathToAnythingObserved() {
        Node y = g.value("y", g.dense(x, w));
        g.value("stray", g.relu(y));
        Parameters parameters = g.build().initialise(0, Precision.FLOAT);
        refused(
                () -> evaluation(parameters, Set.of(x, y)),
                "Node stray has no path to an observed node",
                "Maybe clamp it");
        refused(() -> evaluation(parameters, Set.of(y)), "Node x is an input and was not observed", "Maybe");
    }

    @Test
    void clampsThatDoNotFit() {
        Node y = g.value("y", g.dense(x, w));
        refused(() -> Observations.of(x, tensor(2, 3)), "Node x cannot be clamped", "[2, 3]", "[2, 4]", "Maybe");
        refused(() -> Observations.of(x, tensor(2, 4)).and(y, tensor(1, 3)), "Node y", "[1, 3]", "[2, 3]");
        refused(() -> Observations.of(x, tensor(2, 4)).and(x, tensor(2, 4)), "Node x is clamped twice");
        Parameters parameters = g.build().initialise(0, Precision.FLOAT);
        GraphEvaluation evaluation = evaluation(parameters, Set.of(x, y));
        Tensor wide = Tensor.zeros(Precision.DOUBLE, 2, 4);
        refused(() -> evaluation.clamp(Observations.of(x, wide).and(y, tensor(2, 3))), "Node x", "DOUBLE", "FLOAT");
        refused(() -> evaluation.clamp(Observations.of(x, tensor(2, 4))), "expected");
        refused(() -> evaluation.begin(Map.of(y, tensor(2, 3))), "Node y is clamped");
    }

    @Test
    void aCategoricalNodePredictsNothing() {
        Node y = g.categorical("y", g.dense(x, w));
        refused(() -> g.relu(y), "Node y is categorical", "Maybe");
        Node scalar = g.input("scalar");
        refused(() -> g.categorical("c", g.sin(scalar)), "Node c is categorical", "sin");
        refused(() -> g.value("p", g.relu(x), 0), "precision of node p (0.0)");
    }

    @Test
    void parametersOfAnotherShape() {
        ComputationGraph graph = g.build();
        refused(() -> Parameters.of(graph, Precision.FLOAT, Map.of()), "Parameter w[3, 4] needs values", "nothing");
        refused(
                () -> Parameters.of(graph, Precision.FLOAT, Map.of("w", tensor(4, 3))),
                "Parameter w[3, 4]",
                "Tensor[4, 3]");
        refused(() -> Parameters.of(graph, Precision.FLOAT, Map.of("q", tensor(4, 3))), "no parameter named q");
    }

    @Test
    void parametersAreDrawnAsTheirInitialisersSay() {
        GraphBuilder b = new GraphBuilder();
        b.parameter("normal", Initialiser.normal(0.05), 100, 100);
        b.parameter("fan", Initialiser.fanIn(), 50, 4, 5, 5);
        b.parameter("constant", Initialiser.constant(3), 7);
        Parameters drawn = b.build().initialise(1, Precision.DOUBLE);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 10_000; i++) {
            sum += drawn.get("normal").get(i);
            squares += drawn.get("normal").get(i) * drawn.get("normal").get(i);
        }
        // Four standard errors of a mean and of a variance.
        assertThat(Math.abs(sum / 10_000)).isLessThan(4 * 0.05 / 100);
        assertThat(squares / 10_000).isBetween(0.0025 * (1 - 0.057), 0.0025 * (1 + 0.057));
        double largest = 0;
        for (int i = 0; i < 5_000; i++) {
            largest = Math.max(largest, Math.abs(drawn.get("fan").get(i)));
        }
        assertThat(largest).isBetween(0.0995, 0.1); // 1/√(4·5·5)
        assertThat(drawn.get("constant").doubles()).containsOnly(3);
        b.parameter("more", Initialiser.normal(1), 5);
        Parameters again = b.build().initialise(1, Precision.DOUBLE);
        assertThat(again.get("normal")).isEqualTo(drawn.get("normal"));
        assertThat(b.build().initialise(2, Precision.DOUBLE).get("normal")).isNotEqualTo(drawn.get("normal"));
    }

    private static Tensor tensor(int... shape) {
        return Tensor.zeros(Precision.FLOAT, shape);
    }

    private static GraphEvaluation evaluation(Parameters parameters, Set<Node> clamped) {
        return new GraphEvaluation(LinearAlgebra.shared(), parameters, 2, clamped);
    }
}
