package dev.engram.graph.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.graph.ComputationGraph;
import dev.engram.graph.GraphBuilder;
import dev.engram.graph.Initialiser;
import dev.engram.graph.Node;
import dev.engram.graph.NodeEnergy;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameter;
import dev.engram.graph.training.CreditAssignment;
import dev.engram.graph.training.GraphTrainer;
import dev.engram.graph.training.TrainingObserver;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import dev.engram.optimiser.LearningRates;
import dev.engram.optimiser.Optimiser;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Precisions that are learned are those that the data were made with. */
class LearnedPrecisionTest {
    private static final int EXAMPLES = 10_000;
    private static final int INPUTS = 3;
    private static final double[] NOISE = {0.05, 0.2, 0.5, 1, 3};

    private static Map<String, Tensor> trained(
            ComputationGraph graph, Observations data, Schedule schedule, int epochs) {
        int batch = 100;
        Optimiser optimiser = Optimiser.adam(0.05).scheduled(LearningRates.cosine(epochs * data.batch() / batch));
        GraphTrainer trainer = GraphTrainer.of(CreditAssignment.predictiveCoding(schedule), optimiser, batch, epochs);
        return trainer.train(graph, trainer.begin(graph, Precision.DOUBLE, 1), data, TrainingObserver.NONE)
                .parameters()
                .snapshot();
    }

    /** x ~ N(0, 1), y = A x + noise of a known size for each unit. */
    private static Tensor linear(Tensor x, SplittableRandom random) {
        Tensor y = Tensor.zeros(Precision.DOUBLE, EXAMPLES, NOISE.length);
        for (int e = 0; e < EXAMPLES; e++) {
            for (int i = 0; i < NOISE.length; i++) {
                double value = NOISE[i] * random.nextGaussian();
                for (int j = 0; j < INPUTS; j++) {
                    value += Math.sin(1 + 3 * i + j) * x.get(e * INPUTS + j);
                }
                y.set(e * NOISE.length + i, value);
            }
        }
        return y;
    }

    private static Tensor normal(SplittableRandom random, int... shape) {
        Tensor tensor = Tensor.zeros(Precision.DOUBLE, shape);
        for (int i = 0; i < tensor.size(); i++) {
            tensor.set(i, random.nextGaussian());
        }
        return tensor;
    }

    @Test
    void everyUnitsNoiseIsRecoveredWithinFivePerCent() {
        GraphBuilder g = new GraphBuilder();
        Node x = g.input("x", INPUTS);
        Parameter logPrecision = g.parameter("log p", Initialiser.zeros(), NOISE.length);
        Node y = g.value(
                "y",
                g.dense(x, g.parameter("w", Initialiser.fanIn(), NOISE.length, INPUTS)),
                NodeEnergy.learnedPrecision(logPrecision));
        SplittableRandom random = new SplittableRandom(7);
        Tensor inputs = normal(random, EXAMPLES, INPUTS);
        Tensor outputs = linear(inputs, random);
        Tensor learned = trained(g.build(), Observations.of(x, inputs).and(y, outputs), Schedule.strict(0.1, 0), 10)
                .get("log p");
        for (int i = 0; i < NOISE.length; i++) {
            double noise = Math.exp(-0.5 * learned.get(i));
            assertThat(noise).isCloseTo(NOISE[i], within(0.05 * NOISE[i]));
            double leastSquares = Math.sqrt(residualVariance(inputs, outputs, i));
            assertThat(noise).as("least squares").isCloseTo(leastSquares, within(0.01 * leastSquares));
        }
    }

    /** The mean square of what least squares leave of a unit, by the normal equations. */
    private static double residualVariance(Tensor x, Tensor y, int unit) {
        double[][] moments = new double[INPUTS][INPUTS];
        double[] right = new double[INPUTS];
        double square = 0;
        for (int e = 0; e < EXAMPLES; e++) {
            double target = y.get(e * NOISE.length + unit);
            square += target * target / EXAMPLES;
            for (int i = 0; i < INPUTS; i++) {
                right[i] += x.get(e * INPUTS + i) * target / EXAMPLES;
                for (int j = 0; j < INPUTS; j++) {
                    moments[i][j] += x.get(e * INPUTS + i) * x.get(e * INPUTS + j) / EXAMPLES;
                }
            }
        }
        double[] weights = LinearGraph.solve(moments, right);
        for (int i = 0; i < INPUTS; i++) {
            square -= weights[i] * right[i];
        }
        return square;
    }

    /** Of a node [3, 2] without prediction: one over the mean square of all that share a precision. */
    @Test
    void aPrecisionThatIsSharedAnswersForAllThatShareIt() {
        for (int[] shape : List.of(new int[0], new int[] {3}, new int[] {3, 2})) {
            GraphBuilder g = new GraphBuilder();
            Node x = g.input("x", 3, 2);
            Node y = g.value("y", x, NodeEnergy.learnedPrecision(g.parameter("log p", Initialiser.zeros(), shape)));
            Tensor targets = normal(new SplittableRandom(3), 2000, 3, 2);
            for (int i = 0; i < targets.size(); i++) {
                targets.set(i, NOISE[i % 6 / 2] * (1 + i % 2) * targets.get(i));
            }
            Observations data = Observations.of(x, Tensor.zeros(Precision.DOUBLE, 2000, 3, 2))
                    .and(y, targets);
            Tensor learned =
                    trained(g.build(), data, Schedule.strict(0.1, 0), 40).get("log p");
            int plane = 6 / learned.size();
            for (int k = 0; k < learned.size(); k++) {
                double square = 0;
                for (int i = 0; i < targets.size(); i++) {
                    square += i % 6 / plane == k ? targets.get(i) * targets.get(i) : 0;
                }
                double expected = 2000 * plane / square;
                assertThat(Math.exp(learned.get(k))).isCloseTo(expected, within(0.02 * expected));
            }
        }
    }

    /**
     * x = 0 -> h -> y with h ~ N(x, 1/4) and y ~ N(h, 1): the mean square of y is 5/4. Sampled, p is one over that minus 1/4. At the most likely h
     * the error of y is 4 / (4 + p) y, so that 1/p = (4 / (4 + p))² 5/4, whose smaller root is 6 - √20 = 1.53.
     */
    @Test
    void ofSampledCausesThePrecisionIsRightWhereTheMostLikelyOnesOverstateIt() {
        GraphBuilder g = new GraphBuilder();
        Node x = g.input("x", 5);
        Node h = g.value("h", x, 4);
        Node y = g.value("y", h, NodeEnergy.learnedPrecision(g.parameter("log p", Initialiser.zeros())));
        ComputationGraph graph = g.build();
        Tensor targets = normal(new SplittableRandom(2), 1000, 5);
        double square = 0;
        for (int i = 0; i < targets.size(); i++) {
            square += targets.get(i) * targets.get(i) / targets.size();
        }
        targets.scale(Math.sqrt(1.25 / square));
        Observations data =
                Observations.of(x, Tensor.zeros(Precision.DOUBLE, 1000, 5)).and(y, targets);
        double sampled = Math.exp(trained(graph, data, new Langevin(0.01, 1, 100, 20, 10, 4), 4)
                .get("log p")
                .get(0));
        assertThat(sampled).isCloseTo(1, within(0.05));
        double likely = Math.exp(
                trained(graph, data, Schedule.strict(0.1, 100), 20).get("log p").get(0));
        assertThat(likely).isCloseTo(6 - Math.sqrt(20), within(0.02));
    }
}
