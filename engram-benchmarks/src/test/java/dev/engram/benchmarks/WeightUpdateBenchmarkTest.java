package dev.engram.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.network.GenerativeNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WeightUpdateBenchmarkTest {
    private static final int PATTERNS = 6;
    private static final int SENSORY = 19;
    private static final int HIDDEN = 9;

    private final WeightUpdateBenchmark benchmark = new WeightUpdateBenchmark();
    private double[][] f = {};
    private double[][] errors = {};

    @BeforeEach
    void setUp() {
        benchmark.patterns = PATTERNS;
        benchmark.sensory = SENSORY;
        benchmark.hidden = HIDDEN;
        benchmark.setUp();
        f = Plain.relu(Plain.of(benchmark.hiddenNodes()));
        errors = Plain.of(benchmark.errors().get(0));
    }

    /** Eq. 4 and 5 for the mean over the patterns. */
    @Test
    void plainGradient() {
        GenerativeNetwork network = benchmark.plainGradient();
        double[][] expected = meanGradient();
        for (double[] row : expected) {
            for (int j = 0; j < HIDDEN; j++) {
                row[j] *= WeightUpdateBenchmark.LEARNING_RATE;
            }
        }
        Plain.assertEqual(Plain.of(network.weights(1)), expected, 1e-8);
        assertMemoryVector(network, WeightUpdateBenchmark.LEARNING_RATE);
    }

    /** Adam's first step has the length α whatever the gradient, and its sign; where that is 0 nothing moves. */
    @Test
    void adam() {
        GenerativeNetwork network = benchmark.adam();
        double[][] expected = meanGradient();
        for (double[] row : expected) {
            for (int j = 0; j < HIDDEN; j++) {
                row[j] = WeightUpdateBenchmark.LEARNING_RATE * Math.signum(row[j]);
            }
        }
        Plain.assertEqual(Plain.of(network.weights(1)), expected, 1e-6);
    }

    /** At a ridge regression's minimum the residuals' pull equals the ridge's: (E - F Δθᵀ)ᵀ F = c Δθ, c = ρ |F|² / N. */
    @Test
    void localLeastSquares() {
        GenerativeNetwork network = benchmark.localLeastSquares();
        double[][] delta = Plain.of(network.weights(1));
        double[][] residual = Plain.product(f, Plain.transposed(delta));
        double squares = 0;
        for (int i = 0; i < PATTERNS; i++) {
            for (int j = 0; j < SENSORY; j++) {
                residual[i][j] = errors[i][j] - residual[i][j];
            }
            for (double rate : f[i]) {
                squares += rate * rate;
            }
        }
        double c = WeightUpdateBenchmark.RIDGE * squares / PATTERNS;
        double[][] pull = Plain.product(Plain.transposed(residual), f);
        for (double[] row : delta) {
            for (int j = 0; j < HIDDEN; j++) {
                row[j] *= c;
            }
        }
        Plain.assertEqual(pull, delta, 1e-4);
        assertThat(delta[0][0]).isNotZero();
        assertMemoryVector(network, WeightUpdateBenchmark.MEMORY_RATE);
    }

    private double[][] meanGradient() {
        double[][] gradient = Plain.product(Plain.transposed(errors), f);
        for (double[] row : gradient) {
            for (int j = 0; j < HIDDEN; j++) {
                row[j] /= PATTERNS;
            }
        }
        return gradient;
    }

    private void assertMemoryVector(GenerativeNetwork network, double rate) {
        for (int j = 0; j < HIDDEN; j++) {
            double mean = 0;
            for (double[] error : Plain.of(benchmark.errors().get(1))) {
                mean += error[j] / PATTERNS;
            }
            assertThat((double) network.memoryVector()[j]).isCloseTo(rate * mean, within(1e-6));
        }
    }
}
