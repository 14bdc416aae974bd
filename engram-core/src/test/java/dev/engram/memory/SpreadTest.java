package dev.engram.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.linalg.Matrix;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void theThresholdOfValuesFromNoughtToOneIsThatOfPictures() {
        assertThat(Spread.of(Matrix.ofRows(new float[] {0, 1}, new float[] {1, 0.5f}))
                        .threshold())
                .isEqualTo(0.001);
    }

    @Test
    void otherwiseItIsAShareOfTheMeanVariance() {
        // variances of 1, 3 and of 10, 40 (one is missing): 1 and 225, as 25 is the mean of 10 and 40
        Spread spread = Spread.of(Matrix.ofRows(new float[] {1, 10}, new float[] {3, Float.NaN}));
        spread.add(Matrix.ofRows(new float[] {Float.NaN, 40}));
        assertThat(spread.variance()).isEqualTo((1 + 225) / 2.0);
        assertThat(spread.threshold()).isCloseTo(0.016 * 113, within(1e-12));
    }

    @Test
    void spreadsOfPartsMakeThatOfAll() {
        Matrix all = Matrix.ofRows(
                new float[] {Float.NaN, 1e6f, 3},
                new float[] {Float.NaN, 1e6f + 2, 1},
                new float[] {4, 1e6f + 1, 7},
                new float[] {5, Float.NaN, -2});
        for (int first = 0; first <= 4; first++) {
            Spread parts = Spread.of(all.slice(0, first));
            parts.add(Spread.of(all.slice(first, 4)));
            assertThat(parts.variance()).isCloseTo(Spread.of(all).variance(), within(1e-9));
            assertThat(parts.isLikePictures()).isFalse();
        }
    }

    @Test
    void whatDoesNotVaryHasThePicturesThreshold() {
        assertThat(Spread.of(Matrix.ofRows(new float[] {7}, new float[] {7})).threshold())
                .isEqualTo(0.001);
    }

    @Test
    void largeValuesOfLittleSpreadKeepTheirVariance() {
        Spread spread = Spread.of(Matrix.ofRows(new float[] {1e6f}, new float[] {1e6f + 1}));
        assertThat(spread.variance()).isEqualTo(0.25);
    }

    /** 0 and 0.02 have the variance 0.01²: the mean of both, answered to either, has an error of 1e-4 and would count as recovered at 0.001. */
    @Test
    void picturesThatHardlyDifferHaveAThresholdOfTheirOwn() {
        Spread spread = Spread.of(Matrix.ofRows(new float[] {0, 0.02f}, new float[] {0.02f, 0}));
        assertThat(spread.variance()).isCloseTo(1e-4, within(1e-10));
        assertThat(spread.tellsApart(0.001)).isFalse();
        assertThat(spread.threshold()).isCloseTo(1.6e-6, within(1e-12));
        assertThat(spread.tellsApart(spread.threshold())).isTrue();
    }

    /** 0.4 and 0.5 have the variance 0.05² = 0.0025, more than twice the threshold. */
    @Test
    void picturesThatDifferMoreKeepThePapersThreshold() {
        assertThat(Spread.of(Matrix.ofRows(new float[] {0.4f}, new float[] {0.5f}))
                        .threshold())
                .isEqualTo(0.001);
    }

    @Test
    void onePatternHasNothingToBeToldApartFrom() {
        assertThat(Spread.of(Matrix.ofRows(new float[] {0.1f, 0.2f})).tellsApart(0.001))
                .isTrue();
        assertThat(Spread.of(Matrix.ofRows(new float[] {0.1f}, new float[] {0.1f}))
                        .tellsApart(0.001))
                .isFalse();
    }
}
