package dev.engram.benchmarks;

import dev.engram.network.UsualActivation;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** f and f' over one hidden layer of 1024 nodes and 100 patterns. */
@State(Scope.Thread)
public class ActivationBenchmark extends Timed {
    @Param({"RELU", "TANH"})
    UsualActivation activation = UsualActivation.RELU;

    @Param("102400")
    int nodes;

    private float[] x = {};
    private float[] out = {};

    @Setup
    public void setUp() {
        x = BenchmarkData.normal(1, nodes, 2, 1).data();
        out = new float[nodes];
    }

    /** What f is applied to. */
    float[] x() {
        return x;
    }

    @Benchmark
    public float[] values() {
        activation.values(x, out);
        return out;
    }

    @Benchmark
    public float[] slopes() {
        activation.slopes(x, out);
        return out;
    }
}
