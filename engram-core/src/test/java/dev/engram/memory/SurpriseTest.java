package dev.engram.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SurpriseTest {
    @Test
    void deviationsAreAboveOrBelowWhatWasExpected() {
        assertThat(new Surprise(0, 5, 2, 1.5).deviations()).isEqualTo(2);
        assertThat(new Surprise(0, 1, 2, 0.25).deviations()).isEqualTo(-4);
    }
}
