package dev.engram.benchmarks;

import dev.engram.linalg.Matrix;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The check for NaN and infinity that follows every weight update; in a matrix that has none, so that it sees all of it. */
@State(Scope.Thread)
public class FinitenessBenchmark extends Timed {
    @Param({"3072", "12288"})
    int rows;

    @Param("1024")
    int columns;

    private Matrix weights = Matrix.zeros(0, 0);

    @Setup
    public void setUp() {
        weights = BenchmarkData.normal(rows, columns, 1, 1);
    }

    /** What is looked at; live. */
    Matrix weights() {
        return weights;
    }

    @Benchmark
    public boolean isFinite() {
        return weights.isFinite();
    }
}
