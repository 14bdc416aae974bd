package dev.engram.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LookAlikesTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();

    /** Four points by hand: the mean is (1, 1), the squared differences from it 2, 2, 2 and 2, over 8 values 1. */
    @Test
    void theVarianceAndTheDistancesAreThoseWorkedOutByHand() {
        Matrix corners = Matrix.ofRows(new float[][] {{0, 0}, {2, 0}, {0, 2}, {2, 2}});
        assertThat(LookAlikes.variance(corners)).isEqualTo(1);
        // Neighbouring corners differ by 2 in one of two values: (4 + 0) / 2; opposite ones by (4 + 4) / 2.
        assertThat(LookAlikes.of(LA, corners, 2))
                .containsExactly(
                        new LookAlikes(0, 1, 2),
                        new LookAlikes(0, 2, 2),
                        new LookAlikes(1, 3, 2),
                        new LookAlikes(2, 3, 2));
        assertThat(LookAlikes.of(LA, corners, 1.99)).isEmpty();
        assertThat(LookAlikes.of(LA, corners, 4)).hasSize(6).endsWith(new LookAlikes(1, 2, 4));
    }

    /** More patterns than a block has: 1,100 and 30 copies of them, each with one value moved by a known amount. */
    @Test
    void everyCopyAcrossBlocksIsFoundTheMostAlikeFirst() {
        int values = 48;
        int originals = 1_100;
        Matrix patterns = Matrix.zeros(originals + 30, values);
        SplittableRandom random = new SplittableRandom(1);
        for (int at = 0; at < originals * values; at++) {
            patterns.data()[at] = (float) random.nextDouble() + 100; // far from 0, where floats are coarse
        }
        List<LookAlikes> expected = new ArrayList<>();
        for (int copy = 0; copy < 30; copy++) {
            int of = copy * 37;
            patterns.setRow(originals + copy, patterns, of);
            float moved = patterns.get(of, copy) + copy / 128f;
            patterns.set(originals + copy, copy, moved);
            double by = (double) moved - patterns.get(of, copy);
            expected.add(new LookAlikes(of, originals + copy, by * by / values));
        }
        List<LookAlikes> found = LookAlikes.of(LA, patterns, LookAlikes.TOLERANCE);
        assertThat(found).hasSameSizeAs(expected);
        for (int k = 0; k < expected.size(); k++) {
            assertThat(found.get(k).first()).isEqualTo(expected.get(k).first());
            assertThat(found.get(k).second()).isEqualTo(expected.get(k).second());
            assertThat(found.get(k).distance()).isCloseTo(expected.get(k).distance(), within(1e-12));
        }
    }

    @Test
    void patternsThatAreAllTheSameAreAllLookAlikes() {
        Matrix same = Matrix.wrap(3, 2, 1, 2, 1, 2, 1, 2);
        assertThat(LookAlikes.of(LA, same, 0))
                .containsExactly(new LookAlikes(0, 1, 0), new LookAlikes(0, 2, 0), new LookAlikes(1, 2, 0));
        assertThat(LookAlikes.of(LA, same.slice(0, 1), 1)).isEmpty();
    }

    @Test
    void aToleranceBelowZeroIsRefused() {
        assertThatThrownBy(() -> LookAlikes.of(LA, Matrix.zeros(2, 2), -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tolerance");
    }
}
