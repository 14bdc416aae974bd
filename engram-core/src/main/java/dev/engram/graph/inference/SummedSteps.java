package dev.engram.graph.inference;

import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Node;
import dev.engram.graph.Sweep;
import dev.engram.graph.op.ExampleRange;
import dev.engram.linalg.Cancellation;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Computes all steps of inference with {@link FixedPrediction fixed predictions} at once. With A the pull-back of the errors by
 * one prediction, from ε = 0 at the inferred nodes and with a = π ε at the observed ones, which stay,
 *
 * <pre>
 *   Δε = η (-ε + A (ε + a))   gives   ε(T) = Σ_k w_k(T) A^k a,   w_k(T+1) = (1-η) w_k(T) + η w_{k-1}(T),  w_0 = 1,  w_k(0) = 0
 * </pre>
 *
 * <p>An error advances by one prediction in a step with weight η and stays with 1 - η, so w_k = P(Binomial(T, η) ≥ k) is the share of what
 * is k predictions away that has arrived. Where every node is reached over paths of one length k, Σ A^k a is the error of reverse mode: one
 * pass does for any T, and steps that are watched cost a product of each error and its share. Elsewhere there is a pass for each k up to
 * the longest path, or to where w_k is lost in rounding, and steps that are watched are taken one by one.
 *
 * <p>For precisions of 1 at the inferred nodes and η ≤ 1.
 */
final class SummedSteps {
    private static final double LOST_IN_FLOAT = 1e-10;
    private static final double LOST_IN_DOUBLE = 1e-19;

    private final GraphEvaluation evaluation;
    private final Sweep toNodes;
    private final Sweep reverse;
    private final Map<Node, Tensor> sums =
            new HashMap<>(); // where steps are watched, Σ_k A^k a: what arrives in the end
    private final double[] weights; // w_k(T) by k, as far as there are paths and anything arrives
    private final double eta;
    private double[] shares; // w_k by k after the steps watched so far
    private final PathLengths paths;
    private final boolean pays;

    SummedSteps(GraphEvaluation evaluation, FixedPrediction schedule, Sweep toNodes) {
        this.evaluation = evaluation;
        this.toNodes = toNodes;
        this.reverse = evaluation.reverseSweep();
        this.paths = new PathLengths(evaluation);
        double lost = evaluation.parameters().precision() == Precision.FLOAT ? LOST_IN_FLOAT : LOST_IN_DOUBLE;
        this.eta = schedule.eta();
        this.shares = nothing();
        this.weights = arrived(schedule.steps(), paths.areUnique() ? 0 : lost);
        boolean isPlain = schedule.eta() <= 1 && evaluation.inferred().stream().allMatch(node -> node.precision() == 1);
        int passes = paths.areUnique() ? 1 : weights.length - 1;
        this.pays = isPlain && passes < schedule.steps();
        if (pays && !paths.areUnique()) {
            allocate();
        }
    }

    private void allocate() {
        evaluation
                .inferred()
                .forEach(node -> sums.put(node, evaluation.error(node).copy()));
    }

    /** Whether this is the same as the steps one by one, and less work. */
    boolean pays() {
        return pays;
    }

    /** Whether there is one pass for all steps, so that each can be watched. */
    boolean canBeWatched() {
        return pays && paths.areUnique();
    }

    /** Before watched steps: none is taken yet. */
    void rewind() {
        shares = nothing();
        if (sums.isEmpty()) {
            allocate();
        }
    }

    /** After {@link #rewind}, the feed-forward pass and the errors: the one pass for all watched steps. The errors are 0 again after it. */
    void begin(ExampleRange examples) {
        reverse.run(examples);
        for (Node node : evaluation.inferred()) {
            Tensor error = evaluation.error(node);
            sum(node).set(error, examples.begin(error), examples.end(error));
            error.clear(examples.begin(error), examples.end(error));
        }
    }

    /** The next watched step; {@link #show} makes its errors. */
    void advance() {
        shares = next(shares);
    }

    /** The errors after the watched steps so far. */
    void show(ExampleRange examples) {
        for (Node node : evaluation.inferred()) {
            scale(share(shares, node), sum(node), evaluation.error(node), examples);
        }
    }

    private double share(double[] arrived, Node node) {
        int k = paths.longest(node);
        return k == 0 ? 0 : arrived[k];
    }

    /** Replaces the steps: to be called after a feed-forward pass, with all errors measured. */
    void run(ExampleRange examples) {
        if (paths.areUnique()) {
            reverse.run(examples);
            for (Node node : evaluation.inferred()) {
                Tensor error = evaluation.error(node);
                scale(share(weights, node), error, error, examples);
            }
            return;
        }
        sums.values().forEach(sum -> sum.clear(examples.begin(sum), examples.end(sum)));
        for (int k = 1; k < weights.length; k++) {
            Cancellation.requireGoingOn();
            toNodes.run(examples);
            for (Node node : evaluation.inferred()) {
                Tensor error = evaluation.error(node);
                error.set(evaluation.feedback(node), examples.begin(error), examples.end(error));
                sum(node).addScaled(weights[k], error, examples.begin(error), examples.end(error));
            }
            if (k == 1) {
                for (Node node : evaluation.observed()) {
                    Tensor error = evaluation.error(node);
                    error.clear(examples.begin(error), examples.end(error));
                }
            }
        }
        evaluation.measure(examples);
        for (Node node : evaluation.inferred()) {
            Tensor error = evaluation.error(node);
            error.set(sum(node), examples.begin(error), examples.end(error));
        }
    }

    private Tensor sum(Node node) {
        return sums.getOrDefault(node, evaluation.error(node));
    }

    private double[] nothing() {
        double[] first = new double[paths.longest() + 1];
        first[0] = 1;
        return first;
    }

    private double[] next(double[] w) {
        double[] next = w.clone();
        for (int k = 1; k < w.length; k++) {
            next[k] = (1 - eta) * w[k] + eta * w[k - 1];
        }
        return next;
    }

    /** w_0(steps) .. w_longest(steps), cut where they fall below {@code lost}. */
    private double[] arrived(int steps, double lost) {
        double[] w = nothing();
        for (int t = 0; t < steps; t++) {
            w = next(w);
        }
        int kept = w.length;
        while (w[kept - 1] < lost) {
            kept--;
        }
        return Arrays.copyOf(w, kept);
    }

    private static void scale(double factor, Tensor source, Tensor target, ExampleRange examples) {
        int from = examples.begin(source);
        int to = examples.end(source);
        switch (source.precision()) {
            case FLOAT -> scale((float) factor, source.floats(), target.floats(), from, to);
            case DOUBLE -> {
                double[] values = source.doubles();
                double[] scaled = target.doubles();
                for (int i = from; i < to; i++) {
                    scaled[i] = factor * values[i];
                }
            }
        }
    }

    private static void scale(float factor, float[] source, float[] target, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] = factor * source[i];
        }
    }
}
