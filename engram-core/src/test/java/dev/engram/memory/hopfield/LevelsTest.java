package dev.engram.memory.hopfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Mask;
import dev.engram.memory.sequence.AsymmetricHopfield;
import dev.engram.memory.sequence.Sequences;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LevelsTest {
    private static final HopfieldOptions OPTIONS = HopfieldOptions.defaults();

    @ParameterizedTest
    @CsvSource({
        "-1, 1, 0.5, -1, 1",
        "1, -1, 0.5, -1, 1",
        "0, 255, 0.5, 0, 255",
        "0.25, 0.75, 0.5, 0.25, 0.75",
        "-1, -1, 0.5, -1, 1",
        "7, 7, 0.5, 0, 7",
        "0.2, 0.3, 0.5, 0, 1",
        "0.6, 0.7, 0.5, 0, 1",
        "-3, -3, -4, 0, 1"
    })
    void theyAreTheTwoValuesOfThePatternsOnEitherSideOfTheThreshold(
            float a, float b, double threshold, float low, float high) {
        assertThat(Levels.of(Matrix.wrap(2, 2, a, b, b, a), threshold)).isEqualTo(new Levels(low, high));
    }

    @Test
    void aThirdValueMakesThemNoughtAndOne() {
        assertThat(Levels.of(Matrix.wrap(1, 3, -1, 1, 0), 0.5)).isEqualTo(Levels.BINARY);
    }

    @Test
    void theyAreInOrderAndFinite() {
        assertThatThrownBy(() -> new Levels(1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Levels(0, Float.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    /** The same units and weights: what 0/1 patterns come back as, times two less one. */
    @ParameterizedTest
    @EnumSource(HopfieldRule.class)
    void bipolarPatternsComeBackAsTheBinaryOnesDoInTheirOwnValues(HopfieldRule rule) {
        Matrix bipolar = signs(3, 40, 1);
        Matrix noisy = flipped(bipolar, 2);
        HopfieldNetwork ofSigns = HopfieldNetwork.learn(bipolar, OPTIONS.withRule(rule));
        HopfieldNetwork ofBits = HopfieldNetwork.learn(bits(bipolar), OPTIONS.withRule(rule));
        assertThat(ofSigns.recall(noisy).patterns())
                .isEqualTo(signs(ofBits.recall(bits(noisy)).patterns()));
        assertThat(ofSigns.recall(bipolar).patterns()).isEqualTo(bipolar);
        assertThat(OPTIONS.asStored(bipolar)).isEqualTo(bipolar);

        boolean[] known = new boolean[40];
        for (int j = 0; j < 30; j++) {
            known[j] = true;
        }
        Matrix completed = ofSigns.complete(Mask.known(known).blank(bipolar, 0), Mask.known(known))
                .patterns();
        assertThat(completed).isEqualTo(bipolar);
    }

    @Test
    void framesOfSignsAreFollowedByFramesOfSigns() {
        Matrix frames = signs(4, 60, 3);
        AsymmetricHopfield memory = AsymmetricHopfield.learn(
                new Sequences(List.of(frames)), new Separation.Identity(), 0.5, LinearAlgebra.shared());
        assertThat(memory.replay(frames.slice(0, 1), 3).patterns()).isEqualTo(frames.slice(1, 4));
    }

    private static Matrix signs(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix signs = Matrix.zeros(rows, columns);
        for (int i = 0; i < signs.data().length; i++) {
            signs.data()[i] = random.nextBoolean() ? 1 : -1;
        }
        return signs;
    }

    private static Matrix flipped(Matrix patterns, int each) {
        Matrix flipped = patterns.copy();
        for (int i = 0; i < patterns.rows(); i++) {
            for (int j = 0; j < each; j++) {
                flipped.set(i, 7 * j + i, -patterns.get(i, 7 * j + i));
            }
        }
        return flipped;
    }

    private static Matrix bits(Matrix signs) {
        return Levels.BINARY.applied(signs, 0);
    }

    private static Matrix signs(Matrix bits) {
        return Levels.BIPOLAR.applied(bits, 0.5);
    }
}
