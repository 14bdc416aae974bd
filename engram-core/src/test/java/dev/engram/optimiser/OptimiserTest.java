package dev.engram.optimiser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two steps of each optimiser, worked out by hand for θ = 1 and forces 2, then -1. */
class OptimiserTest {
    private static double afterTwoSteps(Optimiser optimiser, Precision precision) {
        Tensor theta = Tensor.zeros(precision, 1);
        theta.set(0, 1);
        OptimiserState state = optimiser.begin(theta);
        for (double g : new double[] {2, -1}) {
            Tensor force = Tensor.zeros(precision, 1);
            force.set(0, g);
            optimiser.step(theta, force, state);
        }
        assertThat(state.updates()).isEqualTo(2);
        return theta.get(0);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void plainStepsFollowTheForce(Precision precision) {
        assertThat(afterTwoSteps(Optimiser.sgd(0.1), precision)).isCloseTo(1 + 0.2 - 0.1, within(1e-6));
    }

    /** u = 2, then 0.5·2 - 1 = 0. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void momentumKeepsPartOfTheLastStep(Precision precision) {
        assertThat(afterTwoSteps(Optimiser.momentum(0.1, 0.5), precision)).isCloseTo(1.2, within(1e-6));
    }

    /**
     * β₁ = ½, β₂ = ¾. First step: corrected mean 2, mean square 4, so +α. Then m = ½·1 - ½ = 0, so nothing; with β₁ = 0.9: m = 0.9·0.2 -
     * 0.1 = 0.08, corrected by 1 - 0.81 = 0.19; s = ¾·1 + ¼·1 = 1, corrected by 1 - 9/16 = 7/16.
     */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void adamDividesTheMeanByTheRootOfTheMeanSquare(Precision precision) {
        assertThat(afterTwoSteps(new Optimiser.Adam(0.1, 0.5, 0.75, 1e-12), precision))
                .isCloseTo(1.1, within(1e-6));
        double second = 0.1 * (0.08 / 0.19) / Math.sqrt(16.0 / 7);
        assertThat(afterTwoSteps(new Optimiser.Adam(0.1, 0.9, 0.75, 1e-12), precision))
                .isCloseTo(1.1 + second, within(1e-6));
    }

    /** The first force alone, and a β₁ of ½: 0.1·2 / (2 + 0.5), then nothing. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void adamsEpsilonMakesStepsSmaller(Precision precision) {
        assertThat(afterTwoSteps(new Optimiser.Adam(0.1, 0.5, 0.75, 0.5), precision))
                .isCloseTo(1.08, within(1e-6));
    }

    /** β₁ = 0: the mean is the force; the mean square of the second step is 16/7, so 1.1 - 0.1 / √(16/7). */
    @Test
    void aDecayOfZeroForgetsAllBefore() {
        assertThat(afterTwoSteps(new Optimiser.Adam(0.1, 0, 0.75, 1e-12), Precision.DOUBLE))
                .isCloseTo(1.1 - 0.1 / Math.sqrt(16.0 / 7), within(1e-6));
    }

    /** torch.optim.AdamW of PyTorch 2.15, lr 0.1, betas (0.9, 0.75), weight_decay 0.2, on the gradients -2 and 1. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void weightsDecayApartFromTheForce(Precision precision) {
        Optimiser adamW = new Optimiser.Adam(0.1, 0.9, 0.75, 1e-12).decayed(0.2);
        assertThat(afterTwoSteps(adamW, precision)).isCloseTo(1.086250014, within(1e-6));
        double plain = (1 * (1 - 0.02) + 0.2) * (1 - 0.02) - 0.1;
        assertThat(afterTwoSteps(Optimiser.sgd(0.1).decayed(0.2), precision)).isCloseTo(plain, within(1e-6));
        assertThatThrownBy(() -> Optimiser.sgd(0.1).decayed(10)).hasMessageContaining("weight decay (10.0)");
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void learningRatesChangeFromUpdateToUpdate(Precision precision) {
        assertThat(afterTwoSteps(Optimiser.sgd(0.1).scheduled(LearningRates.steps(1, 0.5)), precision))
                .isCloseTo(1 + 0.2 - 0.05, within(1e-6));
        LearningRates cosine = LearningRates.cosine(4);
        assertThat(cosine.factor(0)).isEqualTo(1);
        assertThat(cosine.factor(1)).isCloseTo(0.5 * (1 + Math.sqrt(0.5)), within(1e-12));
        assertThat(cosine.factor(4)).isZero();
        LearningRates warm = cosine.afterWarmUp(2);
        assertThat(List.of(warm.factor(0), warm.factor(1), warm.factor(2), warm.factor(6)))
                .containsExactly(0.5, 1.0, 1.0, 0.0);
        assertThat(LearningRates.steps(3, 0.1).factor(7)).isCloseTo(0.01, within(1e-15));
        assertThat(LearningRates.constant().factor(99)).isEqualTo(1);
        assertThat(afterTwoSteps(Optimiser.sgd(0.1).scheduled(LearningRates.cosine(1)), precision))
                .as("a rate of 0 leaves parameters alone")
                .isCloseTo(1.2, within(1e-6));
        assertThatThrownBy(() -> LearningRates.cosine(0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> LearningRates.steps(1, 2)).hasMessageContaining("factor");
    }

    @Test
    void optimisersAreSpelledInOneWord() {
        assertThat(Optimiser.sgd(1).word()).isEqualTo("plain");
        assertThat(Optimiser.momentum(1, 0).word()).isEqualTo("momentum");
        assertThat(Optimiser.adam(1).word()).isEqualTo("adam");
    }

    @Test
    void aStateReadOutAndRestoredGoesOnToTheSameBits() {
        Optimiser adam = Optimiser.adam(0.01);
        Tensor theta = Tensor.wrap(new float[] {1, -2, 3}, 3);
        Tensor force = Tensor.wrap(new float[] {0.5f, 0.1f, -7}, 3);
        OptimiserState state = adam.begin(theta);
        adam.step(theta, force, state);
        OptimiserState restored = OptimiserState.of(state.updates(), state.averages());
        Tensor twin = theta.copy();
        adam.step(theta, force, state);
        adam.step(twin, force, restored);
        assertThat(twin).isEqualTo(theta);
        assertThat(restored).isEqualTo(state);
        assertThat(OptimiserState.of(1, List.of())).isNotEqualTo(state);
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> Optimiser.sgd(0)).hasMessageContaining("learning rate (0.0)");
        assertThatThrownBy(() -> Optimiser.momentum(0.1, 1)).hasMessageContaining("momentum (1.0)");
        assertThatThrownBy(() -> new Optimiser.Adam(0.1, -1, 0.9, 1e-8)).hasMessageContaining("mean's decay (-1.0)");
        assertThatThrownBy(() -> new Optimiser.Adam(0.1, 0.9, 1, 1e-8)).hasMessageContaining("square's decay (1.0)");
        assertThatThrownBy(() -> Optimiser.momentum(-1, 0.5)).hasMessageContaining("learning rate (-1.0)");
        assertThatThrownBy(() -> Optimiser.adam(Double.NaN)).hasMessageContaining("learning rate (NaN)");
        assertThatThrownBy(() -> new Optimiser.Adam(0.1, 0.9, 0.9, 0)).hasMessageContaining("epsilon (0.0)");
    }
}
