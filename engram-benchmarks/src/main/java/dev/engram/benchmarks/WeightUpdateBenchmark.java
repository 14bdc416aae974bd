package dev.engram.benchmarks;

import dev.engram.learning.GradientRule;
import dev.engram.learning.LearningRule;
import dev.engram.learning.LearningRule.WeightUpdate;
import dev.engram.learning.LocalLeastSquares;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.Activation;
import dev.engram.network.Evaluation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One weight update by each rule, of weights that start at 0. Every call adds to the weights of the one before; the time does not depend on
 * what they are.
 */
@State(Scope.Thread)
public class WeightUpdateBenchmark extends Timed {
    static final double LEARNING_RATE = 1e-3;
    static final double RIDGE = 1e-2;
    static final double MEMORY_RATE = 0.1;

    @Param("100")
    int patterns;

    @Param({"3072", "12288"})
    int sensory;

    @Param("1024")
    int hidden;

    private ValueNodes x = new ValueNodes(List.of());
    private Evaluation found = new Evaluation(List.of(), List.of(), new double[0][0]);
    private Learner plain = new Learner(GradientRule.plain(LEARNING_RATE), 1, 1);
    private Learner adam = plain;
    private Learner leastSquares = plain;

    @Setup
    public void setUp() {
        x = new ValueNodes(
                List.of(BenchmarkData.normal(patterns, sensory, 1, 1), BenchmarkData.normal(patterns, hidden, 1, 2)));
        found = new Evaluation(
                List.of(BenchmarkData.normal(patterns, sensory, 1, 3), BenchmarkData.normal(patterns, hidden, 1, 4)),
                List.of(),
                new double[0][0]);
        plain = new Learner(GradientRule.plain(LEARNING_RATE), sensory, hidden);
        adam = new Learner(GradientRule.adam(LEARNING_RATE), sensory, hidden);
        leastSquares = new Learner(new LocalLeastSquares(RIDGE, MEMORY_RATE), sensory, hidden);
    }

    /** x^1. */
    Matrix hiddenNodes() {
        return x.layer(1);
    }

    /** ε^0 and ε^1. */
    List<Matrix> errors() {
        return found.errors();
    }

    @Benchmark
    public GenerativeNetwork plainGradient() {
        return plain.update(x, found);
    }

    @Benchmark
    public GenerativeNetwork adam() {
        return adam.update(x, found);
    }

    @Benchmark
    public GenerativeNetwork localLeastSquares() {
        return leastSquares.update(x, found);
    }

    private static final class Learner {
        private final GenerativeNetwork network;
        private final WeightUpdate update;

        Learner(LearningRule rule, int sensory, int hidden) {
            network =
                    GenerativeNetwork.of(Activation.RELU, List.of(Matrix.zeros(sensory, hidden)), new float[hidden], 1);
            update = rule.start(LinearAlgebra.shared(), network);
        }

        GenerativeNetwork update(ValueNodes x, Evaluation found) {
            update.apply(x, found);
            return network;
        }
    }
}
