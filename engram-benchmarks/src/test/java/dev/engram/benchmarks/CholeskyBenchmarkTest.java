package dev.engram.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CholeskyBenchmarkTest {
    private static final int SIZE = 65;

    private static CholeskyBenchmark benchmark() {
        CholeskyBenchmark benchmark = new CholeskyBenchmark();
        benchmark.size = SIZE;
        benchmark.setUp();
        return benchmark;
    }

    /** A x of a known x is solved back to x. */
    @Test
    void factor() {
        CholeskyBenchmark benchmark = benchmark();
        double[] x = new double[SIZE];
        double[] b = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            x[i] = i - 30;
        }
        double[][] a = Plain.of(benchmark.matrix());
        for (int i = 0; i < SIZE; i++) {
            for (int j = 0; j < SIZE; j++) {
                b[i] += a[i][j] * x[j];
            }
        }
        benchmark.factor().solve(b);
        assertThat(b).containsExactly(x, within(1e-10));
    }

    @Test
    void inverse() {
        CholeskyBenchmark benchmark = benchmark();
        double[][] identity = new double[SIZE][SIZE];
        for (int i = 0; i < SIZE; i++) {
            identity[i][i] = 1;
        }
        double[][] a = Plain.of(benchmark.matrix());
        Plain.assertEqual(Plain.product(a, Plain.of(benchmark.inverse())), identity, 1e-10);
    }
}
