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
import dev.engram.graph.NodeEnergy;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameters;
import dev.engram.graph.op.Operations;
import dev.engram.inference.Status;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Schedules beside those of the paper: fixed points in closed form on a linear graph, and what they say of themselves. */
class SchedulesTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();
    private static final LinearGraph LINEAR = new LinearGraph(1);

    private static GraphEquilibrium run(LinearGraph on, Schedule schedule) {
        return GraphInference.of(on.parameters, schedule).run(on.observations);
    }

    static Stream<Schedule> toTheMinimum() {
        return Stream.of(
                Schedule.strict(0.1, 20_000).until(1e-12),
                Schedule.strict(Motion.heavyBall(0.05, 0.9), 20_000).until(1e-12),
                Schedule.strict(Motion.nesterov(0.05, 0.9), 20_000).until(1e-12),
                Schedule.strict(Motion.byCurvature(), 20_000).until(1e-10), // its guard ends where energies round
                Schedule.errorBased(0.1, 20_000).until(1e-12),
                Schedule.nudged(
                        1, Nudged.Side.POSITIVE, Schedule.strict(0.1, 20_000).until(1e-12)));
    }

    @ParameterizedTest
    @MethodSource("toTheMinimum")
    void aLinearGraphSettlesWhereItsEnergyIsLeastAndTheStepsEnd(Schedule schedule) {
        GraphEquilibrium found = run(LINEAR, schedule);
        assertThat(found.status()).isEqualTo(Status.CONVERGED);
        assertThat(found.steps()).isBetween(10, 5_000);
        assertThat(found.residual()).isLessThan(1e-8);
        for (int e = 0; e < LinearGraph.BATCH; e++) {
            assertClose(LINEAR.hidden(found.values(), e), LINEAR.settled(e, 1), 1e-7);
        }
        for (int layer = 1; layer <= 3; layer++) {
            assertClose(found.parameterForces().get("w" + layer), LINEAR.forces(layer, 1), 1e-6);
        }
    }

    @Test
    void inertiaMovesAsPolyakAndNesterovWroteIt() {
        double eta = 0.07;
        double beta = 0.8;
        double[] start = LINEAR.hidden(run(LINEAR, Schedule.strict(eta, 0)).values(), 0);
        double[] v = start.clone();
        double[] u = new double[v.length];
        double[] x = start.clone();
        double[] ahead = start.clone();
        for (int t = 0; t < 7; t++) {
            double[] force = force(v);
            double[] forceAhead = force(ahead);
            for (int i = 0; i < v.length; i++) {
                u[i] = beta * u[i] + force[i];
                v[i] += eta * u[i];
                double next = ahead[i] + eta * forceAhead[i];
                ahead[i] = next + beta * (next - x[i]);
                x[i] = next;
            }
        }
        assertClose(hidden(Schedule.strict(Motion.heavyBall(eta, beta), 7)), v, 1e-12);
        assertClose(hidden(Schedule.strict(Motion.nesterov(eta, beta), 7)), ahead, 1e-12);
    }

    /** H (v* - v), for the first example. */
    private static double[] force(double[] v) {
        double[][] h = LINEAR.hessian(1);
        double[] settled = LINEAR.settled(0, 1);
        double[] force = new double[v.length];
        for (int i = 0; i < v.length; i++) {
            for (int j = 0; j < v.length; j++) {
                force[i] += h[i][j] * (settled[j] - v[j]);
            }
        }
        return force;
    }

    private static double[] hidden(Schedule schedule) {
        return LINEAR.hidden(run(LINEAR, schedule).values(), 0);
    }

    @Test
    void theLargestCurvatureIsTheLargestEigenvalueOfTheHessian() {
        GraphEvaluation evaluation =
                new GraphEvaluation(LA, LINEAR.parameters, LinearGraph.BATCH, LINEAR.observations.nodes());
        new GraphSession(evaluation, Schedule.strict(0.1, 3)).run(LINEAR.observations, Map.of(), GraphObserver.NONE);
        Tensor before = evaluation.value(LINEAR.h1).copy();
        double expected = LinearGraph.largestEigenvalue(LINEAR.hessian(1));
        for (double found : Curvature.largest(evaluation, 200)) {
            assertThat(found).isCloseTo(expected, within(1e-5 * expected));
        }
        assertThat(evaluation.value(LINEAR.h1)).isEqualTo(before);
    }

    @Test
    void aStepFromTheCurvatureNeverRaisesTheEnergyWhereAFixedOneDiverges() {
        LinearGraph steep = new LinearGraph(30);
        assertThat(run(steep, Schedule.strict(0.1, 300)).status()).isEqualTo(Status.DIVERGED);
        List<Double> energies = new ArrayList<>();
        GraphEquilibrium found = GraphInference.of(steep.parameters, Schedule.strict(Motion.byCurvature(), 300))
                .withObserver(step -> energies.add(step.totalEnergy()))
                .run(steep.observations);
        assertThat(found.status()).isIn(Status.STEPS_USED, Status.CONVERGED);
        for (int t = 1; t < energies.size(); t++) {
            assertThat(energies.get(t)).isLessThanOrEqualTo(energies.get(t - 1) * (1 + 1e-6));
        }
        assertThat(energies.get(300)).isLessThan(0.5 * energies.get(0));
    }

    /** Three layers of tanh and cross-entropy; inferred precisions of 1. */
    private static final class Classifier {
        final FeedForwardGraph net = Mlp.of(6, 8, 7, 4)
                .withActivation(Operations.tanh())
                .withOutput(NodeEnergy.CATEGORICAL)
                .build();
        final Parameters parameters;
        final Observations observations;

        Classifier(Precision precision, int batch) {
            parameters = net.graph().initialise(5, precision);
            Tensor labels = Tensor.zeros(precision, batch, 4);
            for (int i = 0; i < batch; i++) {
                labels.set(i * 4 + i % 4, 1);
            }
            observations = Observations.of(net.input(), LinearGraph.random(precision, 3, batch, 6))
                    .and(net.output(), labels);
        }

        Parameters forces(Schedule schedule) {
            return GraphInference.of(parameters, schedule).run(observations).parameterForces();
        }

        Parameters backpropagation() {
            return Backpropagation.of(LA, parameters, observations).parameterForces();
        }
    }

    @Test
    void oneStepAlongTheErrorsIsBackpropagationAndManyAreNot() {
        Classifier classifier = new Classifier(Precision.DOUBLE, 5);
        Parameters reference = classifier.backpropagation();
        Parameters one = classifier.forces(Schedule.errorBased(1, 1));
        // All but the last layer: after the step, the output's error is that at the moved values.
        for (String name : List.of("w 1", "b 1")) {
            assertClose(one.get(name), reference.get(name), 1e-14);
        }
        Parameters settled = classifier.forces(Schedule.errorBased(0.1, 5_000).until(1e-9));
        Parameters strict = classifier.forces(Schedule.strict(0.1, 20_000).until(1e-9));
        for (String name : List.of("w 1", "w 2", "w y")) {
            assertClose(settled.get(name), strict.get(name), 1e-6);
        }
        assertThat(distance(settled, reference)).isGreaterThan(0.05);
    }

    @Test
    void multipliersEndAtTheForcesOfBackpropagation() {
        Parameters linear =
                Backpropagation.of(LA, LINEAR.parameters, LINEAR.observations).parameterForces();
        GraphEquilibrium found = run(LINEAR, Schedule.augmentedLagrangian(Motion.gradient(0.1), 6_000));
        assertThat(distance(found.parameterForces(), linear)).isLessThan(1e-7);
        assertThat(found.status()).isEqualTo(Status.CONVERGED);
        assertThat(found.residual()).isLessThan(1e-6);
        assertThat(found.errors().get(LINEAR.h1).get(0))
                .as("the constraint holds")
                .isCloseTo(0, within(1e-7));

        Classifier classifier = new Classifier(Precision.DOUBLE, 5);
        Parameters reference = classifier.backpropagation();
        double few = distance(classifier.forces(new AugmentedLagrangian(Motion.gradient(0.2), 10, 1, 1)), reference);
        double many =
                distance(classifier.forces(new AugmentedLagrangian(Motion.gradient(0.2), 4_000, 2, 1)), reference);
        assertThat(many).isLessThan(1e-7);
        assertThat(few).isGreaterThan(1e-3);
        assertThat(run(LINEAR, Schedule.augmentedLagrangian(Motion.gradient(0.1), 3))
                        .status())
                .isEqualTo(Status.STEPS_USED);
    }

    @Test
    void multipliersThatChaseTheValuesAreNoticed() {
        Schedule wild = new AugmentedLagrangian(Motion.heavyBall(0.05, 0.5), 60, 1, 1);
        assertThat(run(LINEAR, wild).status()).isEqualTo(Status.ENERGY_ROSE);
    }

    @Test
    void multipliersWorkWithEveryMotion() {
        Parameters linear =
                Backpropagation.of(LA, LINEAR.parameters, LINEAR.observations).parameterForces();
        for (Motion motion : List.of(Motion.heavyBall(0.05, 0.5), Motion.nesterov(0.05, 0.5), Motion.byCurvature())) {
            GraphEquilibrium found = run(LINEAR, new AugmentedLagrangian(motion, 8_000, 1, 0.1));
            assertThat(distance(found.parameterForces(), linear))
                    .as("%s", motion)
                    .isLessThan(1e-4);
        }
    }

    @ParameterizedTest
    @EnumSource(Nudged.Side.class)
    void nudgedForcesAreThoseOfTheClosedFormAndApproachBackpropagation(Nudged.Side side) {
        Strict settle = Schedule.strict(0.1, 50_000).until(1e-13);
        double beta = 0.2;
        Parameters found = run(LINEAR, new Nudged(beta, side, settle)).parameterForces();
        for (int layer = 1; layer <= 3; layer++) {
            double[] there = LINEAR.forces(layer, beta);
            double[] back = LINEAR.forces(layer, -beta);
            double[] expected = new double[there.length];
            for (int i = 0; i < there.length; i++) {
                expected[i] = side == Nudged.Side.POSITIVE
                        ? there[i]
                        : side == Nudged.Side.NEGATIVE ? back[i] : (there[i] + back[i]) / 2;
            }
            assertClose(found.get("w" + layer), expected, 1e-7);
        }
        Parameters reference =
                Backpropagation.of(LA, LINEAR.parameters, LINEAR.observations).parameterForces();
        double[] gaps = new double[2];
        for (int i = 0; i < 2; i++) {
            gaps[i] = distance(
                    run(LINEAR, new Nudged(0.02 / (1 + i), side, settle)).parameterForces(), reference);
        }
        assertThat(gaps[0] / gaps[1])
                .as("an error of order β, or β² when centred")
                .isCloseTo(side == Nudged.Side.CENTRED ? 4 : 2, within(0.1));
    }

    /**
     * The chain of Euler's steps on a quadratic energy has the covariance T (H (1 - η H/2))⁻¹. With n samples so far apart that they are
     * independent, a mean is uncertain by σ/√n and a standard deviation by σ/√(2n); 4.5 of either, for 24 numbers each.
     */
    @Test
    void samplesHaveTheMeanAndTheCovarianceOfTheChainInClosedForm() {
        double eta = 0.15;
        int samples = 6_000;
        double[][] h = LINEAR.hessian(1);
        int n = h.length;
        double[][] chain = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                chain[i][j] = h[i][j];
                for (int k = 0; k < n; k++) {
                    chain[i][j] -= eta / 2 * h[i][k] * h[k][j];
                }
            }
        }
        double[][] covariance = new double[n][];
        for (int i = 0; i < n; i++) {
            double[] unit = new double[n];
            unit[i] = 1;
            covariance[i] = LinearGraph.solve(chain, unit);
        }
        int burnIn = 200;
        int every = 40;
        double[][] sums = new double[n][n];
        GraphEquilibrium found = GraphInference.of(LINEAR.parameters, new Langevin(eta, 1, burnIn, samples, every, 17))
                .withObserver(step -> {
                    int after = step.step() - burnIn;
                    if (after > 0 && after % every == 0) {
                        double[] v = LINEAR.hidden(
                                Map.of(
                                        LINEAR.h1, step.evaluation().value(LINEAR.h1),
                                        LINEAR.h2, step.evaluation().value(LINEAR.h2)),
                                0);
                        double[] mean = LINEAR.settled(0, 1);
                        for (int i = 0; i < n; i++) {
                            for (int j = 0; j < n; j++) {
                                sums[i][j] += (v[i] - mean[i]) * (v[j] - mean[j]) / samples;
                            }
                        }
                    }
                    return true;
                })
                .run(LINEAR.observations);
        for (int e = 0; e < LinearGraph.BATCH; e++) {
            double[] mean = LINEAR.hidden(found.values(), e);
            double[] deviation = LINEAR.hidden(found.deviations(), e);
            double[] expected = LINEAR.settled(e, 1);
            for (int i = 0; i < n; i++) {
                double sigma = Math.sqrt(covariance[i][i]);
                assertThat(mean[i]).isCloseTo(expected[i], within(4.5 * sigma / Math.sqrt(samples)));
                assertThat(deviation[i]).isCloseTo(sigma, within(4.5 * sigma / Math.sqrt(2.0 * samples)));
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double own = covariance[i][i] * covariance[j][j];
                double cross = covariance[i][j] * covariance[i][j];
                assertThat(sums[i][j]).isCloseTo(covariance[i][j], within(4.5 * Math.sqrt((own + cross) / samples)));
            }
        }
    }

    @Test
    void theForcesOfSamplesAreTheirMeanAndNoiseComesFromSeedAndParameters() {
        Langevin langevin = new Langevin(0.1, 1e-8, 500, 200, 5, 3);
        GraphEquilibrium cold = run(LINEAR, langevin);
        for (int layer = 1; layer <= 3; layer++) {
            assertClose(cold.parameterForces().get("w" + layer), LINEAR.forces(layer, 1), 2e-3);
        }
        assertThat(run(LINEAR, langevin).values()).isEqualTo(cold.values());
        LinearGraph other = new LinearGraph(1);
        other.parameters.get("w2").set(0, other.parameters.get("w2").get(0) + 1e-6);
        double moved = run(other, langevin).values().get(other.h1).get(0);
        assertThat(Math.abs(moved - cold.values().get(LINEAR.h1).get(0))).isGreaterThan(1e-7);
    }

    static Stream<Schedule> all() {
        Strict strict = Schedule.strict(Motion.nesterov(0.1, 0.5), 12);
        return Stream.of(
                strict,
                Schedule.strict(Motion.heavyBall(0.1, 0.5), 12),
                Schedule.strict(Motion.byCurvature(), 12),
                Schedule.incremental(Motion.heavyBall(0.1, 0.5), 12),
                Schedule.errorBased(0.3, 5),
                Schedule.augmentedLagrangian(Motion.gradient(0.1), 12),
                new AugmentedLagrangian(Motion.byCurvature(), 4, 3, 1),
                Schedule.nudged(0.1, Nudged.Side.CENTRED, strict),
                new Langevin(0.1, 0.01, 3, 4, 2, 1));
    }

    @ParameterizedTest
    @MethodSource("all")
    void floatsAgreeWithDoublesAndThreadsWithOne(Schedule schedule) {
        Parameters wide = new Classifier(Precision.DOUBLE, 6).forces(schedule);
        Parameters narrow = new Classifier(Precision.FLOAT, 6).forces(schedule);
        for (String name : List.of("w 1", "w 2", "w y", "b 2")) {
            for (int i = 0; i < wide.get(name).size(); i++) {
                double expected = wide.get(name).get(i);
                assertThat(narrow.get(name).get(i)).isCloseTo(expected, within(2e-3 * (1 + Math.abs(expected))));
            }
        }
        Classifier big = new Classifier(Precision.FLOAT, 1500); // enough for two lanes
        Parameters one = GraphInference.of(big.parameters, schedule)
                .withLinearAlgebra(LinearAlgebra.openBlas(1))
                .run(big.observations)
                .parameterForces();
        Parameters two = GraphInference.of(big.parameters, schedule)
                .withLinearAlgebra(LinearAlgebra.openBlas(2))
                .run(big.observations)
                .parameterForces();
        assertThat(distance(one, two)).isLessThan(1e-4);
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatDivergesGivesTheLastFiniteValuesAndSaysSo(Schedule gentle) {
        Schedule wild = wild(gentle);
        LinearGraph steep = new LinearGraph(300, Precision.FLOAT);
        GraphEquilibrium found = run(steep, wild);
        if (wild instanceof Strict strict && strict.motion().equals(Motion.byCurvature())
                || wild instanceof AugmentedLagrangian) {
            assertThat(found.status()).isNotNull();
        } else {
            assertThat(found.status()).isEqualTo(Status.DIVERGED);
        }
        found.values().values().forEach(v -> assertThat(v.isFinite()).isTrue());
    }

    private static Schedule wild(Schedule gentle) {
        int steps = 200;
        if (gentle instanceof Strict strict) {
            return new Strict(strict.motion(), steps, 0);
        } else if (gentle instanceof Incremental incremental) {
            return Schedule.incremental(incremental.motion(), steps);
        } else if (gentle instanceof ErrorBased) {
            return Schedule.errorBased(0.3, steps);
        } else if (gentle instanceof Nudged) {
            return Schedule.nudged(0.1, Nudged.Side.CENTRED, Schedule.strict(0.3, steps));
        } else if (gentle instanceof Langevin) {
            return new Langevin(0.3, 1, steps, 2, 1, 1);
        }
        return gentle;
    }

    @Test
    void observersSeeEveryStepOnceAndMayStopAny() {
        all().forEach(schedule -> {
            List<Integer> seen = new ArrayList<>();
            GraphEquilibrium whole = GraphInference.of(LINEAR.parameters, schedule)
                    .withObserver(step -> seen.add(step.step()))
                    .run(LINEAR.observations);
            assertThat(seen).as("%s", schedule).hasSize(whole.steps() + 1);
            for (int i = 0; i < seen.size(); i++) {
                assertThat(seen.get(i)).isEqualTo(i);
            }
            for (int stop : new int[] {0, 2}) {
                GraphEquilibrium stopped = GraphInference.of(LINEAR.parameters, schedule)
                        .withObserver(step -> step.step() < stop)
                        .run(LINEAR.observations);
                assertThat(stopped.status()).as("%s at %d", schedule, stop).isEqualTo(Status.CANCELLED);
                assertThat(stopped.steps()).isEqualTo(stop);
            }
        });
    }

    @Test
    void cyclesAreForSchedulesThatMoveValues() {
        GraphBuilder g = new GraphBuilder();
        Node h = g.free("h", 6);
        g.predict(h, g.tanh(g.dense(h, g.parameter("w", Initialiser.normal(0.2), 6, 6))));
        ComputationGraph graph = g.build();
        Parameters parameters = graph.initialise(1, Precision.DOUBLE);
        Map<Node, Tensor> start = Map.of(h, LinearGraph.random(Precision.DOUBLE, 4, 2, 6));
        all().filter(schedule -> !(schedule instanceof ErrorBased)).forEach(schedule -> {
            GraphEquilibrium found = GraphInference.of(parameters, schedule).run(Observations.none(2), start);
            assertThat(found.values().get(h).isFinite()).as("%s", schedule).isTrue();
        });
        assertThatThrownBy(() -> GraphInference.of(parameters, Schedule.errorBased(0.1, 3))
                        .run(Observations.none(2), start))
                .hasMessageContaining("node h is free");
    }

    @Test
    void numbersThatMakeNoSenseAreRefusedInOneLine() {
        assertThatThrownBy(() -> Schedule.strict(0, 3)).hasMessageContaining("step size");
        assertThatThrownBy(() -> Schedule.strict(0.1, -1)).hasMessageContaining("number of steps");
        assertThatThrownBy(() -> Schedule.strict(0.1, 1).until(1)).hasMessageContaining("tolerance");
        assertThatThrownBy(() -> Motion.heavyBall(0.1, 1)).hasMessageContaining("momentum");
        assertThatThrownBy(() -> Schedule.nudged(0, Nudged.Side.POSITIVE, Schedule.strict(0.1, 1)))
                .hasMessageContaining("β");
        assertThatThrownBy(() -> new Langevin(0.1, 1, 0, 1, 1, 0)).hasMessageContaining("samples");
        assertThatThrownBy(() -> new AugmentedLagrangian(Motion.gradient(0.1), 0, 1, 1))
                .hasMessageContaining("rounds");
    }

    private static double distance(Parameters found, Parameters expected) {
        double largest = 0;
        for (Map.Entry<String, Tensor> one : expected.snapshot().entrySet()) {
            double difference = 0;
            double size = 0;
            for (int i = 0; i < one.getValue().size(); i++) {
                double gap = found.get(one.getKey()).get(i) - one.getValue().get(i);
                difference += gap * gap;
                size += one.getValue().get(i) * one.getValue().get(i);
            }
            largest = Math.max(largest, Math.sqrt(difference / size));
        }
        return largest;
    }

    private static void assertClose(Tensor found, Tensor expected, double tolerance) {
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i)).isCloseTo(expected.get(i), within(tolerance));
        }
    }

    private static void assertClose(Tensor found, double[] expected, double tolerance) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(found.get(i)).isCloseTo(expected[i], within(tolerance));
        }
    }

    private static void assertClose(double[] found, double[] expected, double tolerance) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i]).isCloseTo(expected[i], within(tolerance));
        }
    }
}
