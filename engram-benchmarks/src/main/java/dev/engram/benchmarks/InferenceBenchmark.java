package dev.engram.benchmarks;

import dev.engram.inference.Engine;
import dev.engram.inference.Inference;
import dev.engram.inference.Settling;
import dev.engram.inference.Solver;
import dev.engram.inference.StopRule;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.Activation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One step of Eq. 3 with a fixed γ, the sensory layer clamped, in the reference and the reduced engine (G being there already). Timed are runs
 * of {@value #STEPS} steps, so that their beginning and end weigh as they do in use.
 */
@State(Scope.Thread)
public class InferenceBenchmark extends Timed {
    static final int STEPS = 10;
    static final double GAMMA = 0.01;
    private static final Inference INFERENCE = Inference.of(Solver.gradient(GAMMA), StopRule.steps(STEPS));

    @Param("100")
    int patterns;

    @Param({"3072", "12288"})
    int sensory;

    @Param("1024")
    int hidden;

    @Param({"1", "2"})
    int threads;

    @Param({"REFERENCE", "REDUCED"})
    Engine engine = Engine.REFERENCE;

    private Matrix theta = Matrix.zeros(1, 1);
    private Matrix memoryVector = Matrix.zeros(1, 1);
    private ValueNodes start = new ValueNodes(List.of(theta, theta));
    private Settling run =
            INFERENCE.settling(GenerativeNetwork.of(Activation.RELU, List.of(theta), new float[1], 1), theta);

    @Setup
    public void setUp() {
        LinearAlgebra la = LinearAlgebra.openBlas(threads);
        theta = BenchmarkData.normal(sensory, hidden, 1 / Math.sqrt(sensory), 1);
        memoryVector = BenchmarkData.normal(1, hidden, 1, 2);
        GenerativeNetwork network = GenerativeNetwork.of(Activation.RELU, List.of(theta), memoryVector.data(), 1);
        start = new ValueNodes(
                List.of(BenchmarkData.normal(patterns, sensory, 1, 3), BenchmarkData.normal(patterns, hidden, 1, 4)));
        Matrix cues = start.layer(0);
        run = INFERENCE.withLinearAlgebra(la).withEngine(engine).settling(network, cues);
    }

    /** θ. */
    Matrix theta() {
        return theta;
    }

    /** b, [1, hidden]. */
    Matrix memoryVector() {
        return memoryVector;
    }

    ValueNodes start() {
        return start;
    }

    @Benchmark
    @OperationsPerInvocation(STEPS)
    public ValueNodes step() {
        return run.settle(start);
    }
}
