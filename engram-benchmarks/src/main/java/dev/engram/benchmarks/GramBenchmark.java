package dev.engram.benchmarks;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Transpose;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The inner products of all pairs of patterns, in double precision: what the span engine begins with. */
@State(Scope.Thread)
public class GramBenchmark extends Timed {
    @Param("100")
    int patterns;

    @Param({"3072", "12288"})
    int values;

    @Param({"1", "2"})
    int threads;

    private LinearAlgebra la = LinearAlgebra.shared();
    private DoubleMatrix x = DoubleMatrix.zeros(0, 0);

    @Setup
    public void setUp() {
        la = LinearAlgebra.openBlas(threads);
        x = BenchmarkData.normal(patterns, values, 1, 1).toDouble();
    }

    DoubleMatrix x() {
        return x;
    }

    @Benchmark
    public DoubleMatrix gram() {
        return la.product(x, Transpose.NO, x, Transpose.YES);
    }
}
