package dev.engram.graph.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.graph.ComputationGraph;
import dev.engram.graph.GraphBuilder;
import dev.engram.graph.Initialiser;
import dev.engram.graph.Node;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameters;
import dev.engram.graph.inference.Langevin;
import dev.engram.graph.inference.Motion;
import dev.engram.graph.inference.Nudged;
import dev.engram.graph.inference.Schedule;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import dev.engram.optimiser.Optimiser;
import dev.engram.optimiser.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GraphTrainerTest {
    /** Two inputs, eight hidden units, two classes. */
    private static ComputationGraph classifier() {
        GraphBuilder g = new GraphBuilder();
        Node x = g.input("x", 2);
        Node h = g.value(
                "h",
                g.tanh(g.dense(
                        x,
                        g.parameter("w1", Initialiser.normal(1), 8, 2),
                        g.parameter("b1", Initialiser.normal(1), 8))));
        g.categorical(
                "y",
                g.dense(
                        h,
                        g.parameter("w2", Initialiser.normal(0.5), 2, 8),
                        g.parameter("b2", Initialiser.zeros(), 2)));
        return g.build();
    }

    /** Exclusive or: the class is whether the two inputs have the same sign. */
    private static Observations exclusiveOr(ComputationGraph graph, int examples) {
        SplittableRandom random = new SplittableRandom(3);
        Tensor x = Tensor.zeros(Precision.FLOAT, examples, 2);
        Tensor y = Tensor.zeros(Precision.FLOAT, examples, 2);
        for (int i = 0; i < examples; i++) {
            double a = (random.nextBoolean() ? 1 : -1) * (0.5 + random.nextDouble());
            double b = (random.nextBoolean() ? 1 : -1) * (0.5 + random.nextDouble());
            x.set(2 * i, a);
            x.set(2 * i + 1, b);
            y.set(2 * i + (a * b > 0 ? 0 : 1), 1);
        }
        return Observations.of(graph.node("x"), x).and(graph.node("y"), y);
    }

    static List<CreditAssignment> credits() {
        return List.of(
                CreditAssignment.backpropagation(),
                CreditAssignment.predictiveCoding(Schedule.exact()),
                CreditAssignment.predictiveCoding(Schedule.fixedPrediction(0.2, 30)),
                CreditAssignment.predictiveCoding(Schedule.strict(0.1, 20)),
                CreditAssignment.predictiveCoding(Schedule.incremental(0.1, 5)),
                CreditAssignment.predictiveCoding(Schedule.strict(Motion.byCurvature(), 5)),
                CreditAssignment.predictiveCoding(Schedule.strict(Motion.nesterov(0.1, 0.5), 10)),
                CreditAssignment.predictiveCoding(Schedule.errorBased(0.3, 4)),
                CreditAssignment.predictiveCoding(Schedule.augmentedLagrangian(Motion.gradient(0.1), 10)),
                CreditAssignment.predictiveCoding(Schedule.nudged(0.5, Nudged.Side.CENTRED, Schedule.strict(0.1, 10))),
                CreditAssignment.predictiveCoding(new Langevin(0.1, 1e-3, 5, 5, 1, 8)));
    }

    @ParameterizedTest
    @MethodSource("credits")
    void everyCreditAssignmentLearnsExclusiveOr(CreditAssignment credit) {
        ComputationGraph graph = classifier();
        Observations data = exclusiveOr(graph, 50);
        GraphTrainer trainer = GraphTrainer.of(credit, Optimiser.adam(0.02), 16, 40);
        List<Metrics> epochs = new ArrayList<>();
        GraphTrainer.Result result = trainer.train(graph, trainer.begin(graph, Precision.FLOAT, 1), data, progress -> {
            if (progress.batch() == progress.batches()) {
                epochs.add(progress.epochMetrics());
            }
            return true;
        });
        assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(epochs).hasSize(40);
        assertThat(epochs.get(39).examples()).isEqualTo(50);
        assertThat(result.metrics().accuracy()).isEqualTo(1);
        assertThat(result.metrics().loss()).isLessThan(0.3 * epochs.get(0).loss());
        Metrics after = trainer.evaluate(result.parameters(), data);
        assertThat(after.accuracy()).isEqualTo(1);
        assertThat(after.loss()).isCloseTo(after.energy(), within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("credits")
    void trainingStoppedAnywhereResumesToTheSameBits(CreditAssignment credit) {
        ComputationGraph graph = classifier();
        Observations data = exclusiveOr(graph, 41);
        for (Optimiser optimiser : List.of(Optimiser.sgd(0.1), Optimiser.momentum(0.1, 0.9), Optimiser.adam(0.01))) {
            GraphTrainer trainer = GraphTrainer.of(credit, optimiser, 8, 3);
            TrainingState begin = trainer.begin(graph, Precision.FLOAT, 5);
            TrainingState whole =
                    trainer.train(graph, begin, data, TrainingObserver.NONE).state();
            for (int stop : new int[] {1, 5, 6, 8}) { // six mini-batches an epoch
                int[] seen = new int[1];
                GraphTrainer.Result first = trainer.train(graph, begin, data, progress -> ++seen[0] < stop);
                assertThat(first.outcome()).isEqualTo(Outcome.CANCELLED);
                TrainingState resumed = trainer.train(graph, first.state(), data, TrainingObserver.NONE)
                        .state();
                assertThat(resumed).isEqualTo(whole);
            }
        }
    }

    /** As in the test of one update: the mean force is -1; clipped to 0.25, w = 3 - 0.1 · 0.25. */
    @Test
    void forcesAreClippedToTheirNormOverAllParameters() {
        GraphBuilder g = new GraphBuilder();
        Node x = g.input("x", 1);
        Node y = g.value("y", g.dense(x, g.parameter("w", Initialiser.constant(3), 1, 1)));
        ComputationGraph graph = g.build();
        Observations data = Observations.of(x, Tensor.wrap(new double[] {1, 2}, 2, 1))
                .and(y, Tensor.wrap(new double[] {5, 4}, 2, 1));
        GraphTrainer plain = GraphTrainer.of(CreditAssignment.backpropagation(), Optimiser.sgd(0.1), 2, 1);
        for (double norm : new double[] {0.25, 0.5, 2}) {
            GraphTrainer clipping = plain.withLargestForce(norm);
            Tensor w = clipping.train(graph, clipping.begin(graph, Precision.DOUBLE, 1), data, TrainingObserver.NONE)
                    .parameters()
                    .get("w");
            assertThat(w.get(0)).isCloseTo(3 - 0.1 * Math.min(1, norm), within(1e-12));
        }
        assertThatThrownBy(() -> plain.withLargestForce(0)).hasMessageContaining("clipped");
    }

    @Test
    void anotherSeedShufflesAnotherWay() {
        ComputationGraph graph = classifier();
        Observations data = exclusiveOr(graph, 41);
        GraphTrainer trainer = GraphTrainer.of(CreditAssignment.backpropagation(), Optimiser.sgd(0.1), 8, 1);
        Parameters parameters = graph.initialise(1, Precision.FLOAT);
        Map<String, Tensor> first = trainer.train(graph, trainer.begin(parameters, 1), data, TrainingObserver.NONE)
                .parameters()
                .snapshot();
        Map<String, Tensor> second = trainer.train(graph, trainer.begin(parameters, 2), data, TrainingObserver.NONE)
                .parameters()
                .snapshot();
        assertThat(second).isNotEqualTo(first);
    }

    /** y = w x with w = 3, x = (1, 2), target (5, 4): forces (5-3)·1 = 2 and (4-6)·2 = -4, mean -1; loss (2 + 2)/2. */
    @Test
    void oneUpdateFollowsTheMeanForceOfItsBatch() {
        GraphBuilder g = new GraphBuilder();
        Node x = g.input("x", 1);
        Node y = g.value("y", g.dense(x, g.parameter("w", Initialiser.constant(3), 1, 1)));
        ComputationGraph graph = g.build();
        Observations data = Observations.of(x, Tensor.wrap(new double[] {1, 2}, 2, 1))
                .and(y, Tensor.wrap(new double[] {5, 4}, 2, 1));
        for (CreditAssignment credit : credits()) {
            GraphTrainer trainer = GraphTrainer.of(credit, Optimiser.sgd(0.1), 2, 1);
            GraphTrainer.Result result =
                    trainer.train(graph, trainer.begin(graph, Precision.DOUBLE, 0), data, TrainingObserver.NONE);
            assertThat(result.metrics().loss()).isCloseTo(2, within(1e-12));
            assertThat(result.metrics().accuracy()).isNaN();
            if (!credit.equals(CreditAssignment.predictiveCoding(Schedule.incremental(0.1, 5)))) {
                assertThat(result.parameters().get("w").get(0)).isCloseTo(3 - 0.1, within(1e-12));
            }
        }
    }

    @Test
    void trainingThatDivergesEndsWithFiniteParameters() {
        ComputationGraph graph = regression();
        Tensor x = Tensor.wrap(new float[] {30, -40}, 2, 1);
        Observations data =
                Observations.of(graph.node("x"), x).and(graph.node("y"), Tensor.wrap(new float[] {1, 2}, 2, 1));
        GraphTrainer trainer = GraphTrainer.of(CreditAssignment.backpropagation(), Optimiser.sgd(10), 2, 100);
        GraphTrainer.Result result =
                trainer.train(graph, trainer.begin(graph, Precision.FLOAT, 0), data, TrainingObserver.NONE);
        assertThat(result.outcome()).isEqualTo(Outcome.DIVERGED);
        assertThat(result.parameters().isFinite()).isTrue();
    }

    private static ComputationGraph regression() {
        GraphBuilder g = new GraphBuilder();
        Node x = g.input("x", 1);
        g.value("y", g.dense(x, g.parameter("w", Initialiser.constant(3), 1, 1)));
        return g.build();
    }

    @Test
    void aStateOfAnotherOptimiserIsRefused() {
        ComputationGraph graph = classifier();
        Observations data = exclusiveOr(graph, 8);
        GraphTrainer plain = GraphTrainer.of(CreditAssignment.backpropagation(), Optimiser.sgd(0.1), 8, 1);
        GraphTrainer adam = GraphTrainer.of(CreditAssignment.backpropagation(), Optimiser.adam(0.1), 8, 1);
        TrainingState state = plain.begin(graph, Precision.FLOAT, 0);
        assertThatThrownBy(() -> adam.train(graph, state, data, TrainingObserver.NONE))
                .hasMessageContainingAll("parameter w1", "Maybe");
    }

    /** y = w x with w = 1: at x = 2, t = -1e30 the force on w is 2 (t - 2) = -2e30, which at a rate of 1e10 makes w infinite. */
    @ParameterizedTest
    @MethodSource("credits")
    void aTrainingThatDivergesInItsLastUpdateSaysSoAndIsWhatItWasBefore(CreditAssignment credit) {
        GraphBuilder g = new GraphBuilder();
        Node x = g.input("x", 1);
        g.value("y", g.dense(x, g.parameter("w", Initialiser.zeros(), 1, 1)));
        ComputationGraph graph = g.build();
        Parameters one = Parameters.zeros(graph, Precision.FLOAT);
        one.get("w").set(0, 1);
        Tensor good = Tensor.wrap(new float[] {2, 2}, 2, 1);
        Tensor targets = Tensor.wrap(new float[] {2, -1e30f}, 2, 1);
        Observations data = Observations.of(graph.node("x"), good).and(graph.node("y"), targets);
        for (Optimiser optimiser : List.of(Optimiser.sgd(1e10), Optimiser.momentum(1e10, 0.9), Optimiser.adam(1e-3))) {
            GraphTrainer trainer = GraphTrainer.of(credit, optimiser, 2, 1);
            TrainingState begin = trainer.begin(one, 0);
            GraphTrainer.Result result = trainer.train(graph, begin, data, TrainingObserver.NONE);
            assertThat(result.outcome())
                    .as("of Adam's averages the square of the force is infinite; %s", optimiser)
                    .isEqualTo(Outcome.DIVERGED);
            assertThat(result.parameters().get("w").get(0)).isEqualTo(1);
            assertThat(result.state()).isEqualTo(begin);
        }
    }

    @Test
    void whatIsNotFiniteIsNotTrainedOn() {
        ComputationGraph graph = classifier();
        Tensor x = Tensor.wrap(new float[] {0, Float.NaN}, 1, 2);
        assertThatThrownBy(() -> Observations.of(graph.node("x"), x))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
        GraphTrainer trainer = GraphTrainer.of(CreditAssignment.backpropagation(), Optimiser.sgd(0.1), 4, 1);
        TrainingState bad = trainer.begin(graph, Precision.FLOAT, 0);
        bad.parameters().get("w1").set(3, Double.POSITIVE_INFINITY);
        assertThatThrownBy(() -> trainer.train(graph, bad, exclusiveOr(graph, 4), TrainingObserver.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not finite");
    }
}
