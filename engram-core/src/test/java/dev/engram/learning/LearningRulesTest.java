package dev.engram.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.inference.Inference;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.Activation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.optimiser.Optimiser;
import dev.engram.optimiser.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What learning is composed of, and sums over many patterns by hand. */
class LearningRulesTest {
    private static final LinearAlgebra LA = LinearAlgebra.pureJava(1);
    private static final LearningRule LEAST_SQUARES = new LocalLeastSquares(0.5, 0.25);

    @Test
    void rulesAreDescribed() {
        assertThat(LEAST_SQUARES.describe())
                .containsExactly(
                        Map.entry("learning", "local-least-squares"),
                        Map.entry("ridge", "0.5"),
                        Map.entry("memory_rate", "0.25"));
        assertThat(GradientRule.plain(0.1).describe())
                .containsExactly(
                        Map.entry("learning", "gradient"),
                        Map.entry("learning_rate", "0.1"),
                        Map.entry("optimiser", "plain"));
        assertThat(GradientRule.adam(0.2).describe()).containsEntry("optimiser", "adam");
        assertThat(GradientRule.adam(0.2).learningRate()).isEqualTo(0.2);
    }

    @Test
    void onlyPlainStepsArePlain() {
        assertThat(GradientRule.plain(0.1).plainStep(4)).hasValue(0.025);
        assertThat(GradientRule.adam(0.1).plainStep(4)).isEmpty();
        assertThat(new GradientRule(Optimiser.momentum(0.1, 0.9)).plainStep(4)).isEmpty();
        assertThat(LEAST_SQUARES.plainStep(4)).isEmpty();
    }

    @Test
    void parametersWithoutMeaningAreRefused() {
        for (double ridge : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new LocalLeastSquares(ridge, 0)).hasMessageContaining("a positive ridge");
        }
        for (double rate : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> new LocalLeastSquares(1, rate)).hasMessageContaining("between 0 and 1");
        }
        assertThat(new LocalLeastSquares(1, 1).memoryRate()).isEqualTo(1);
        assertThatThrownBy(() -> learning(-1, 0, 0)).hasMessageContaining("updates (-1)");
        for (double bad : new double[] {-1, Double.NaN}) {
            assertThatThrownBy(() -> learning(1, bad, 0)).hasMessageContaining("start noise");
            assertThatThrownBy(() -> learning(1, 0, bad)).hasMessageContaining("a tolerance");
            assertThatThrownBy(() -> new TemporalLearning(LEAST_SQUARES, 1, 0, bad, LA))
                    .hasMessageContaining("start noise");
        }
        assertThatThrownBy(() -> new TemporalLearning(LEAST_SQUARES, 0, 0, 0, LA))
                .hasMessageContaining("updates (0)");
        assertThatThrownBy(() -> new TemporalLearning(LEAST_SQUARES, 1, -1, 0, LA))
                .hasMessageContaining("steps (-1)");
        assertThat(new TemporalLearning(LEAST_SQUARES, 1, 0, 0, LA).updates()).isEqualTo(1);
    }

    private static Learning learning(int updates, double noise, double tolerance) {
        Inference inference = Inference.gradient(3).withLinearAlgebra(LA);
        return new Learning(LEAST_SQUARES, updates, inference, Learning.Start.WARM, noise, tolerance);
    }

    /** W = 0, b = 1: the patterns 1 and 3 are predicted as 0, errors of (1 + 9) / 2; the observer stops it there. */
    @Test
    void learningIsToldOfAndEndsWhenItsObserverSaysSo() {
        GenerativeNetwork network =
                GenerativeNetwork.of(Activation.LINEAR, List.of(Matrix.zeros(1, 1)), new float[] {1}, 1);
        Matrix patterns = Matrix.wrap(2, 1, 1, 3);
        List<LearningProgress> told = new ArrayList<>();
        Learning.Result stopped = learning(5, 0, 0).learn(network, patterns, 0, progress -> {
            told.add(progress);
            return false;
        });
        assertThat(stopped.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(stopped.updates()).isEqualTo(1);
        assertThat(stopped.trainingError()).isCloseTo(5, within(1e-6));
        assertThat(told).hasSize(1);
        assertThat(told.get(0).update()).isEqualTo(1);
        assertThat(told.get(0).updates()).isEqualTo(5);
        assertThat(told.get(0).energyPerLayer()).containsExactly(new double[] {5, 0}, within(1e-6));
        assertThat(told.get(0).totalEnergy()).isCloseTo(5, within(1e-6));
        assertThat(told.get(0).network().get().weights(1).get(0, 0)).isNotZero();
        LearningProgress halved = told.get(0).with(0.5, () -> network);
        assertThat(halved.trainingError()).isCloseTo(2.5, within(1e-6));
        assertThat(halved.network().get()).isSameAs(network);
        Learning.Result none = learning(0, 0, 0).learn(network, patterns, 0, LearningObserver.NONE);
        assertThat(none.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(none.updates()).isZero();
        assertThat(none.network().weights(1)).isEqualTo(network.weights(1));
        assertThatThrownBy(() -> learning(1, 0, 0).learn(network, Matrix.zeros(0, 1), 0, LearningObserver.NONE))
                .hasMessageContaining("no pattern to learn");
    }

    /** 2,500 patterns f = 0, 1, 2, 0, .. (833 of 1 and of 2): A = 833 · 5; e = 3 f: B = 3 A, Σ e² = 9 A; c = A / 2 / 2500. */
    @Test
    void sumsOfMoreThanABlockAreThoseByHand() {
        Matrix f = Matrix.zeros(2_500, 1);
        Matrix e = Matrix.zeros(2_500, 1);
        for (int i = 0; i < 2_500; i++) {
            f.set(i, 0, i % 3);
            e.set(i, 0, 3 * (i % 3));
        }
        SufficientStatistics sums = new SufficientStatistics(1, 1).add(LA, f, e);
        double a = 833 * 5;
        assertThat(sums.patterns()).isEqualTo(2_500);
        assertThat(sums.squares()).isCloseTo(9 * a, within(1e-6));
        assertThat(sums.ofRates().get(0, 0)).isCloseTo(a, within(1e-6));
        assertThat(sums.ofErrors().get(0, 0)).isCloseTo(3 * a, within(1e-6));
        double weight = 3 * a / (a + a / 5_000);
        SufficientStatistics.Change change = sums.leastSquares(LA, 0.5);
        assertThat(change.weights().get(0, 0)).isCloseTo(weight, within(1e-9));
        assertThat(change.squaresLeft()).isCloseTo(a * (3 - weight) * (3 - weight), within(1e-6));
        sums.add(new SufficientStatistics(1, 1).add(LA, Matrix.wrap(1, 1, 2), Matrix.wrap(1, 1, 1)));
        assertThat(sums.patterns()).isEqualTo(2_501);
        assertThat(sums.squares()).isCloseTo(9 * a + 1, within(1e-6));
        assertThat(sums.ofRates().get(0, 0)).isCloseTo(a + 4, within(1e-6));
        assertThat(sums.ofErrors().get(0, 0)).isCloseTo(3 * a + 2, within(1e-6));
        assertThat(LocalLeastSquares.absolute(0.5, 0, 3)).isEqualTo(0.5 * Double.MIN_NORMAL);
        assertThat(LocalLeastSquares.absolute(0.5, 12, 3)).isEqualTo(2);
    }
}
