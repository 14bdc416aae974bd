package dev.engram.cli.bench;

import dev.engram.cli.console.CommandException;
import dev.engram.inference.Engine;
import dev.engram.inference.Inference;
import dev.engram.inference.Settling;
import dev.engram.inference.Solver;
import dev.engram.inference.Status;
import dev.engram.inference.StopRule;
import dev.engram.learning.GradientRule;
import dev.engram.learning.LearningRule;
import dev.engram.learning.PatternSpan;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.Activation;
import dev.engram.network.ChainEnergy;
import dev.engram.network.Clamp;
import dev.engram.network.Evaluation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;
import java.util.List;
import java.util.Optional;

/**
 * The network of a race between programs, under one of the library's engines: Eq. 3 with a constant γ, then Eq. 4 and 5. G follows the weights; the network on
 * pixels is made when it is first needed and kept until the next weight update.
 */
final class BenchEngine {
    /** γ of the race's inference. */
    private static final double GAMMA = 0.1;

    /** A learning rate for measurements that repeat an update many times: the numbers stay as they are, and so does the work. */
    static final double HARDLY_LEARNING = 1e-7;

    private final LinearAlgebra la;
    private final BenchArrays arrays;
    private final Optional<PatternSpan> span;
    private final GenerativeNetwork learner; // on the coordinates of the span, where there is one
    private final Matrix patterns; // likewise
    private final LearningRule.WeightUpdate weightUpdate;
    private final ChainEnergy energy;
    private final Evaluation errors;
    private final LearningRule rule;
    private final Settling onPatterns;
    private Optional<GenerativeNetwork> onPixels = Optional.empty();
    private Optional<Settling> last = Optional.empty();

    BenchEngine(BenchArrays arrays, double learningRate, Engine engine, LinearAlgebra la) {
        this.la = la;
        this.arrays = arrays;
        GenerativeNetwork network = GenerativeNetwork.of(
                Activation.RELU,
                List.of(transposed(arrays.weights())),
                arrays.memoryVector().clone(),
                1);
        this.span = engine == Engine.SPAN
                ? Optional.of(PatternSpan.of(la, arrays.patterns(), network.weights(1)))
                : Optional.empty();
        this.learner = span.map(s -> s.project(network)).orElse(network);
        this.patterns = span.map(PatternSpan::coordinates).orElse(arrays.patterns());
        this.rule = GradientRule.plain(learningRate);
        this.weightUpdate = rule.start(la, learner);
        this.energy = new ChainEnergy(la, learner, Clamp.all(learner.size(0)), patterns.rows());
        this.errors = energy.newEvaluation();
        this.onPatterns = Inference.of(Solver.gradient(GAMMA), StopRule.steps(1))
                .withEngine(engine == Engine.REFERENCE ? Engine.REFERENCE : Engine.REDUCED)
                .withLinearAlgebra(la)
                .settling(learner, patterns);
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

    /** Takes inference steps with the sensory layer clamped to the patterns, from x¹ = b. */
    void infer(int steps) {
        run(onPatterns, patterns, learner, steps);
    }

    /** Takes more inference steps from where {@link #infer} or this ended. */
    void goOn(int steps) {
        onPatterns.advance(steps);
    }

    /** The same as {@link #infer}, and then one weight update. */
    void cycle(int steps) {
        infer(steps);
        ValueNodes end = onPatterns.values();
        energy.evaluateErrors(end, errors);
        onPatterns.weightsMove(
                rule.plainStep(patterns.rows()).orElseThrow(),
                end,
                errors.errors().get(0));
        weightUpdate.apply(end, errors);
        onPixels = Optional.empty();
    }

    /**
     * Takes inference steps with the sensory layer clamped to the cues, from x¹ = b.
     *
     * @return the read-out θ f(x¹), [cues, d]
     */
    Matrix recall(int steps) {
        GenerativeNetwork network = onPixels();
        Settling run = onPatterns.forCues(network, arrays.cues()); // G is the same on pixels and on coordinates
        run(run, arrays.cues(), network, steps);
        return ValueNodes.predict(la, network, run.values().layer(1), 0);
    }

    /**
     * Where the last command ended.
     *
     * @throws CommandException before the first inference
     */
    State state() {
        return new State(
                onPixels(),
                last.orElseThrow(
                                () -> CommandException.wrongUsage(
                                        "There are no value nodes before the first inference. Maybe send infer, cycle or recall first."))
                        .values()
                        .layer(1));
    }

    /**
     * @param network with the weights as learned so far
     * @param hidden x¹, [patterns, n]
     */
    record State(GenerativeNetwork network, Matrix hidden) {}

    private void run(Settling run, Matrix sensory, GenerativeNetwork network, int steps) {
        run.start(ValueNodes.predicted(la, network, sensory));
        run.advance(steps);
        last = Optional.of(run);
        if (run.hasDiverged()) {
            throw CommandException.failed(Status.DIVERGED.meaning() + " Maybe use a smaller learning rate (PCN_LR).");
        }
    }

    private GenerativeNetwork onPixels() {
        if (onPixels.isEmpty()) {
            onPixels = Optional.of(span.map(s -> s.expand(learner)).orElse(learner));
        }
        return onPixels.get();
    }
}
