package dev.engram.experiments.salvatori;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.experiments.frame.Setting;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Mask;
import dev.engram.memory.Shape;
import org.junit.jupiter.api.Test;

class DamageTest {
    private static final Matrix ONES = Matrix.wrap(1, 16, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    private static final Shape SQUARE = Shape.of(4, 4);

    @Test
    void aPartIsTheUpperRows() {
        Question question = new Damage.Part(0.25).ask(ONES, SQUARE, 0);
        assertThat(question.cues().data()).containsExactly(1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        assertThat(question.mask().map(mask -> mask.knownValues(0))).hasValue(4);
    }

    @Test
    void theCentreIsCoveredAndTheRestKnown() {
        Question question = new Damage.Covered(0.5).ask(ONES, SQUARE, 0);
        assertThat(question.cues().data()).containsExactly(1, 1, 1, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 1, 1, 1);
        Mask mask = question.mask().orElseThrow();
        assertThat(mask.isKnown(0, 4)).isTrue();
        assertThat(mask.isKnown(0, 5)).isFalse();
    }

    @Test
    void noiseIsOnEverythingAndNothingIsTrusted() {
        Question question = Damage.Noisy.ofVariance(0.2).ask(ONES, SQUARE, 0);
        assertThat(question.mask()).isEmpty();
        assertThat(question.cues().data()).doesNotContain(1f);
    }

    @Test
    void settingsNameWhatTheNumberMeans() {
        Setting cell = Setting.of("data", "flags");
        assertThat(Damage.Noisy.ofVariance(0.2).on(cell)).hasToString("flags, variance 0.2");
        assertThat(Damage.Noisy.ofStandardDeviation(0.2).on(cell)).hasToString("flags, standard deviation 0.2");
        assertThat(Fractions.words(0.0625)).isEqualTo("1/16");
    }

    /**
     * Two pictures (1, 0) and (-1, 0): their covariance has the eigenvalues 1 and 0. Of noise of variance 1 the best linear map halves
     * the cue along the first axis, which leaves 1·1/(1+1) there and nothing elsewhere: 1/2 over two values.
     */
    @Test
    void theLinearLimitIsThatOfTheRegression() {
        Matrix pair = Matrix.wrap(2, 2, 1, 0, -1, 0);
        assertThat(LinearLimit.of(pair, 1)).isCloseTo(0.25, within(1e-12));
        assertThat(LinearLimit.of(pair, 0)).isZero();
        // Far more variance than noise: the noise of the one dimension remains, 0.01 over two values.
        assertThat(LinearLimit.of(Matrix.wrap(2, 2, 100, 0, -100, 0), 0.01)).isCloseTo(0.005, within(1e-7));
    }
}
