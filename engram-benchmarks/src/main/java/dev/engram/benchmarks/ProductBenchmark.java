package dev.engram.benchmarks;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The two products of an inference step with weights θ [below, above]: the prediction down and the errors' feedback up. */
@State(Scope.Thread)
public class ProductBenchmark extends Timed {
    @Param("100")
    int patterns;

    @Param({"12288", "1024"})
    int below;

    @Param("1024")
    int above;

    @Param({"1", "2"})
    int threads;

    private LinearAlgebra la = LinearAlgebra.shared();
    private Matrix theta = Matrix.zeros(0, 0);
    private Matrix rates = Matrix.zeros(0, 0);
    private Matrix errors = Matrix.zeros(0, 0);
    private Matrix prediction = Matrix.zeros(0, 0);
    private Matrix feedback = Matrix.zeros(0, 0);

    @Setup
    public void setUp() {
        la = LinearAlgebra.openBlas(threads);
        theta = BenchmarkData.normal(below, above, 1, 1);
        rates = BenchmarkData.normal(patterns, above, 1, 2);
        errors = BenchmarkData.normal(patterns, below, 1, 3);
        prediction = Matrix.zeros(patterns, below);
        feedback = Matrix.zeros(patterns, above);
    }

    Matrix theta() {
        return theta;
    }

    Matrix rates() {
        return rates;
    }

    Matrix errors() {
        return errors;
    }

    @Benchmark
    public Matrix predict() {
        la.multiply(1, rates, Transpose.NO, theta, Transpose.YES, 0, prediction);
        return prediction;
    }

    @Benchmark
    public Matrix feedBack() {
        la.multiply(1, errors, Transpose.NO, theta, Transpose.NO, 0, feedback);
        return feedback;
    }
}
