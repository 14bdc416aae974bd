package dev.engram.graph.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.graph.ComputationGraph;
import dev.engram.graph.Constraint;
import dev.engram.graph.GraphBuilder;
import dev.engram.graph.Initialiser;
import dev.engram.graph.Node;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameter;
import dev.engram.graph.Parameters;
import dev.engram.graph.Term;
import dev.engram.graph.op.Accumulation;
import dev.engram.graph.op.Binding;
import dev.engram.graph.op.ExampleRange;
import dev.engram.graph.op.Kernel;
import dev.engram.graph.op.Operation;
import dev.engram.inference.Status;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphInferenceTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();

    /** y1 = 2·5, y2 = √y1, y3 = 5² = 25, y4 = tan y2 + sin y3, target 1. */
    private static final class Scalar {
        final Parameter y0;
        final Node y4;
        final Parameters parameters;
        final Observations target;

        Scalar() {
            GraphBuilder g = new GraphBuilder();
            y0 = g.parameter("y0", Initialiser.constant(5));
            Node y1 = g.value("y1", g.scale(g.broadcast(y0), 2));
            Node y2 = g.value("y2", g.sqrt(y1));
            Node y3 = g.value("y3", g.square(g.broadcast(y0)));
            y4 = g.value("y4", g.add(g.tan(y2), g.sin(y3)));
            parameters = g.build().initialise(0, Precision.DOUBLE);
            target = Observations.of(y4, Tensor.wrap(new double[] {1}, 1));
        }

        double slope(Schedule schedule) {
            return -GraphInference.of(parameters, schedule)
                    .run(target)
                    .parameterForces()
                    .get(y0)
                    .get(0);
        }

        double slope() {
            return -Backpropagation.of(LA, parameters, target)
                    .parameterForces()
                    .get(y0)
                    .get(0);
        }
    }

    /** y4 and dL/dy0 by hand: tan √10 + sin 25; (y4 - 1) (sec² √10 · 2/(2 √10) + 10 cos 25). */
    @Test
    void theScalarGraphHasTheValueAndSlopeWorkedOutByHand() {
        Scalar scalar = new Scalar();
        double[] y4 = new double[1];
        GraphInference.of(scalar.parameters, Schedule.fixedPrediction(0.1, 0))
                .withObserver(step -> {
                    y4[0] = step.evaluation().prediction(scalar.y4).get(0);
                    return true;
                })
                .run(scalar.target);
        assertThat(y4[0]).isCloseTo(-0.111663793, within(1e-9));
        assertThat(scalar.slope()).isCloseTo(-11.3705321867, within(1e-9));
    }

    /**
     * The error of a node k hops from the target after t steps is its equilibrium times P(at least k of t steps of probability η hit). y0 sees
     * y3 (1 hop, slope 10 cos 25 of the whole) and y1 (2 hops, sec² √10 / √10). The published figures count the step that only sets the first
     * error, so that 100 of theirs are 99 of ours.
     */
    @ParameterizedTest
    @CsvSource({
        "0.02, 99, 1.64, 0.01",
        "0.02, 499, 6.3e-4, 5e-6",
        "0.1, 99, 4.5e-4, 5e-6",
        "0.02, 100, 0, 0",
        "0.1, 100, 0, 0",
        "0.02, 500, 0, 0"
    })
    void fixedPredictionApproachesBackpropagationAtTheBinomialRate(
            double eta, int steps, double published, double tolerance) {
        Scalar scalar = new Scalar();
        double y4 = Math.tan(Math.sqrt(10)) + Math.sin(25);
        double near = (y4 - 1) * 10 * Math.cos(25);
        double far = (y4 - 1) / (Math.cos(Math.sqrt(10)) * Math.cos(Math.sqrt(10)) * Math.sqrt(10));
        double none = Math.pow(1 - eta, steps);
        double one = steps * eta * Math.pow(1 - eta, steps - 1);
        double missing = Math.abs(near * none + far * (none + one));
        double gap = Math.abs(scalar.slope(Schedule.fixedPrediction(eta, steps)) - scalar.slope());
        assertThat(gap).isCloseTo(missing, within(1e-9));
        if (published > 0) {
            assertThat(gap).isCloseTo(published, within(tolerance));
        }
    }

    @Test
    void theScalarGraphIsExactWithEtaOneAfterItsDepthAndAtTenthsAfter500Steps() {
        Scalar scalar = new Scalar();
        assertThat(scalar.slope(Schedule.fixedPrediction(0.1, 500))).isCloseTo(scalar.slope(), within(1e-12));
        assertThat(scalar.slope(Schedule.fixedPrediction(1, 2))).isCloseTo(scalar.slope(), within(1e-14));
        assertThat(scalar.slope(Schedule.exact())).isCloseTo(scalar.slope(), within(1e-14));
        assertThat(scalar.slope(Schedule.strict(0.1, 500)))
                .as("strict inference is not backpropagation")
                .isNotCloseTo(scalar.slope(), within(1e-2));
    }

    /** A small convolutional network, a node per layer. */
    private static ComputationGraph cnn(boolean categorical) {
        GraphBuilder g = new GraphBuilder();
        Node x = g.input("x", 3, 12, 12);
        Node h1 = g.value("h1", g.relu(g.conv2d(x, g.parameter("w1", Initialiser.fanIn(), 4, 3, 3, 3))));
        Node p1 = g.value("p1", g.maxPool(h1, 2));
        Node h2 = g.value("h2", g.relu(g.conv2d(p1, g.parameter("w2", Initialiser.fanIn(), 6, 4, 3, 3))));
        Parameter w3 = g.parameter("w3", Initialiser.fanIn(), 20, 54);
        Node h3 = g.value("h3", g.relu(g.dense(g.flatten(h2), w3, g.parameter("b3", Initialiser.uniform(0.1), 20))), 2);
        Parameter w4 = g.parameter("w4", Initialiser.fanIn(), 5, 20);
        if (categorical) {
            g.categorical("y", g.dense(h3, w4), 0.5);
        } else {
            g.value("y", g.dense(h3, w4), 0.5);
        }
        return g.build();
    }

    private static Observations cnnBatch(ComputationGraph graph, Precision precision, int batch) {
        Tensor labels = Tensor.zeros(precision, batch, 5);
        for (int i = 0; i < batch; i++) {
            labels.set(i * 5 + i % 5, 1);
        }
        return Observations.of(graph.node("x"), random(precision, 3, batch, 3, 12, 12))
                .and(graph.node("y"), labels);
    }

    /** Three steps of a recurrent network that shares its parameters; the last state predicts a class. */
    private static ComputationGraph rnn() {
        GraphBuilder g = new GraphBuilder();
        Node x = g.input("x", 3, 4);
        Parameter wx = g.parameter("wx", Initialiser.fanIn(), 6, 4);
        Parameter wh = g.parameter("wh", Initialiser.normal(0.4), 6, 6);
        Node h = g.value("h1", g.tanh(g.dense(g.reshape(g.slice(x, 0, 0, 1), 4), wx)));
        for (int t = 1; t < 3; t++) {
            Node before = h;
            h = g.value(
                    "h" + (t + 1),
                    g.tanh(g.add(g.dense(g.reshape(g.slice(x, 0, t, t + 1), 4), wx), g.dense(before, wh))));
        }
        g.categorical("y", g.dense(h, g.parameter("wy", Initialiser.fanIn(), 3, 6)));
        return g.build();
    }

    private static Observations rnnBatch(ComputationGraph graph, Precision precision, int batch) {
        Tensor labels = Tensor.zeros(precision, batch, 3);
        for (int i = 0; i < batch; i++) {
            labels.set(i * 3 + i % 3, 1);
        }
        return Observations.of(graph.node("x"), random(precision, 5, batch, 3, 4))
                .and(graph.node("y"), labels);
    }

    @Test
    void convergedFixedPredictionsGiveTheForcesOfBackpropagationOnACnn() {
        ComputationGraph graph = cnn(false);
        agrees(graph, cnnBatch(graph, Precision.FLOAT, 7));
        ComputationGraph categorical = cnn(true);
        agrees(categorical, cnnBatch(categorical, Precision.FLOAT, 65)); // enough for several lanes
    }

    @Test
    void convergedFixedPredictionsGiveTheForcesOfBackpropagationOnAnRnn() {
        ComputationGraph graph = rnn();
        agrees(graph, rnnBatch(graph, Precision.FLOAT, 4));
    }

    private static void agrees(ComputationGraph graph, Observations batch) {
        Parameters parameters = graph.initialise(6, Precision.FLOAT);
        Backpropagation.Result truth = Backpropagation.of(LA, parameters, batch);
        GraphEquilibrium fixed = GraphInference.of(parameters, Schedule.fixedPrediction(0.2, 200))
                .run(batch);
        assertThat(distance(truth.parameterForces(), fixed.parameterForces())).isLessThan(1e-3);
        assertThat(fixed.status()).isEqualTo(Status.CONVERGED);
        for (Map.Entry<Node, Tensor> entry : truth.nodeForces().entrySet()) {
            Node node = entry.getKey();
            Tensor scaled = fixed.errors().get(node).copy();
            scaled.scale(node.precision());
            assertThat(distance(entry.getValue(), scaled)).as(node.name()).isLessThan(1e-3);
        }
        GraphEquilibrium exact = GraphInference.of(parameters, Schedule.exact()).run(batch);
        assertThat(distance(truth.parameterForces(), exact.parameterForces())).isLessThan(1e-5);
        GraphEquilibrium strict =
                GraphInference.of(parameters, Schedule.strict(0.1, 200)).run(batch);
        assertThat(distance(truth.parameterForces(), strict.parameterForces())).isGreaterThan(1e-2);
        assertThat(strict.totalEnergy()).isLessThan(truth.loss());
    }

    /** What the observer sees between steps is what a run that nobody watches passes through. */
    @Test
    void watchingChangesNothing() {
        ComputationGraph graph = cnn(true);
        Parameters parameters = graph.initialise(6, Precision.FLOAT);
        Observations batch = cnnBatch(graph, Precision.FLOAT, 65);
        for (Schedule schedule : List.of(Schedule.fixedPrediction(0.1, 9), Schedule.strict(0.1, 9))) {
            List<Double> gaps = new ArrayList<>();
            Parameters truth = Backpropagation.of(LA, parameters, batch).parameterForces();
            GraphEquilibrium watched = GraphInference.of(parameters, schedule)
                    .withObserver(step -> gaps.add(distance(truth, step.parameterForces())))
                    .run(batch);
            GraphEquilibrium alone = GraphInference.of(parameters, schedule).run(batch);
            assertThat(watched.parameterForces().snapshot())
                    .isEqualTo(alone.parameterForces().snapshot());
            assertThat(watched.values()).isEqualTo(alone.values());
            assertThat(gaps).hasSize(10);
            if (schedule instanceof FixedPrediction) {
                assertThat(gaps.get(9)).isLessThan(gaps.get(0));
            }
        }
    }

    @Test
    void reverseModeIsTheFiniteDifferenceOfTheLoss() {
        ComputationGraph graph = rnn();
        checkDifferences(graph, rnnBatch(graph, Precision.DOUBLE, 3));
        for (boolean categorical : new boolean[] {false, true}) {
            ComputationGraph pictures = cnn(categorical);
            checkDifferences(pictures, cnnBatch(pictures, Precision.DOUBLE, 2));
        }
    }

    private static void checkDifferences(ComputationGraph graph, Observations batch) {
        Parameters parameters = graph.initialise(9, Precision.DOUBLE);
        Parameters forces = Backpropagation.of(LA, parameters, batch).parameterForces();
        for (Parameter parameter : graph.parameters()) {
            Tensor theta = parameters.get(parameter);
            for (int i = 0; i < theta.size(); i += 1 + theta.size() / 5) {
                double at = theta.get(i);
                theta.set(i, at + 1e-6);
                double above = Backpropagation.of(LA, parameters, batch).loss();
                theta.set(i, at - 1e-6);
                double below = Backpropagation.of(LA, parameters, batch).loss();
                theta.set(i, at);
                double slope = (above - below) / 2e-6;
                assertThat(forces.get(parameter).get(i))
                        .as("%s, number %d", parameter, i)
                        .isCloseTo(-slope, within(1e-6 * (1 + Math.abs(slope))));
            }
        }
    }

    /** Two layers that predict each other and themselves, under a constraint. */
    private static ComputationGraph cycle() {
        GraphBuilder g = new GraphBuilder();
        Parameter w = g.parameter("w", Initialiser.normal(0.5), Constraint.SYMMETRIC_ZERO_DIAGONAL, 5, 5);
        Parameter u = g.parameter("u", Initialiser.normal(0.5), 4, 5);
        Parameter back = g.parameter("back", Initialiser.normal(0.5), 5, 4);
        Node h = g.free("h", 5);
        Node z = g.value("z", g.tanh(g.dense(h, u)), 0.7);
        g.predict(h, g.add(g.tanh(g.dense(h, w)), g.dense(z, back)));
        Node y = g.value("y", g.dense(z, g.parameter("o", Initialiser.normal(0.5), 2, 4)));
        assertThat(y.precision()).isEqualTo(1);
        return g.build();
    }

    @Test
    void onACyclicGraphStrictInferenceLowersTheEnergyAtEveryStep() {
        ComputationGraph graph = cycle();
        Parameters parameters = graph.initialise(2, Precision.FLOAT);
        Observations target = Observations.of(graph.node("y"), random(Precision.FLOAT, 4, 3, 2));
        List<Double> energies = new ArrayList<>();
        GraphEquilibrium result = GraphInference.of(parameters, Schedule.strict(0.05, 400))
                .withObserver(step -> energies.add(step.totalEnergy()))
                .run(target, Map.of(graph.node("h"), random(Precision.FLOAT, 5, 3, 5)));
        for (int i = 1; i < energies.size(); i++) {
            assertThat(energies.get(i)).isLessThanOrEqualTo(energies.get(i - 1) * (1 + 1e-6));
        }
        assertThat(energies).hasSize(401);
        assertThat(result.totalEnergy()).isLessThan(0.5 * energies.get(0));
    }

    /** The step's direction is -∂E/∂v and the parameters' forces are -∂E/∂θ, by finite differences of E at the same values. */
    @Test
    void onACyclicGraphForcesAreFiniteDifferencesOfTheEnergy() {
        ComputationGraph graph = cycle();
        Parameters parameters = graph.initialise(2, Precision.DOUBLE);
        Observations target = Observations.of(graph.node("y"), random(Precision.DOUBLE, 4, 1, 2));
        Tensor h = random(Precision.DOUBLE, 5, 1, 5);
        Tensor z = random(Precision.DOUBLE, 6, 1, 4);
        Map<Node, Tensor> start = Map.of(graph.node("h"), h, graph.node("z"), z);
        double eta = 1e-3;
        GraphEquilibrium moved =
                GraphInference.of(parameters, Schedule.strict(eta, 1)).run(target, start);
        for (Map.Entry<Node, Tensor> entry : start.entrySet()) {
            Tensor v = entry.getValue();
            for (int i = 0; i < v.size(); i++) {
                double force = (moved.values().get(entry.getKey()).get(i) - v.get(i)) / eta;
                assertThat(force).isCloseTo(-slope(v, i, parameters, target, start), within(1e-6));
            }
        }
        GraphEquilibrium still =
                GraphInference.of(parameters, Schedule.strict(eta, 0)).run(target, start);
        Tensor u = parameters.get("u");
        for (int i = 0; i < u.size(); i++) {
            assertThat(still.parameterForces().get("u").get(i))
                    .isCloseTo(-slope(u, i, parameters, target, start), within(1e-6));
        }
        Tensor w = parameters.get("w");
        Tensor force = still.parameterForces().get("w");
        for (int i = 0; i < 5; i++) {
            assertThat(w.get(i * 5 + i)).isZero();
            assertThat(force.get(i * 5 + i)).isZero();
            for (int j = 0; j < i; j++) {
                assertThat(w.get(i * 5 + j)).isEqualTo(w.get(j * 5 + i));
                double mean = -0.5
                        * (slope(w, i * 5 + j, parameters, target, start)
                                + slope(w, j * 5 + i, parameters, target, start));
                assertThat(force.get(i * 5 + j)).isCloseTo(mean, within(1e-6));
                assertThat(force.get(j * 5 + i)).isCloseTo(mean, within(1e-6));
            }
        }
    }

    private static double slope(
            Tensor variable, int index, Parameters parameters, Observations target, Map<Node, Tensor> start) {
        GraphInference still = GraphInference.of(parameters, Schedule.strict(1, 0));
        double at = variable.get(index);
        variable.set(index, at + 1e-6);
        double above = still.run(target, start).totalEnergy();
        variable.set(index, at - 1e-6);
        double below = still.run(target, start).totalEnergy();
        variable.set(index, at);
        return (above - below) / 2e-6;
    }

    @Test
    void aNodeThatPredictsItselfRelaxesWithNothingObserved() {
        GraphBuilder g = new GraphBuilder();
        Node h = g.free("h", 1);
        g.predict(h, g.scale(h, 0.5)); // E = ½ (h/2)², so h shrinks by η/4 a step
        Parameters none = g.build().initialise(0, Precision.DOUBLE);
        Tensor start = Tensor.wrap(new double[] {8}, 1, 1);
        GraphEquilibrium result =
                GraphInference.of(none, Schedule.strict(0.4, 3)).run(Observations.none(1), Map.of(h, start));
        assertThat(result.values().get(h).get(0)).isCloseTo(8 * 0.9 * 0.9 * 0.9, within(1e-12));
    }

    @Test
    void aStepSizeThatIsTooLargeEndsWithAStatusAndFiniteValues() {
        ComputationGraph graph = cycle();
        Parameters parameters = graph.initialise(2, Precision.FLOAT);
        Observations target = Observations.of(graph.node("y"), random(Precision.FLOAT, 4, 3, 2));
        GraphEquilibrium rose =
                GraphInference.of(parameters, Schedule.strict(5, 10)).run(target);
        assertThat(rose.status()).isEqualTo(Status.ENERGY_ROSE);
        GraphEquilibrium diverged =
                GraphInference.of(parameters, Schedule.strict(50, 500)).run(target);
        assertThat(diverged.status()).isEqualTo(Status.DIVERGED);
        assertThat(diverged.values().values()).allMatch(Tensor::isFinite);
    }

    /** y = x³, written by somebody else. */
    private static final class Cube implements Operation {
        @Override
        public String name() {
            return "cube";
        }

        @Override
        public int[] outputShape(List<int[]> inputs, List<int[]> parameters) {
            return inputs.get(0);
        }

        @Override
        public Kernel prepare(Binding binding) {
            double[] x = binding.inputs().get(0).doubles();
            double[] y = binding.output().doubles();
            return new Kernel() {
                @Override
                public void compute(ExampleRange examples) {
                    for (int i = examples.begin(binding.output()); i < examples.end(binding.output()); i++) {
                        y[i] = x[i] * x[i] * x[i];
                    }
                }

                @Override
                public void pullBack(int input, Tensor delta, Tensor into, Accumulation mode, ExampleRange examples) {
                    for (int i = examples.begin(into); i < examples.end(into); i++) {
                        double pulled = 3 * x[i] * x[i] * delta.get(i);
                        into.set(i, mode == Accumulation.SET ? pulled : into.get(i) + pulled);
                    }
                }
            };
        }
    }

    /** θ = 2, y = θ³ + θ³ = 16, target 15: -dL/dθ = (15 - 16) · 2 · 3 · 4 = -24. */
    @Test
    void anOperationOfOnesOwnTakesPartLikeAnyOther() {
        GraphBuilder g = new GraphBuilder();
        Parameter theta = g.parameter("theta", Initialiser.constant(2), 1);
        Node h = g.value("h", g.broadcast(theta));
        Term cube = g.apply(new Cube(), List.of(h), List.of());
        Node y = g.value("y", g.add(cube, cube));
        Parameters parameters = g.build().initialise(0, Precision.DOUBLE);
        Observations target = Observations.of(y, Tensor.wrap(new double[] {15}, 1, 1));
        assertThat(Backpropagation.of(LA, parameters, target)
                        .parameterForces()
                        .get(theta)
                        .get(0))
                .isEqualTo(-24);
        assertThat(GraphInference.of(parameters, Schedule.fixedPrediction(1, 1))
                        .run(target)
                        .parameterForces()
                        .get(theta)
                        .get(0))
                .isEqualTo(-24);
    }

    @Test
    void anObserverStopsInference() {
        Scalar scalar = new Scalar();
        for (Schedule schedule : List.of(Schedule.fixedPrediction(0.1, 50), Schedule.strict(0.01, 50))) {
            GraphEquilibrium result = GraphInference.of(scalar.parameters, schedule)
                    .withObserver(step -> step.step() < 4)
                    .run(scalar.target);
            assertThat(result.status()).isEqualTo(Status.CANCELLED);
            assertThat(result.steps()).isEqualTo(4);
        }
    }

    @Test
    void cyclesAreRefusedWhereAFeedForwardPassIsNeeded() {
        ComputationGraph graph = cycle();
        Parameters parameters = graph.initialise(2, Precision.FLOAT);
        Observations target = Observations.of(graph.node("y"), random(Precision.FLOAT, 4, 3, 2));
        for (Schedule schedule : List.of(Schedule.exact(), Schedule.fixedPrediction(0.1, 3))) {
            assertThatThrownBy(() -> GraphInference.of(parameters, schedule).run(target))
                    .hasMessageContainingAll("node h is free", "Maybe use Schedule.strict");
        }
        assertThatThrownBy(() -> Backpropagation.of(LA, parameters, target)).hasMessageContaining("node h is free");
        assertThatThrownBy(() -> Schedule.strict(0, 3)).hasMessageContaining("step size (0.0)");
    }

    /** The largest over the parameters. */
    private static double distance(Parameters a, Parameters b) {
        return a.graph().parameters().stream()
                .mapToDouble(parameter -> distance(a.get(parameter), b.get(parameter)))
                .max()
                .orElseThrow();
    }

    /** |a - b| / |a|. */
    private static double distance(Tensor a, Tensor b) {
        double difference = 0;
        double length = 0;
        for (int i = 0; i < a.size(); i++) {
            difference += (a.get(i) - b.get(i)) * (a.get(i) - b.get(i));
            length += a.get(i) * a.get(i);
        }
        return Math.sqrt(difference / length);
    }

    private static Tensor random(Precision precision, long seed, int... shape) {
        SplittableRandom random = new SplittableRandom(seed);
        Tensor t = Tensor.zeros(precision, shape);
        for (int i = 0; i < t.size(); i++) {
            t.set(i, 2 * random.nextDouble() - 1);
        }
        return t;
    }
}
