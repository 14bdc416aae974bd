package dev.engram.graph.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.graph.ComputationGraph;
import dev.engram.graph.Expression;
import dev.engram.graph.GraphBuilder;
import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Initialiser;
import dev.engram.graph.Node;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameter;
import dev.engram.graph.Parameters;
import dev.engram.inference.Status;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummedStepsTest {
    /** v1 = x, v2 = 2 v1, y = 3 v2 = 6, target 7: ε = 1 at y; 3 one and 6 two predictions away, of which 3/4 and 1/4 arrive. */
    @Test
    void afterTwoStepsOfAHalfThreeQuartersOfTheNearErrorAndAQuarterOfTheFarOneHaveArrived() {
        GraphBuilder g = new GraphBuilder();
        Node x = g.input("x", 1);
        Node v1 = g.value("v1", x);
        Node v2 = g.value("v2", g.scale(v1, 2));
        Node y = g.value("y", g.scale(v2, 3));
        Parameters parameters = g.build().initialise(0, Precision.DOUBLE);
        Observations known = Observations.of(x, one(1)).and(y, one(7));
        GraphEquilibrium found =
                GraphInference.of(parameters, Schedule.fixedPrediction(0.5, 2)).run(known);
        assertThat(found.errors().get(v2).get(0)).isCloseTo(0.75 * 3, within(1e-12));
        assertThat(found.errors().get(v1).get(0)).isCloseTo(0.25 * 6, within(1e-12));
        assertThat(found.values().get(v1).get(0)).isCloseTo(1 + 0.25 * 6, within(1e-12));
        assertThat(found.steps()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "CHAIN, 0.1, 20",
        "CHAIN, 1, 4",
        "CHAIN, 1, 12",
        "SKIPS, 0.1, 40",
        "SKIPS, 1, 9",
        "SKIPS, 0.3, 3",
        "SKIPS, 0.02, 12"
    })
    void summedStepsEndWhereTheStepsOneByOneDo(Kind kind, double eta, int steps) {
        for (Precision precision : Precision.values()) {
            Example example = example(kind, precision, 1);
            GraphInference inference = GraphInference.of(example.parameters, Schedule.fixedPrediction(eta, steps));
            GraphEquilibrium summed = inference.run(example.known);
            GraphEquilibrium stepped = GraphInference.of(
                            example.parameters, Schedule.stepwiseFixedPrediction(eta, steps))
                    .run(example.known);
            double tolerance = precision == Precision.FLOAT ? 1e-5 : 1e-13;
            for (Node node : example.graph.nodes()) {
                assertClose(summed.errors().get(node), stepped.errors().get(node), tolerance);
                assertClose(summed.values().get(node), stepped.values().get(node), tolerance);
            }
            for (Parameter parameter : example.graph.parameters()) {
                assertClose(
                        summed.parameterForces().get(parameter),
                        stepped.parameterForces().get(parameter),
                        tolerance);
            }
            assertThat(summed.residual()).isCloseTo(stepped.residual(), within(1e-5));
            assertThat(summed.status()).isEqualTo(stepped.status());
            assertThat(summed.totalEnergy()).isCloseTo(stepped.totalEnergy(), within(1e-5 * stepped.totalEnergy()));
        }
    }

    @ParameterizedTest
    @CsvSource({"CHAIN, 0.1", "CHAIN, 1", "SKIPS, 0.1"})
    void everyStepThatIsWatchedIsTheStepTakenByItself(Kind kind, double eta) {
        int steps = 12;
        int stop = 9;
        for (Precision precision : Precision.values()) {
            Example example = example(kind, precision, 1);
            Watched summed = new Watched(stop);
            Watched stepped = new Watched(stop);
            GraphInference.of(example.parameters, Schedule.fixedPrediction(eta, steps))
                    .withObserver(summed)
                    .run(example.known);
            GraphEquilibrium end = GraphInference.of(example.parameters, Schedule.stepwiseFixedPrediction(eta, steps))
                    .withObserver(stepped)
                    .run(example.known);
            assertThat(end.status()).isEqualTo(Status.CANCELLED);
            assertThat(summed.errors).hasSize(stop + 1).hasSameSizeAs(stepped.errors);
            double tolerance = precision == Precision.FLOAT ? 1e-5 : 1e-13;
            for (int t = 0; t <= stop; t++) {
                for (Node node : example.graph.nodes()) {
                    assertClose(
                            summed.errors.get(t).get(node),
                            stepped.errors.get(t).get(node),
                            tolerance);
                }
                for (Parameter parameter : example.graph.parameters()) {
                    assertClose(
                            summed.forces.get(t).get(parameter),
                            stepped.forces.get(t).get(parameter),
                            tolerance);
                }
            }
        }
    }

    /** Keeps the errors and the forces on the parameters of every step up to one, where it stops. */
    private static final class Watched implements GraphObserver {
        private final int stop;
        private final List<Map<Node, Tensor>> errors = new ArrayList<>();
        private final List<Parameters> forces = new ArrayList<>();

        Watched(int stop) {
            this.stop = stop;
        }

        @Override
        public boolean onStep(GraphStep step) {
            assertThat(step.step()).isEqualTo(errors.size());
            Map<Node, Tensor> now = new HashMap<>();
            GraphEvaluation evaluation = step.evaluation();
            evaluation
                    .graph()
                    .nodes()
                    .forEach(node -> now.put(node, evaluation.error(node).copy()));
            errors.add(now);
            forces.add(step.parameterForces());
            return step.step() < stop;
        }
    }

    @ParameterizedTest
    @CsvSource({"CHAIN, 10, true", "CHAIN, 1, false", "SKIPS, 10, true", "SKIPS, 4, false"})
    void itIsUsedWhereItNeedsFewerPassesThanThereAreSteps(Kind kind, int steps, boolean pays) {
        assertThat(pays(kind, 1, Schedule.fixedPrediction(0.5, steps))).isEqualTo(pays);
    }

    @Test
    void itIsNotUsedWithOtherPrecisionsOrStepsAboveOne() {
        assertThat(pays(Kind.CHAIN, 2, Schedule.fixedPrediction(0.1, 50))).isFalse();
        assertThat(pays(Kind.CHAIN, 1, Schedule.fixedPrediction(1.5, 50))).isFalse();
    }

    private static boolean pays(Kind kind, double precision, Schedule schedule) {
        Example example = example(kind, Precision.FLOAT, precision);
        GraphEvaluation evaluation =
                new GraphEvaluation(LinearAlgebra.shared(), example.parameters, 7, example.known.nodes());
        return new SummedSteps(
                        evaluation, (FixedPrediction) schedule, evaluation.sweepTo(Set.copyOf(evaluation.inferred())))
                .pays();
    }

    private enum Kind {
        CHAIN,
        SKIPS
    }

    private record Example(ComputationGraph graph, Parameters parameters, Observations known) {}

    /** Six hidden layers; with skips each also sees the one before its own predecessor, and the middle one is observed by a second target. */
    private static Example example(Kind kind, Precision precision, double weight) {
        GraphBuilder g = new GraphBuilder();
        Node x = g.input("x", 5);
        Node before = x;
        Node last = x;
        Observations known = Observations.of(x, random(precision, 7, 5, 1));
        for (int l = 1; l <= 6; l++) {
            Parameter w = g.parameter("w" + l, Initialiser.normal(0.6), 5, 5);
            Expression prediction = g.tanh(g.dense(last, w));
            Node next = g.value("h" + l, kind == Kind.SKIPS && l > 1 ? g.add(prediction, before) : prediction, weight);
            before = last;
            last = next;
            if (kind == Kind.SKIPS && l == 3) {
                Node other = g.value("other", g.square(next), 2);
                known = known.and(other, random(precision, 7, 5, 2));
            }
        }
        Node y = g.categorical("y", g.dense(last, g.parameter("v", Initialiser.normal(0.6), 3, 5)));
        Tensor target = Tensor.zeros(precision, 7, 3);
        for (int i = 0; i < 7; i++) {
            target.set(i * 3 + i % 3, 1);
        }
        ComputationGraph graph = g.build();
        return new Example(graph, graph.initialise(3, precision), known.and(y, target));
    }

    private static Tensor one(double value) {
        return Tensor.wrap(new double[] {value}, 1, 1);
    }

    private static Tensor random(Precision precision, int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Tensor tensor = Tensor.zeros(precision, rows, columns);
        for (int i = 0; i < tensor.size(); i++) {
            tensor.set(i, random.nextGaussian());
        }
        return tensor;
    }

    private static void assertClose(Tensor actual, Tensor expected, double tolerance) {
        double largest = 1e-30;
        for (int i = 0; i < expected.size(); i++) {
            largest = Math.max(largest, Math.abs(expected.get(i)));
        }
        for (int i = 0; i < expected.size(); i++) {
            assertThat(actual.get(i)).isCloseTo(expected.get(i), within(tolerance * Math.max(largest, 1e-3)));
        }
    }
}
