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
    void whatDoesNotVaryHasThePicturesThreshold() {
        assertThat(Spread.of(Matrix.ofRows(new float[] {7}, new float[] {7})).threshold())
                .isEqualTo(0.001);
    }

    @Test
    void largeValuesOfLittleSpreadKeepTheirVariance() {
        Spread spread = Spread.of(Matrix.ofRows(new float[] {1e6f}, new float[] {1e6f + 1}));
        assertThat(spread.variance()).isEqualTo(0.25);
    }
}
