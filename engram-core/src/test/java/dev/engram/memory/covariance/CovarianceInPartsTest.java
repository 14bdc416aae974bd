package dev.engram.memory.covariance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.learning.InBlocks;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Learned;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Shape;
import dev.engram.memory.UnusableValuesException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A covariance of patterns in parts is that of all at once. */
class CovarianceInPartsTest {
    private static final CovarianceOptions OPTIONS = CovarianceOptions.defaults();
    private static final int D = 4;

    /** Far from 0, so that squares of the values would lose what they vary by. */
    private static Matrix drawn() {
        SplittableRandom random = new SplittableRandom(3);
        Matrix drawn = Matrix.zeros(50, D);
        for (int i = 0; i < 50; i++) {
            double common = random.nextGaussian();
            for (int j = 0; j < D; j++) {
                drawn.set(i, j, (float) (1000 + common + 0.3 * j * random.nextGaussian()));
            }
        }
        return drawn;
    }

    private static Learned<CovarianceMemory> inParts(Matrix patterns) {
        return OPTIONS.learn(new InBlocks(patterns), Shape.of(D), 0, MemoryModel.Watch.NONE, LinearAlgebra.shared());
    }

    private static Learned<CovarianceMemory> atOnce(Matrix patterns) {
        return OPTIONS.learn(patterns, Shape.of(D), 0, MemoryModel.Watch.NONE, LinearAlgebra.shared());
    }

    @Test
    void isThatOfAllAtOnce() {
        Learned<CovarianceMemory> parts = inParts(drawn());
        Learned<CovarianceMemory> whole = atOnce(drawn());

        assertThat(parts.memory().mean()).containsExactly(whole.memory().mean(), within(1e-9));
        assertThat(parts.memory().variances()).containsExactly(whole.memory().variances(), within(1e-9));
        assertThat(parts.memory().lambda()).isCloseTo(whole.memory().lambda(), within(1e-15));
        assertThat(parts.memory().ordinary()).containsExactly(whole.memory().ordinary(), within(1e-6));
        assertThat(parts.audit().errors()).hasSameSizeAs(whole.audit().errors());
        assertThat(parts.outcome()).isEqualTo(whole.outcome());
    }

    @Test
    void patternsWithMissingValuesAreGathered() {
        Matrix patterns = drawn();
        patterns.set(7, 2, Float.NaN);

        assertThat(inParts(patterns).memory().mean())
                .containsExactly(atOnce(patterns).memory().mean());
        assertThat(inParts(patterns).updates()).isPositive();
    }

    @Test
    void onlyMorePatternsThanValuesAreLearnedInParts() {
        assertThat(OPTIONS.learnsInParts(5, Shape.of(4))).isTrue();
        assertThat(OPTIONS.learnsInParts(4, Shape.of(4))).isFalse();
        assertThat(OPTIONS.learnsInBlocks(5, Shape.of(4))).isFalse(); // what is missing is seen too late
    }

    @Test
    void valuesThatCannotBeUsedAreRefused() {
        Matrix patterns = drawn();
        patterns.set(7, 2, 1e17f);

        assertThatThrownBy(() -> inParts(patterns)).isInstanceOf(UnusableValuesException.class);
    }
}
