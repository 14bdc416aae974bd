package dev.engram.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PeakMemoryTest {
    @Test
    void whatWasHeldAndLetGoCounts() {
        PeakMemory.reset();
        int size = 20_000_000;
        assertThat(new byte[size]).hasSize(size);
        System.gc();

        PeakMemory peak = PeakMemory.sinceReset();

        assertThat(peak.heap()).isGreaterThan(size);
        assertThat(peak.resident())
                .satisfiesAnyOf(r -> assertThat(r).isNaN(), r -> assertThat(r).isGreaterThan(size));
    }
}
