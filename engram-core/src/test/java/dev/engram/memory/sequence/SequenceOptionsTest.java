package dev.engram.memory.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.learning.GradientRule;
import dev.engram.learning.LocalLeastSquares;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Recall;
import dev.engram.memory.hopfield.Separation;
import dev.engram.network.Activation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.LinearMap;
import dev.engram.optimiser.Optimiser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What sequence memories are made of, and what they say of themselves. */
class SequenceOptionsTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();
    private static final HiddenTemporalOptions HIDDEN = HiddenTemporalOptions.defaults();

    @Test
    void optionsOfADirectMemoryAreDescribed() {
        assertThat(TemporalOptions.defaults().describe())
                .containsExactly(
                        Map.entry("activation", "linear"),
                        Map.entry("learning", "local-least-squares"),
                        Map.entry("ridge", "1.0E-5"),
                        Map.entry("memory_rate", "0.0"),
                        Map.entry("updates", "10"));
        TemporalOptions other = TemporalOptions.defaults()
                .withActivation(Activation.TANH)
                .withRule(new GradientRule(Optimiser.momentum(0.1, 0.9)), 1);
        assertThat(other.describe())
                .containsExactly(
                        Map.entry("activation", "tanh"),
                        Map.entry("learning", "gradient"),
                        Map.entry("learning_rate", "0.1"),
                        Map.entry("optimiser", "momentum"),
                        Map.entry("updates", "1"));
    }

    @Test
    void everyOptionOfAHiddenMemoryCanBeChangedAlone() {
        GradientRule plain = GradientRule.plain(0.1);
        assertThat(HIDDEN.withHidden(7)).isEqualTo(hidden(7, Activation.LINEAR, 1, 0));
        assertThat(HIDDEN.withActivation(Activation.TANH)).isEqualTo(hidden(0, Activation.TANH, 1, 0));
        assertThat(HIDDEN.withPriorPrecision(3)).isEqualTo(hidden(0, Activation.LINEAR, 3, 0));
        assertThat(HIDDEN.withSeed(5)).isEqualTo(hidden(0, Activation.LINEAR, 1, 5));
        assertThat(HIDDEN.withRule(plain, 3).rule()).isEqualTo(plain);
        assertThat(HIDDEN.withRule(plain, 3).updates()).isEqualTo(3);
        assertThat(HIDDEN.describe())
                .containsExactly(
                        Map.entry("hidden", "auto"),
                        Map.entry("activation", "linear"),
                        Map.entry("learning", "local-least-squares"),
                        Map.entry("ridge", "1.0E-5"),
                        Map.entry("memory_rate", "0.0"),
                        Map.entry("updates", "10"),
                        Map.entry("inference_steps", "5"),
                        Map.entry("start_noise", "0.1"),
                        Map.entry("prior_precision", "1.0"),
                        Map.entry("memory_mean", "1.0"),
                        Map.entry("memory_std", "0.5"));
        assertThat(HIDDEN.withHidden(7).describe()).containsEntry("hidden", "7");
    }

    private static HiddenTemporalOptions hidden(int nodes, Activation f, double lambda, long seed) {
        return new HiddenTemporalOptions(nodes, f, new LocalLeastSquares(1e-5, 0), 10, 5, 0.1, lambda, 1, 0.5, seed);
    }

    @Test
    void theHiddenLayerHasTwoNodesForEachFrameAndAtLeastThirtyTwo() {
        assertThat(HIDDEN.hiddenFor(16)).isEqualTo(32);
        assertThat(HIDDEN.hiddenFor(17)).isEqualTo(34);
        assertThat(HIDDEN.hiddenFor(3)).isEqualTo(32);
        assertThat(HIDDEN.withHidden(7).hiddenFor(17)).isEqualTo(7);
    }

    @Test
    void optionsWithoutMeaningAreRefused() {
        assertThat(withSteps(1, 0, 1e-9).inferenceSteps()).isZero();
        assertThatThrownBy(() -> withSteps(0, 5, 0.1)).hasMessageContaining("that of updates (0) at least 1");
        assertThatThrownBy(() -> withSteps(1, -1, 0.1)).hasMessageContaining("inference steps (-1)");
        for (double noise : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> withSteps(1, 5, noise)).hasMessageContaining("The start noise");
        }
    }

    private static HiddenTemporalOptions withSteps(int updates, int steps, double noise) {
        return new HiddenTemporalOptions(
                0, Activation.LINEAR, new LocalLeastSquares(1e-5, 0), updates, steps, noise, 1, 1, 0.5, 0);
    }

    @Test
    void framesAreJoinedInTheirOrder() {
        Sequences two = Sequences.of(Matrix.wrap(3, 1, 1, 2, 3), Matrix.wrap(2, 1, 4, 5));

        assertThat(two.lengths()).containsExactly(3, 2);
        assertThat(two.count()).isEqualTo(5);
        assertThat(two.values()).isEqualTo(1);
        assertThat(two.all()).isEqualTo(Matrix.wrap(5, 1, 1, 2, 3, 4, 5));
        assertThat(two.presents()).isEqualTo(Matrix.wrap(3, 1, 1, 2, 4));
        assertThat(two.nexts()).isEqualTo(Matrix.wrap(3, 1, 2, 3, 5));
        assertThat(Sequences.of(Matrix.wrap(2, 2, 1, 2, 3, 4)).nexts()).isEqualTo(Matrix.wrap(1, 2, 3, 4));
    }

    /** W = 2: after 1 comes 2, after 2 comes 4; 5 where 2 was expected is an energy of 9/2, 4 as expected after 2 one of 0. */
    @Test
    void theEnergyOfAFrameIsHowFarItWasFromWhatWasExpected() {
        TemporalMemory memory = TemporalMemory.of(Activation.LINEAR, new LinearMap.Dense(Matrix.wrap(1, 1, 2)), LA);

        Recall followed = memory.follow(Matrix.wrap(3, 1, 1, 5, 10));
        assertThat(followed.patterns()).isEqualTo(Matrix.wrap(3, 1, 2, 10, 20));
        assertThat(followed.energy()).containsExactly(0, 4.5, 0);
        Recall replayed = memory.replay(Matrix.wrap(2, 1, 7, 1), 3);
        assertThat(replayed.patterns()).isEqualTo(Matrix.wrap(3, 1, 2, 4, 8));
        assertThat(replayed.energy()).containsExactly(0, 0, 0);
        assertThat(memory.activation()).isEqualTo(Activation.LINEAR);
        assertThat(memory.model()).isEqualTo("tpc");
    }

    @Test
    void weightsThatDoNotMapFramesToFramesAreRefused() {
        LinearMap oblong = new LinearMap.Dense(Matrix.zeros(2, 3));
        assertThatThrownBy(() -> TemporalMemory.of(Activation.LINEAR, oblong, LA))
                .hasMessageContaining("2 rows and 3 columns");
        GenerativeNetwork three = GenerativeNetwork.of(Activation.LINEAR, List.of(Matrix.zeros(4, 3)), new float[3], 1);
        for (Matrix transition : new Matrix[] {Matrix.zeros(2, 3), Matrix.zeros(3, 2)}) {
            assertThatThrownBy(() -> HiddenTemporalMemory.of(three, new LinearMap.Dense(transition), LA))
                    .hasMessageContaining("do not make a sequence memory");
        }
        GenerativeNetwork deep = GenerativeNetwork.of(
                Activation.LINEAR, List.of(Matrix.zeros(4, 3), Matrix.zeros(3, 3)), new float[3], 1);
        assertThatThrownBy(() -> HiddenTemporalMemory.of(deep, new LinearMap.Dense(Matrix.zeros(3, 3)), LA))
                .hasMessageContaining("one hidden layer");
    }

    /** 4 · 3 weights, a transition of 3 · 3 and b. */
    @Test
    void aHiddenMemoryIsItsWeightsItsTransitionAndItsMemoryVector() {
        GenerativeNetwork network =
                GenerativeNetwork.of(Activation.LINEAR, List.of(Matrix.zeros(4, 3)), new float[3], 1);
        LinearMap transition = new LinearMap.Dense(Matrix.zeros(3, 3));
        HiddenTemporalMemory memory = HiddenTemporalMemory.of(network, transition, LA);

        assertThat(memory.bytes()).isEqualTo(4 * (12 + 3 + 9));
        assertThat(memory.model()).isEqualTo("tpc-hidden");
        assertThat(memory.values()).isEqualTo(4);
        assertThat(memory.network()).isSameAs(network);
        assertThat(memory.transition()).isSameAs(transition);
        assertThat(memory.withPriorPrecision(3).network().priorPrecision()).isEqualTo(3);
        assertThatThrownBy(() -> memory.replay(Matrix.zeros(1, 4), 0)).hasMessageContaining("recall (0)");
    }

    /** The patterns of two transitions, 4 units, 2 · 2 · 4 bits; Hebb's weights, 4 · 4 floats. */
    @Test
    void aDenseHopfieldNetworkKeepsItsPatternsOneBitAUnit() {
        Sequences sequences = Sequences.of(Matrix.wrap(3, 4, 1, 1, 1, 1, 1, 0, 1, 0, 1, 1, 0, 0));
        AsymmetricHopfield cubic = AsymmetricHopfield.learn(sequences, Separation.polynomial(3), 0.5, LA);

        assertThat(cubic.bytes()).isEqualTo(2);
        assertThat(AsymmetricHopfield.learn(
                                Sequences.of(Matrix.wrap(2, 5, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0)),
                                Separation.polynomial(3),
                                0.5,
                                LA)
                        .bytes())
                .as("10 bits")
                .isEqualTo(2);
        assertThat(cubic.model()).isEqualTo("asymmetric-hopfield");
        assertThat(cubic.values()).isEqualTo(4);
        assertThat(cubic.follow(Matrix.wrap(1, 4, 1, 1, 1, 1)).patterns()).isEqualTo(Matrix.wrap(1, 4, 1, 0, 1, 0));
    }
}
