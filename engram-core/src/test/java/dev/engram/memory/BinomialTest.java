package dev.engram.memory;

import static org.assertj.core.api.Assertions.assertThat;

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
}
