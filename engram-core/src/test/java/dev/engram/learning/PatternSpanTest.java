package dev.engram.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.inference.Inference;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import dev.engram.network.Activation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.Initialisation;
import dev.engram.network.UsualActivation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The span engine is held to the reference engine: the same learning on pixels and on coordinates. */
class PatternSpanTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();
    private static final Matrix PATTERNS = LearningTest.smooth(7, 90);

    @Test
    void theBasisIsOrthonormalAndTheCoordinatesAreThePatterns() {
        PatternSpan span = PatternSpan.of(LA, PATTERNS);
        Matrix products = LA.product(span.basis(), Transpose.NO, span.basis(), Transpose.YES);
        for (int i = 0; i < span.dimensions(); i++) {
            for (int j = 0; j < span.dimensions(); j++) {
                assertThat(products.get(i, j)).isCloseTo(i == j ? 1 : 0, within(1e-5f));
            }
        }
        assertClose(LA.product(span.coordinates(), Transpose.NO, span.basis(), Transpose.NO), PATTERNS, 1e-5);
    }

    @Test
    void dependentAndZeroPatternsHaveFewerDimensions() {
        assertThat(PatternSpan.of(LA, PATTERNS.rows(0, 1, 1, 0)).dimensions()).isEqualTo(2);
        assertThat(PatternSpan.of(LA, Matrix.zeros(3, 5)).dimensions()).isZero();
    }

    @ParameterizedTest
    @EnumSource(UsualActivation.class)
    void learningOnCoordinatesIsLearningOnPixels(Activation activation) {
        for (LearningRule rule : List.of(new LocalLeastSquares(1e-3, 0.1), GradientRule.plain(0.1))) {
            for (List<Integer> hidden : List.of(List.of(20), List.of(20, 15))) {
                // Twenty updates of fifty steps; rounding grows with them, hence the relative 1e-4 of what is reached.
                Learning learning = new Learning(rule, 20, Inference.gradient(50), Learning.Start.WARM, 0.05);
                PatternSpan span = PatternSpan.of(LA, PATTERNS);
                List<Double> onPixels = new ArrayList<>();
                List<Double> onCoordinates = new ArrayList<>();
                GenerativeNetwork pixels = learning.learn(
                                network(90, hidden, activation), PATTERNS, 5, p -> onPixels.add(p.totalEnergy()))
                        .network();
                GenerativeNetwork coordinates = span.expand(learning.learn(
                                network(span.dimensions(), hidden, activation),
                                span.coordinates(),
                                5,
                                p -> onCoordinates.add(p.totalEnergy()))
                        .network());
                for (int u = 0; u < 20; u++) {
                    assertThat(onCoordinates.get(u))
                            .as("energy at update %d, %s %s", u + 1, rule, hidden)
                            .isCloseTo(onPixels.get(u), within(1e-4 * (onPixels.get(u) + 1e-4 * onPixels.get(0))));
                }
                assertClose(coordinates.map(1).matrix(LA), pixels.weights(1), 2e-3);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(UsualActivation.class)
    void randomFirstWeightsHaveTheirPlaceInTheSpan(Activation activation) {
        for (LearningRule rule : List.of(new LocalLeastSquares(1e-3, 0.1), GradientRule.plain(0.1))) {
            for (List<Integer> hidden : List.of(List.of(20), List.of(20, 15))) {
                List<Integer> sizes = new ArrayList<>(List.of(90));
                sizes.addAll(hidden);
                GenerativeNetwork start = GenerativeNetwork.random(
                        sizes, activation, new Initialisation(1, 0.5, 0.05, 1), 1, new SplittableRandom(3));
                Learning learning = new Learning(rule, 20, Inference.gradient(50), Learning.Start.WARM, 0);
                PatternSpan span = PatternSpan.of(LA, PATTERNS, start.weights(1));
                assertThat(span.dimensions()).isEqualTo(7 + 20);
                assertClose(span.expand(span.project(start)).weights(1), start.weights(1), 1e-6);
                List<Double> onPixels = new ArrayList<>();
                List<Double> onCoordinates = new ArrayList<>();
                GenerativeNetwork pixels = learning.learn(start, PATTERNS, 5, p -> onPixels.add(p.totalEnergy()))
                        .network();
                GenerativeNetwork coordinates = span.expand(learning.learn(
                                span.project(start), span.coordinates(), 5, p -> onCoordinates.add(p.totalEnergy()))
                        .network());
                for (int u = 0; u < 20; u++) {
                    assertThat(onCoordinates.get(u))
                            .as("energy at update %d, %s %s", u + 1, rule, hidden)
                            .isCloseTo(onPixels.get(u), within(1e-4 * (onPixels.get(u) + 1e-4 * onPixels.get(0))));
                }
                assertClose(coordinates.map(1).matrix(LA), pixels.weights(1), 2e-3);
            }
        }
    }

    @Test
    void weightsThatDependOnEachOtherAreRefused() {
        Matrix twice = Matrix.zeros(90, 2);
        for (int i = 0; i < 90; i++) {
            twice.set(i, 0, i % 7);
            twice.set(i, 1, 2f * (i % 7));
        }
        assertThatThrownBy(() -> PatternSpan.of(LA, PATTERNS, twice)).isInstanceOf(ArithmeticException.class);
    }

    private static GenerativeNetwork network(int sensory, List<Integer> hidden, Activation activation) {
        List<Integer> sizes = new ArrayList<>(List.of(sensory));
        sizes.addAll(hidden);
        return GenerativeNetwork.random(
                sizes, activation, new Initialisation(1, 0.5, 0, 1), 1, new SplittableRandom(3));
    }

    private static void assertClose(Matrix actual, Matrix expected, double tolerance) {
        assertThat(actual.rows()).isEqualTo(expected.rows());
        for (int i = 0; i < expected.data().length; i++) {
            assertThat((double) actual.data()[i]).isCloseTo(expected.data()[i], within(tolerance));
        }
    }
}
