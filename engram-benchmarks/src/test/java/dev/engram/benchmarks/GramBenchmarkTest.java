package dev.engram.benchmarks;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GramBenchmarkTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void gram(int threads) {
        GramBenchmark benchmark = new GramBenchmark();
        benchmark.patterns = 33;
        benchmark.values = 1021;
        benchmark.threads = threads;
        benchmark.setUp();
        double[][] x = Plain.of(benchmark.x());
        Plain.assertEqual(Plain.of(benchmark.gram()), Plain.product(x, Plain.transposed(x)), 1e-9);
    }
}
