package dev.engram.benchmarks;

import dev.engram.graph.Activation;
import dev.engram.graph.Clamp;
import dev.engram.graph.GenerativeNetwork;
import dev.engram.graph.ValueNodes;
import dev.engram.inference.Equilibrium;
import dev.engram.inference.Inference;
import dev.engram.inference.Solver;
import dev.engram.inference.StopRule;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One step of Eq. 3 with a fixed γ in the reference engine, the sensory layer clamped. Timed are runs of {@value #STEPS} steps, so that
 * their beginning and end weigh as they do in use.
 */
@State(Scope.Thread)
public class InferenceBenchmark extends Timed {
    static final int STEPS = 10;
    static final double GAMMA = 0.01;

    @Param("100")
    int patterns;

    @Param({"3072", "12288"})
    int sensory;

    @Param("1024")
    int hidden;

    @Param({"1", "2"})
    int threads;

    private final Inference inference = Inference.of(Solver.gradient(GAMMA), StopRule.steps(STEPS));
    private Inference onThreads = inference;
    private Matrix theta = Matrix.zeros(1, 1);
    private Matrix memoryVector = Matrix.zeros(1, 1);
    private GenerativeNetwork network = GenerativeNetwork.of(Activation.RELU, List.of(theta), new float[1], 1);
    private ValueNodes start = new ValueNodes(List.of(theta, theta));

    @Setup
    public void setUp() {
        onThreads = inference.withLinearAlgebra(LinearAlgebra.openBlas(threads));
        theta = Numbers.normal(sensory, hidden, 1 / Math.sqrt(sensory), 1);
        memoryVector = Numbers.normal(1, hidden, 1, 2);
        network = GenerativeNetwork.of(Activation.RELU, List.of(theta), memoryVector.data(), 1);
        start = new ValueNodes(
                List.of(Numbers.normal(patterns, sensory, 1, 3), Numbers.normal(patterns, hidden, 1, 4)));
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
    public Equilibrium step() {
        return onThreads.run(network, start, Clamp.all(sensory));
    }
}
