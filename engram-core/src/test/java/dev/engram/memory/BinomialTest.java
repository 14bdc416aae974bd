package dev.engram.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** SciPy: the central 99 % interval of 1,000 cues at 0.01 is 3 to 19. */
class BinomialTest {
    @Test
    void theIntervalIsSciPys() {
        Binomial alarms = new Binomial(1000, 0.01);
        assertThat(alarms.isAbove(0.019, 0.99)).isFalse();
        assertThat(alarms.isAbove(0.020, 0.99)).isTrue();
        assertThat(alarms.isBelow(0.003, 0.99)).isFalse();
        assertThat(alarms.isBelow(0.002, 0.99)).isTrue();
    }

    /** SciPy: {@code binom.cdf(k - 1, 10, 0.3)} for k = 0, 1, 3 and 10. */
    @Test
    void fewerThanSoManyAreAsProbableAsSciPySays() {
        Binomial of = new Binomial(10, 0.3);
        assertThat(of.below(0)).isZero();
        assertThat(of.below(1)).isCloseTo(0.0282475249, within(1e-10));
        assertThat(of.below(3)).isCloseTo(0.3827827864, within(1e-10));
        assertThat(of.below(10)).isCloseTo(0.9999940951, within(1e-10));
    }
}
