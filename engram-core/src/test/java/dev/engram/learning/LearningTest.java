package dev.engram.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.inference.Engine;
import dev.engram.inference.Inference;
import dev.engram.inference.Solver;
import dev.engram.inference.StopRule;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.Activation;
import dev.engram.network.ChainEnergy;
import dev.engram.network.Clamp;
import dev.engram.network.Definition;
import dev.engram.network.Evaluation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.UsualActivation;
import dev.engram.network.ValueNodes;
import dev.engram.optimiser.Optimiser;
import dev.engram.optimiser.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LearningTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();

    /** Continues the three-node example of InferenceTest: ε = (0.8, 0.59, 0.02) at x = (3, 1.1, 1.02), α = ½. */
    @Test
    void threeNodesFollowEquations4And5() {
        GenerativeNetwork network = GenerativeNetwork.of(
                Activation.RELU, List.of(Matrix.wrap(1, 1, 2f), Matrix.wrap(1, 1, 0.5f)), new float[] {1}, 1);
        Inference twoSteps = Inference.of(Solver.gradient(0.1), StopRule.steps(2));
        GenerativeNetwork learned = new Learning(
                        GradientRule.plain(0.5), 1, twoSteps, Learning.Start.FROM_MEMORY_VECTOR, 0)
                .learn(network, Matrix.wrap(1, 1, 3), 0, LearningObserver.NONE)
                .network();
        assertThat((double) learned.weights(1).get(0, 0)).isCloseTo(2.44, within(1e-6));
        assertThat((double) learned.weights(2).get(0, 0)).isCloseTo(0.8009, within(1e-6));
        assertThat((double) learned.memoryVector()[0]).isCloseTo(1.01, within(1e-6));
        assertThat(network.weights(1).get(0, 0))
                .as("the network given is only read")
                .isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(UsualActivation.class)
    void theGradientStepIsTheFiniteDifferenceOfTheEnergyByEveryWeight(Activation activation) {
        GenerativeNetwork network = Definition.network(activation, 0.6, 5, 6, 4, 3);
        ValueNodes x = Definition.values(network, 1, 6);
        Definition oracle = new Definition(network);
        double[][] values = Definition.cue(x, 0);
        GenerativeNetwork stepped = network.copy();
        apply(GradientRule.plain(1), stepped, x);
        for (int l = 1; l <= 2; l++) {
            for (int i = 0; i < network.size(l - 1); i++) {
                for (int j = 0; j < network.size(l); j++) {
                    double difference = derivative(oracle.theta(l)[i], j, oracle, values);
                    double step = (double) stepped.weights(l).get(i, j)
                            - network.weights(l).get(i, j);
                    assertThat(step).isCloseTo(-difference, within(1e-3 * (1e-2 + Math.abs(difference))));
                }
            }
        }
        for (int j = 0; j < 3; j++) {
            double difference = derivative(oracle.b(), j, oracle, values);
            double step = (double) stepped.memoryVector()[j] - network.memoryVector()[j];
            assertThat(step).isCloseTo(-difference, within(1e-3 * (1e-2 + Math.abs(difference))));
        }
    }

    private static double derivative(double[] parameters, int index, Definition oracle, double[][] x) {
        double at = parameters[index];
        parameters[index] = at + 1e-5;
        double above = oracle.energy(x);
        parameters[index] = at - 1e-5;
        double below = oracle.energy(x);
        parameters[index] = at;
        return (above - below) / 2e-5;
    }

    @Test
    void aBatchLearnsTheMeanOfItsPatternsSteps() {
        GenerativeNetwork network = Definition.network(Activation.TANH, 1, 7, 5, 4);
        ValueNodes x = Definition.values(network, 3, 8);
        GenerativeNetwork together = network.copy();
        apply(GradientRule.plain(0.1), together, x);
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            int row = i;
            GenerativeNetwork alone = network.copy();
            apply(
                    GradientRule.plain(0.1),
                    alone,
                    new ValueNodes(
                            x.layers().stream().map(m -> m.slice(row, row + 1)).toList()));
            sum += alone.weights(1).get(2, 1) - network.weights(1).get(2, 1);
        }
        assertThat((double) together.weights(1).get(2, 1) - network.weights(1).get(2, 1))
                .isCloseTo(sum / 3, within(1e-6));
    }

    /** G and C follow plain steps at rank N, are formed anew now and then, and every time for other rules. */
    @Test
    void whatWasSummedAwayFollowsTheWeightsOverManyUpdates() {
        GenerativeNetwork network = Definition.network(Activation.RELU, 1, 11, 65, 33, 9);
        Matrix patterns = Definition.values(network, 7, 12).layer(0);
        for (LearningRule rule :
                List.of(GradientRule.plain(0.1), GradientRule.adam(0.001), new LocalLeastSquares(100, 0.1))) {
            for (Learning.Start start : Learning.Start.values()) {
                List<GenerativeNetwork> learned = Stream.of(Engine.REFERENCE, Engine.REDUCED)
                        .map(engine -> new Learning(
                                        rule,
                                        150,
                                        Inference.of(Solver.gradient(0.02), StopRule.steps(10))
                                                .withEngine(engine),
                                        start,
                                        0)
                                .learn(network, patterns, 0, LearningObserver.NONE)
                                .network())
                        .toList();
                for (int l = 1; l <= 2; l++) {
                    Matrix expected = learned.get(0).weights(l);
                    assertThat(expected).as("%s, %s", rule, start).isNotEqualTo(network.weights(l));
                    for (int i = 0; i < expected.data().length; i++) {
                        assertThat(learned.get(1).weights(l).data()[i])
                                .as("%s, %s, layer %d", rule, start, l)
                                .isCloseTo(expected.data()[i], within(1e-3f));
                    }
                }
            }
        }
    }

    /** One value, one unit, two patterns: F = (1, 2)ᵀ, E = (1, 1)ᵀ, ridge c = ρ·(1+4)/2; then θ += (F·E) / (F·F + c) = 3 / (5 + c). */
    @Test
    void localLeastSquaresIsTheRidgeRegressionOfTheErrors() {
        GenerativeNetwork network =
                GenerativeNetwork.of(Activation.LINEAR, List.of(Matrix.wrap(1, 1, 10)), new float[] {0.5f}, 1);
        ValueNodes x = new ValueNodes(List.of(Matrix.wrap(2, 1, 11, 21), Matrix.wrap(2, 1, 1, 2)));
        apply(new LocalLeastSquares(0.4, 0.1), network, x);
        assertThat((double) network.weights(1).get(0, 0)).isCloseTo(10 + 3 / (5 + 0.4 * 2.5), within(1e-5));
        assertThat((double) network.memoryVector()[0]).isCloseTo(0.5 + 0.1 * (1.5 - 0.5), within(1e-6));
    }

    /** The normal equations hold at the minimiser: Fᵀ(E - F Δᵀ) = c Δᵀ, whichever side was solved. */
    @Test
    void localLeastSquaresMeetsItsNormalEquationsOnEitherSide() {
        for (int patterns : new int[] {3, 12}) {
            GenerativeNetwork network = Definition.network(Activation.LINEAR, 1, 9, 4, 6);
            ValueNodes x = Definition.values(network, patterns, 10);
            GenerativeNetwork before = network.copy();
            Evaluation found = apply(new LocalLeastSquares(0.2, 0), network, x);
            Matrix f = x.layer(1);
            double trace = IntStream.range(0, f.data().length)
                    .mapToDouble(i -> (double) f.data()[i] * f.data()[i])
                    .sum();
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 6; j++) {
                    double left = 0;
                    for (int p = 0; p < patterns; p++) {
                        double rest = found.errors().get(0).get(p, i);
                        for (int k = 0; k < 6; k++) {
                            rest -= f.get(p, k) * change(network, before, i, k);
                        }
                        left += f.get(p, j) * rest;
                    }
                    double right = 0.2 * trace / patterns * change(network, before, i, j);
                    assertThat(left).isCloseTo(right, within(1e-4));
                }
            }
        }
    }

    private static double change(GenerativeNetwork after, GenerativeNetwork before, int i, int j) {
        return (double) after.weights(1).get(i, j) - before.weights(1).get(i, j);
    }

    @ParameterizedTest
    @EnumSource(UsualActivation.class)
    void localLeastSquaresNeverRaisesTheEnergyOfTheLayersItPredicts(Activation activation) {
        Matrix patterns = smooth(6, 30);
        for (Integer[] sizes : new Integer[][] {{30, 20}, {30, 20, 15}}) {
            GenerativeNetwork network = Definition.network(activation, 1, 11, sizes);
            List<Double> energies = new ArrayList<>();
            new Learning(new LocalLeastSquares(1e-2, 0.1), 15, Inference.gradient(20), Learning.Start.WARM, 0.1)
                    .learn(network, patterns, 1, p -> energies.add(p.totalEnergy()));
            for (int i = 1; i < energies.size(); i++) {
                assertThat(energies.get(i)).isLessThanOrEqualTo(energies.get(i - 1) * (1 + 1e-5));
            }
            assertThat(energies.get(14)).isLessThan(0.1 * energies.get(0));
        }
    }

    static List<Optimiser> optimisers() {
        return List.of(Optimiser.sgd(0.2), Optimiser.momentum(0.05, 0.8), Optimiser.adam(0.005));
    }

    @ParameterizedTest
    @MethodSource("optimisers")
    void algorithm1LearnsToGenerateItsPatterns(Optimiser optimiser) {
        Matrix patterns = smooth(5, 40);
        GenerativeNetwork network = Definition.network(Activation.RELU, 1, 12, 40, 30);
        List<Double> errors = new ArrayList<>();
        Learning.Result result = new Learning(
                        new GradientRule(optimiser), 400, Inference.gradient(20), Learning.Start.WARM, 0.1)
                .learn(network, patterns, 2, p -> errors.add(p.trainingError()));
        assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(result.trainingError()).isLessThan(0.01 * errors.get(0));
    }

    @Test
    void theSameSeedGivesTheSameBitsAndAnotherSeedDoesNot() {
        Matrix patterns = smooth(6, 50);
        GenerativeNetwork network = Definition.network(Activation.RELU, 1, 13, 50, 20);
        Learning learning =
                new Learning(new LocalLeastSquares(1e-3, 0.1), 5, Inference.gradient(10), Learning.Start.WARM, 0.1);
        Matrix first = learning.learn(network, patterns, 3, LearningObserver.NONE)
                .network()
                .weights(1);
        assertThat(learning.learn(network, patterns, 3, LearningObserver.NONE)
                        .network()
                        .weights(1))
                .isEqualTo(first);
        assertThat(learning.learn(network, patterns, 4, LearningObserver.NONE)
                        .network()
                        .weights(1))
                .isNotEqualTo(first);
    }

    @Test
    void permutingThePatternsLeavesTheWeightsAsTheyWere() {
        Matrix patterns = smooth(6, 50);
        GenerativeNetwork network = Definition.network(Activation.RELU, 1, 14, 50, 20);
        Learning learning =
                new Learning(new LocalLeastSquares(1e-2, 0.1), 5, Inference.gradient(10), Learning.Start.WARM, 0);
        Matrix plain = learning.learn(network, patterns, 0, LearningObserver.NONE)
                .network()
                .weights(1);
        Matrix permuted = learning.learn(network, patterns.rows(5, 3, 1, 0, 2, 4), 0, LearningObserver.NONE)
                .network()
                .weights(1);
        for (int i = 0; i < plain.data().length; i++) {
            assertThat(permuted.data()[i]).isCloseTo(plain.data()[i], within(1e-3f));
        }
    }

    @Test
    void deepLearningEndsWhenAllLayersArePredictedWellEnough() {
        Matrix patterns = smooth(6, 50);
        GenerativeNetwork network = Definition.network(Activation.RELU, 0.1, 18, 50, 20, 20);
        int before = Integer.MAX_VALUE;
        for (double tolerance : List.of(0.0, 1e-4, 1e-2, 1.0)) {
            Learning learning = new Learning(
                    new LocalLeastSquares(1e-2, 0.1), 60, Inference.gradient(6), Learning.Start.WARM, 0, tolerance);
            Learning.Result result = learning.learn(network, patterns, 0, LearningObserver.NONE);
            assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(result.updates()).isLessThan(before);
            assertThat(result.updates() == 60).isEqualTo(tolerance == 0);
            before = result.updates();
        }
    }

    @Test
    void learningCanBeStoppedAfterAnyUpdate() {
        GenerativeNetwork network = Definition.network(Activation.RELU, 1, 15, 20, 10);
        Learning.Result result = new Learning(
                        new LocalLeastSquares(1e-2, 0.1), 50, Inference.gradient(5), Learning.Start.WARM, 0.1)
                .learn(network, smooth(4, 20), 0, progress -> progress.update() < 7);
        assertThat(result.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(result.updates()).isEqualTo(7);
    }

    @Test
    void aLearningRateThatDivergesIsSaidAndTheNetworkGivenComesBack() {
        GenerativeNetwork network = Definition.network(Activation.LINEAR, 1, 16, 20, 10);
        Learning.Result result = new Learning(
                        GradientRule.plain(1e6), 200, Inference.gradient(5), Learning.Start.FROM_MEMORY_VECTOR, 0)
                .learn(network, smooth(4, 20), 0, LearningObserver.NONE);
        assertThat(result.outcome()).isEqualTo(Outcome.DIVERGED);
        assertThat(result.network()).isSameAs(network);
    }

    @Test
    void nonsenseIsRefusedByName() {
        assertThatThrownBy(() -> GradientRule.plain(0)).hasMessageContaining("learning rate (0.0)");
        assertThatThrownBy(() -> new LocalLeastSquares(-1, 0.1)).hasMessageContaining("positive ridge (-1.0)");
        GenerativeNetwork network = Definition.network(Activation.RELU, 1, 17, 20, 10);
        Learning learning = new Learning(GradientRule.plain(0.1), 1, Inference.gradient(1), Learning.Start.WARM, 0);
        assertThatThrownBy(() -> learning.learn(network, Matrix.zeros(0, 20), 0, LearningObserver.NONE))
                .hasMessageContaining("no pattern");
    }

    private static Evaluation apply(LearningRule rule, GenerativeNetwork network, ValueNodes x) {
        ChainEnergy energy = new ChainEnergy(LA, network, Clamp.all(network.size(0)), x.cues());
        Evaluation found = energy.newEvaluation();
        energy.evaluate(x, found);
        rule.start(LA, network).apply(x, found);
        return found;
    }

    /** Patterns in [0, 1] that vary smoothly and differ from each other. */
    static Matrix smooth(int patterns, int values) {
        Matrix m = Matrix.zeros(patterns, values);
        for (int p = 0; p < patterns; p++) {
            for (int i = 0; i < values; i++) {
                m.set(p, i, (float) (0.5 + 0.5 * Math.sin(0.37 * (p + 1) * i + p * p)));
            }
        }
        return m;
    }
}
