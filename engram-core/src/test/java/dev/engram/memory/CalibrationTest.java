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

    @Test
    void aCalibrationIsOfSomethingAtARateBetweenNoughtAndOne() {
        for (double rate : new double[] {0, 1, -0.1, Double.NaN}) {
            assertThatThrownBy(() -> Calibration.of(new double[] {1}, rate)).hasMessageContaining("between 0 and 1");
        }
        assertThatThrownBy(() -> Calibration.of(new double[0], 0.5)).hasMessageContaining("(0 given)");
        for (double rate : new double[] {0, 1.01, Double.NaN}) {
            assertThatThrownBy(() -> new Calibration(1, rate, 3)).hasMessageContaining("a rate in (0, 1]");
        }
        assertThatThrownBy(() -> new Calibration(Double.NaN, 1, 3)).hasMessageContaining("a threshold (NaN)");
        assertThatThrownBy(() -> new Calibration(1, 1, -1)).hasMessageContaining("a count (-1)");
        assertThat(new Calibration(1, 1, 0).heldOut()).isZero();
        for (double confidence : new double[] {0, 1, Double.NaN}) {
            assertThatThrownBy(() -> Calibration.of(new double[] {1}, 0.5).limits(confidence))
                    .hasMessageContaining("must be between 0 and 1");
        }
    }

    /** Of three novelties the least, with a rate of 1/4, where a hundredth was asked for; half of four places is the second. */
    @Test
    void tooFewToCalibrateOnHaveTheRateTheyCanHave() {
        double[] novelty = {0.3, 0.1, 0.2};
        assertThat(Calibration.of(novelty, 0.01)).isEqualTo(new Calibration(0.1, 0.25, 3));
        assertThat(Calibration.of(novelty, 0.5)).isEqualTo(new Calibration(0.2, 0.5, 3));
        assertThat(Calibration.of(novelty, 0.49)).isEqualTo(new Calibration(0.1, 0.25, 3));
        assertThat(novelty).as("what is given is only read").containsExactly(0.3, 0.1, 0.2);
    }
}
