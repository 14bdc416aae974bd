package dev.engram.benchmarks;

import dev.engram.graph.ComputationGraph;
import dev.engram.graph.GraphBuilder;
import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Initialiser;
import dev.engram.graph.Node;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameters;
import dev.engram.graph.inference.GraphObserver;
import dev.engram.graph.inference.GraphSession;
import dev.engram.graph.inference.Schedule;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A mini-batch in the convolutional network of Millidge, Tschantz and Buckley 2022: the feed-forward pass, a number of inference steps with
 * fixed predictions, and the forces on the weights. Nearly all of {@link #stepped} are its steps, a backward pass each;
 * {@link #watched} has the
 * errors of every step too, and {@link #summed} those of the last.
 */
@State(Scope.Thread)
public class GraphStepBenchmark extends Timed {
    @Param("64")
    int batch;

    @Param("100")
    int steps;

    @Param("0.1")
    double eta = 0.1;

    @Param({"1", "2"})
    int threads;

    private final ComputationGraph graph = cnn();
    private Parameters parameters = graph.initialise(1, Precision.FLOAT);
    private Parameters forces = Parameters.zeros(graph, Precision.FLOAT);
    private Observations examples = Observations.none(1);
    private GraphSession session = session(LinearAlgebra.shared(), 1, Schedule.exact());
    private GraphSession stepwise = session;

    /** As the paper has it: no biases, weights N(0, 0.05), squared error. */
    private static ComputationGraph cnn() {
        GraphBuilder g = new GraphBuilder();
        Initialiser normal = Initialiser.normal(0.05);
        Node x = g.input("x", 3, 32, 32);
        Node conv1 = g.value("conv1", g.relu(g.conv2d(x, g.parameter("w1", normal, 6, 3, 5, 5))));
        Node pool = g.value("pool", g.maxPool(conv1, 2));
        Node conv2 = g.value("conv2", g.relu(g.conv2d(pool, g.parameter("w2", normal, 16, 6, 5, 5))));
        Node full1 = g.value("full1", g.relu(g.dense(g.flatten(conv2), g.parameter("w3", normal, 200, 1600))));
        Node full2 = g.value("full2", g.relu(g.dense(full1, g.parameter("w4", normal, 150, 200))));
        g.value("y", g.dense(full2, g.parameter("w5", normal, 10, 150)));
        return g.build();
    }

    private GraphSession session(LinearAlgebra la, int examplesInBatch, Schedule schedule) {
        return new GraphSession(
                new GraphEvaluation(la, parameters, examplesInBatch, Set.of(graph.node("x"), graph.node("y"))),
                schedule);
    }

    @Setup
    public void setUp() {
        parameters = graph.initialise(1, Precision.FLOAT);
        forces = Parameters.zeros(graph, Precision.FLOAT);
        Matrix pictures = BenchmarkData.normal(batch, 3 * 32 * 32, 1, 2);
        Matrix targets = BenchmarkData.normal(batch, 10, 1, 3);
        examples = Observations.of(graph.node("x"), Tensor.of(pictures).reshaped(batch, 3, 32, 32))
                .and(graph.node("y"), Tensor.of(targets));
        LinearAlgebra la = LinearAlgebra.openBlas(threads);
        session = session(la, batch, Schedule.fixedPrediction(eta, steps));
        stepwise = session(la, batch, Schedule.stepwiseFixedPrediction(eta, steps));
    }

    /** The pictures and their targets. */
    Observations examples() {
        return examples;
    }

    Parameters parameters() {
        return parameters;
    }

    @Benchmark
    public Parameters stepped() {
        return run(stepwise, GraphObserver.NONE);
    }

    @Benchmark
    public Parameters watched() {
        return run(session, step -> true);
    }

    @Benchmark
    public Parameters summed() {
        return run(session, GraphObserver.NONE);
    }

    private Parameters run(GraphSession by, GraphObserver observer) {
        by.run(examples, Map.of(), observer);
        by.parameterForces(forces);
        return forces;
    }
}
