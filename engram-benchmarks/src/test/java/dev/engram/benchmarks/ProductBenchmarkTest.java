package dev.engram.benchmarks;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductBenchmarkTest {
    private static ProductBenchmark benchmark(int threads) {
        ProductBenchmark benchmark = new ProductBenchmark();
        benchmark.patterns = 33;
        benchmark.below = 257;
        benchmark.above = 129;
        benchmark.threads = threads;
        benchmark.setUp();
        return benchmark;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void predict(int threads) {
        ProductBenchmark benchmark = benchmark(threads);
        double[][] expected = Plain.product(Plain.of(benchmark.rates()), Plain.transposed(Plain.of(benchmark.theta())));
        Plain.assertEqual(Plain.of(benchmark.predict()), expected, 1e-3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void feedBack(int threads) {
        ProductBenchmark benchmark = benchmark(threads);
        double[][] expected = Plain.product(Plain.of(benchmark.errors()), Plain.of(benchmark.theta()));
        Plain.assertEqual(Plain.of(benchmark.feedBack()), expected, 1e-3);
    }
}
