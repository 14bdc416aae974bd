package dev.engram.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.network.UsualActivation;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActivationBenchmarkTest {
    private static ActivationBenchmark benchmark(UsualActivation activation) {
        ActivationBenchmark benchmark = new ActivationBenchmark();
        benchmark.activation = activation;
        benchmark.nodes = 65;
        benchmark.setUp();
        return benchmark;
    }

    private static void check(float[] out, float[] x, DoubleUnaryOperator expected) {
        assertThat(out).hasSize(65);
        for (int i = 0; i < out.length; i++) {
            assertThat((double) out[i]).isCloseTo(expected.applyAsDouble(x[i]), within(1e-6));
        }
    }

    @ParameterizedTest
    @EnumSource(UsualActivation.class)
    void values(UsualActivation activation) {
        ActivationBenchmark benchmark = benchmark(activation);
        check(
                benchmark.values(),
                benchmark.x(),
                switch (activation) {
                    case RELU -> x -> x > 0 ? x : 0;
                    case TANH -> Math::tanh;
                    case LINEAR -> x -> x;
                });
    }

    @ParameterizedTest
    @EnumSource(UsualActivation.class)
    void slopes(UsualActivation activation) {
        ActivationBenchmark benchmark = benchmark(activation);
        check(
                benchmark.slopes(),
                benchmark.x(),
                switch (activation) {
                    case RELU -> x -> x > 0 ? 1 : 0;
                    case TANH -> x -> 1 / Math.pow(Math.cosh(x), 2);
                    case LINEAR -> x -> 1;
                });
    }
}
