package dev.engram.benchmarks;

import dev.engram.inference.Engine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InferenceBenchmarkTest {
    /** Δx = γ (b - x + f'(x) ⊙ θᵀ (x⁰ - θ f(x))), as the paper writes it. */
    @ParameterizedTest
    @CsvSource({"1, REFERENCE", "2, REFERENCE", "1, REDUCED", "2, REDUCED"})
    void step(int threads, Engine engine) {
        InferenceBenchmark benchmark = new InferenceBenchmark();
        benchmark.patterns = 5;
        benchmark.sensory = 65;
        benchmark.hidden = 17;
        benchmark.threads = threads;
        benchmark.engine = engine;
        benchmark.setUp();
        double[][] theta = Plain.of(benchmark.theta());
        double[] b = Plain.of(benchmark.memoryVector())[0];
        double[][] sensory = Plain.of(benchmark.start().layer(0));
        double[][] x = Plain.of(benchmark.start().layer(1));
        for (int t = 0; t < InferenceBenchmark.STEPS; t++) {
            double[][] error = Plain.product(Plain.relu(x), Plain.transposed(theta));
            for (int i = 0; i < error.length; i++) {
                for (int j = 0; j < error[i].length; j++) {
                    error[i][j] = sensory[i][j] - error[i][j];
                }
            }
            double[][] feedback = Plain.product(error, theta);
            for (int i = 0; i < x.length; i++) {
                for (int j = 0; j < b.length; j++) {
                    x[i][j] += InferenceBenchmark.GAMMA * (b[j] - x[i][j] + (x[i][j] > 0 ? feedback[i][j] : 0));
                }
            }
        }
        Plain.assertEqual(Plain.of(benchmark.step().layer(1)), x, 1e-5);
    }
}
