package dev.engram.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class CompletionBenchmarkTest {
    /** What comes back is the picture that was stored. */
    @Test
    void complete() {
        CompletionBenchmark benchmark = new CompletionBenchmark();
        benchmark.patterns = 8;
        benchmark.side = 16;
        benchmark.hidden = 32;
        benchmark.setUp();
        assertThat(benchmark.complete().patterns().row(0)).containsExactly(benchmark.original(), Offset.offset(0.01f));
    }
}
