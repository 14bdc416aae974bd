package dev.engram.benchmarks;

import dev.engram.linalg.Cholesky;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A Cholesky factorisation (of a copy, which is timed too) and the inverse from it, in double precision. */
@State(Scope.Thread)
public class CholeskyBenchmark extends Timed {
    @Param({"100", "1024"})
    int size;

    private LinearAlgebra la = LinearAlgebra.shared();
    private DoubleMatrix matrix = DoubleMatrix.zeros(0, 0);
    private Cholesky factored = la.cholesky(matrix);

    @Setup
    public void setUp() {
        la = LinearAlgebra.openBlas(1);
        matrix = BenchmarkData.positiveDefinite(size, 1);
        factored = la.cholesky(matrix);
    }

    DoubleMatrix matrix() {
        return matrix;
    }

    @Benchmark
    public Cholesky factor() {
        return la.cholesky(matrix);
    }

    @Benchmark
    public DoubleMatrix inverse() {
        return factored.inverse();
    }
}
