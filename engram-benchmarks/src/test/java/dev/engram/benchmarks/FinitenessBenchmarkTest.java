package dev.engram.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FinitenessBenchmarkTest {
    @Test
    void isFinite() {
        FinitenessBenchmark benchmark = new FinitenessBenchmark();
        benchmark.rows = 7;
        benchmark.columns = 9;
        benchmark.setUp();
        assertThat(benchmark.isFinite()).isTrue();
        benchmark.weights().set(6, 8, Float.NaN);
        assertThat(benchmark.isFinite()).isFalse();
    }
}
