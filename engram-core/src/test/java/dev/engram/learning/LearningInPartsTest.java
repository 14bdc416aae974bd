package dev.engram.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.inference.Inference;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.Activation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.Initialisation;
import dev.engram.optimiser.LearningState;
import dev.engram.optimiser.Optimiser;
import dev.engram.optimiser.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Algorithm 1 of patterns in parts, each of which infers its own value nodes, is that of all patterns at once. */
class LearningInPartsTest {
    private static final int D = 7;

    private static Matrix drawn(int patterns, int values) {
        SplittableRandom random = new SplittableRandom(9);
        Matrix drawn = Matrix.zeros(patterns, values);
        for (int at = 0; at < drawn.data().length; at++) {
            drawn.data()[at] = (float) (0.5 + 0.3 * random.nextGaussian());
        }
        return drawn;
    }

    private static GenerativeNetwork network(int... hidden) {
        List<Integer> sizes = new ArrayList<>(List.of(D));
        IntStream.of(hidden).forEach(sizes::add);
        return GenerativeNetwork.random(
                sizes, Activation.RELU, new Initialisation(1, 0.3, 0.2, 2), 0.7, new SplittableRandom(4));
    }

    private static double difference(Matrix one, Matrix other) {
        return Math.sqrt(one.minus(other).squaredLength() / other.squaredLength());
    }

    private static Matrix vector(GenerativeNetwork network) {
        return Matrix.wrap(1, network.memoryVector().length, network.memoryVector());
    }

    /** Rules, and the way value nodes begin. */
    private enum Case {
        PLAIN(new GradientRule(Optimiser.sgd(0.05)), Learning.Start.WARM, 0),
        ADAM(new GradientRule(Optimiser.adam(0.01)), Learning.Start.WARM, 0),
        APART(new GradientRule(Optimiser.sgd(0.05)), Learning.Start.WARM, 0.1),
        AGAIN(new GradientRule(Optimiser.sgd(0.05)), Learning.Start.FROM_MEMORY_VECTOR, 0.1),
        LEAST_SQUARES(new LocalLeastSquares(0.1, 0.1), Learning.Start.WARM, 0),
        LEAST_SQUARES_APART(new LocalLeastSquares(0.1, 0.1), Learning.Start.WARM, 0.1);

        private final LearningRule rule;
        private final Learning.Start start;
        private final double noise;

        Case(LearningRule rule, Learning.Start start, double noise) {
            this.rule = rule;
            this.start = start;
            this.noise = noise;
        }

        Learning learning(int updates) {
            return new Learning(rule, updates, Inference.gradient(8), start, noise);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isThatOfAllPatternsAtOnce(Case of) {
        for (int count : new int[] {4, 20}) { // fewer than nodes, and more
            Matrix patterns = drawn(count, D);
            for (GenerativeNetwork blank : List.of(network(9), network(8, 6))) {
                List<Double> errors = new ArrayList<>();

                Learning.Result together = of.learning(6).learn(blank, patterns, 5, p -> errors.add(p.trainingError()));
                List<Double> inParts = new ArrayList<>();
                Learning.Result apart = of.learning(6)
                        .learn(blank, new InBlocks(patterns), 5, p -> inParts.add(p.trainingError()), Optional.empty());

                assertThat(apart.outcome()).isEqualTo(Outcome.COMPLETED);
                assertThat(apart.updates()).isEqualTo(6);
                assertThat(inParts).hasSize(6);
                for (int update = 0; update < 6; update++) {
                    assertThat(inParts.get(update) / errors.get(update) - 1).isBetween(-1e-4, 1e-4);
                }
                for (int l = 1; l <= blank.hiddenLayers(); l++) {
                    assertThat(difference(
                                    apart.network().weights(l),
                                    together.network().weights(l)))
                            .isLessThan(1e-4);
                    assertThat(difference(together.network().weights(l), blank.weights(l)))
                            .isGreaterThan(1e-3); // they have moved
                }
                assertThat(difference(vector(apart.network()), vector(together.network())))
                        .isLessThan(1e-4);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void isResumedToTheSameBits(Case of) {
        PatternBlocks patterns = new InBlocks(drawn(20, D));
        List<LearningState> states = new ArrayList<>();
        GenerativeNetwork straight = of.learning(5)
                .learn(
                        network(8, 6),
                        patterns,
                        5,
                        p -> {
                            states.add(p.state().get());
                            return true;
                        },
                        Optional.empty())
                .network();

        GenerativeNetwork resumed = of.learning(5)
                .learn(network(8, 6), patterns, 5, p -> true, Optional.of(states.get(2)))
                .network();

        assertThat(resumed.weights(1)).isEqualTo(straight.weights(1));
        assertThat(resumed.weights(2)).isEqualTo(straight.weights(2));
        assertThat(resumed.memoryVector()).isEqualTo(straight.memoryVector());
    }

    @Test
    void endsWhereItHasConvergedAsAllPatternsAtOnce() {
        Matrix patterns = drawn(20, D);
        Learning learning =
                new Learning(new LocalLeastSquares(0.3, 0.1), 50, Inference.gradient(8), Learning.Start.WARM, 0, 0.02);

        Learning.Result together = learning.learn(network(12), patterns, 5, p -> true);
        Learning.Result apart = learning.learn(network(12), new InBlocks(patterns), 5, p -> true, Optional.empty());

        assertThat(together.updates()).isBetween(2, 49);
        assertThat(apart.updates()).isEqualTo(together.updates());
    }

    @Test
    void oneThatDivergesGivesTheNetworkBack() {
        Learning learning =
                new Learning(GradientRule.plain(1e30), 5, Inference.gradient(3), Learning.Start.FROM_MEMORY_VECTOR, 0);
        GenerativeNetwork blank = network(6);

        Learning.Result result = learning.learn(blank, new InBlocks(drawn(5, D)), 5, p -> true, Optional.empty());

        assertThat(result.outcome()).isEqualTo(Outcome.DIVERGED);
        assertThat(result.network().weights(1)).isEqualTo(blank.weights(1));
    }

    @Test
    void startCodesOfSomePatternsAreTheirs() {
        for (int nodes : new int[] {4, 16}) { // fewer than patterns, and more
            Matrix all = StartCodes.draw(10, nodes, 0.3, 8).noise();

            assertThat(StartCodes.draw(10, nodes, 0.3, 8, 4, 9).noise()).isEqualTo(all.slice(4, 9));
            assertThat(StartCodes.draw(10, nodes, 0.3, 8, 10, 10).noise().rows())
                    .isZero();
        }
    }

    @Test
    void theSpanOfPartsOfTheValuesIsThatOfThePatterns() {
        LinearAlgebra la = LinearAlgebra.shared();
        Matrix patterns = drawn(5, 40).below(Matrix.zeros(2, 40));
        for (int j = 0; j < 40; j++) { // one of nothing new
            patterns.set(5, j, patterns.get(0, j) - 2 * patterns.get(3, j));
            patterns.set(6, j, (float) Math.sin(j));
        }

        PatternSpan whole = PatternSpan.of(la, patterns);
        PatternSpan parts = PatternSpan.ofValues(la, new InBlocks(patterns.transpose()));

        assertThat(whole.dimensions()).isEqualTo(6);
        assertThat(parts.dimensions()).isEqualTo(6);
        assertThat(difference(parts.coordinates(), whole.coordinates())).isLessThan(1e-6);
        assertThat(difference(parts.basis(), whole.basis())).isLessThan(1e-5);
    }

    @Test
    void gatheredPartsAreThePatterns() {
        Matrix patterns = drawn(8, D);

        assertThat(new InBlocks(patterns).gathered()).isEqualTo(patterns);
        assertThat(PatternBlocks.of(patterns).gathered()).isEqualTo(patterns);
    }
}
