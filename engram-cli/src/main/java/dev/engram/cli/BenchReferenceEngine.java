package dev.engram.cli;

import dev.engram.graph.Activation;
import dev.engram.graph.Clamp;
import dev.engram.graph.Evaluation;
import dev.engram.graph.GenerativeNetwork;
import dev.engram.inference.Equilibrium;
import dev.engram.inference.Inference;
import dev.engram.inference.Solver;
import dev.engram.inference.Status;
import dev.engram.inference.StopRule;
import dev.engram.learning.GradientRule;
import dev.engram.learning.LearningRule;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import java.util.List;
import java.util.Optional;

/** The reference engine in the race: Eq. 3 with a constant γ, then Eq. 4 and 5, all weights multiplied at every step. */
final class BenchReferenceEngine implements BenchEngine {
    private final BenchArrays arrays;
    private final GenerativeNetwork network;
    private final Clamp clamp;
    private final LearningRule.WeightUpdate weightUpdate;
    private Optional<Matrix> hidden = Optional.empty();

    BenchReferenceEngine(BenchArrays arrays, double learningRate) {
        this.arrays = arrays;
        this.network = GenerativeNetwork.of(
                Activation.RELU,
                List.of(transposed(arrays.weights())),
                arrays.memoryVector().clone(),
                1);
        this.clamp = Clamp.all(network.size(0));
        this.weightUpdate = GradientRule.plain(learningRate).start(LinearAlgebra.shared(), network);
    }

    private static Matrix transposed(Matrix matrix) {
        Matrix result = Matrix.zeros(matrix.columns(), matrix.rows());
        for (int i = 0; i < result.rows(); i++) {
            for (int j = 0; j < result.columns(); j++) {
                result.set(i, j, matrix.get(j, i));
            }
        }
        return result;
    }

    @Override
    public void infer(int steps) {
        run(arrays.patterns(), steps);
    }

    @Override
    public void cycle(int steps) {
        Equilibrium end = run(arrays.patterns(), steps);
        weightUpdate.apply(end.values(), errors(end));
    }

    /** The errors from the prediction that inference ends with: evaluating the energy again would cost two more products. */
    private Evaluation errors(Equilibrium end) {
        Matrix sensory = end.prediction(); // nobody else holds it: the error goes in its place
        float[] x = arrays.patterns().data();
        float[] error = sensory.data();
        for (int i = 0; i < error.length; i++) {
            error[i] = x[i] - error[i];
        }
        Matrix top = end.values().layer(1).copy();
        float[] b = network.memoryVector();
        for (int i = 0; i < top.rows(); i++) {
            for (int j = 0; j < b.length; j++) {
                top.set(i, j, top.get(i, j) - b[j]);
            }
        }
        return new Evaluation(
                List.of(sensory, top), List.of(), new double[0][]); // a weight update reads the errors only
    }

    @Override
    public Matrix recall(int steps) {
        return run(arrays.cues(), steps).prediction();
    }

    @Override
    public State state() {
        return new State(
                network,
                hidden.orElseThrow(
                        () -> CommandException.wrongUsage(
                                "There are no value nodes before the first inference. Maybe send infer, cycle or recall first.")));
    }

    private Equilibrium run(Matrix sensory, int steps) {
        Equilibrium end =
                Inference.of(Solver.gradient(GAMMA), StopRule.steps(steps)).run(network, sensory, clamp);
        hidden = Optional.of(end.values().layer(1));
        if (end.status().contains(Status.DIVERGED)) {
            throw CommandException.failed(Status.DIVERGED.meaning() + " Maybe use a smaller learning rate (PCN_LR).");
        }
        return end;
    }
}
