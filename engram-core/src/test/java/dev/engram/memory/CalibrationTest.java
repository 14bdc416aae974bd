package dev.engram.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationTest {
    /** Quantiles of Beta(k, M + 1 - k) from SciPy. */
    @ParameterizedTest
    @CsvSource({
        "1000, 0.01, 0.00480551, 0.01701578",
        "499, 0.01, 0.00326126, 0.02039617",
        "20, 0.01, 0.00126509, 0.16843347"
    })
    void limitsAreThoseOfTheBetaDistribution(int heldOut, double rate, double lower, double upper) {
        double[] novelty = IntStream.range(0, heldOut).mapToDouble(i -> i).toArray();
        Calibration.Limits limits = Calibration.of(novelty, rate).limits(0.95);
        assertThat(limits.lower()).isCloseTo(lower, within(1e-7));
        assertThat(limits.upper()).isCloseTo(upper, within(1e-7));
    }

    /** Quantiles of the beta-binomial distribution from SciPy. */
    @ParameterizedTest
    @CsvSource({
        "1000, 0.01, 200, 0.99, 6",
        "1000, 0.01, 200, 0.5, 2",
        "499, 0.01, 50, 0.99, 3",
        "20, 0.01, 1000, 0.99, 207"
    })
    void soManyOfABatchAreFalseAlarmsAtMost(int heldOut, double rate, int cues, double confidence, int most) {
        double[] novelty = IntStream.range(0, heldOut).mapToDouble(i -> i).toArray();
        assertThat(Calibration.of(novelty, rate).most(cues, confidence)).isEqualTo(most);
        assertThat(Calibration.none().most(cues, confidence)).isEqualTo(cues);
    }

    @Test
    void nothingIsKnownWithoutACalibration() {
        assertThat(Calibration.none().limits(0.95)).isEqualTo(new Calibration.Limits(0, 1));
        assertThatThrownBy(() -> Calibration.none().limits(1)).hasMessageContaining("between 0 and 1");
    }

    /** Of 1000 numbers the 10th for a rate of a hundredth; what cannot be recalled counts as most novel of all. */
    @Test
    void theThresholdIsAnOrderStatistic() {
        double[] novelty = IntStream.range(0, 1000).mapToDouble(i -> 999 - i).toArray();
        assertThat(Calibration.of(novelty, 0.01).threshold()).isEqualTo(9);
        assertThat(Calibration.of(novelty, 10.0 / 1001).threshold()).isEqualTo(9);
        novelty[999] = Double.POSITIVE_INFINITY;
        assertThat(Calibration.of(novelty, 0.01).threshold()).isEqualTo(10);
    }
}
