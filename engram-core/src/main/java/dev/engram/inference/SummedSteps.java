package dev.engram.inference;

import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Node;
import dev.engram.graph.Sweep;
import dev.engram.graph.op.Examples;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * All steps of {@link Schedule.FixedPrediction} at once. With A the pull-back of the errors by one prediction, from ε = 0 at the inferred
 * nodes and with a = π ε at the observed ones, which stay,
 *
 * <pre>
 *   Δε = η (-ε + A (ε + a))   gives   ε(T) = Σ_k w_k A^k a,   w_k = P(Binomial(T, η) ≥ k) = Σ_{j≥k} C(T,j) η^j (1-η)^(T-j)
 * </pre>
 *
 * <p>A error advances by one prediction in a step with weight η and stays with 1 - η, so w_k is the share of what is k predictions away that
 * has arrived. Where every node is reached over paths of one length k, Σ A^k a is the error of reverse mode and one pass does for any T.
 * Elsewhere there is a pass for each k up to the longest path, or to where w_k is lost in rounding.
 *
 * <p>For precisions of 1 at the inferred nodes and η ≤ 1.
 */
final class SummedSteps {
    private static final double LOST_IN_FLOAT = 1e-10;
    private static final double LOST_IN_DOUBLE = 1e-19;

    private final GraphEvaluation evaluation;
    private final Sweep toNodes;
    private final Sweep reverse;
    private final Map<Node, Tensor> sums = new HashMap<>();
    private final double[] weights; // w_k by k, as far as there are paths and anything arrives
    private final PathLengths paths;
    private final boolean pays;

    SummedSteps(GraphEvaluation evaluation, Schedule.FixedPrediction schedule, Sweep toNodes) {
        this.evaluation = evaluation;
        this.toNodes = toNodes;
        this.reverse = evaluation.reverseSweep();
        this.paths = new PathLengths(evaluation);
        double lost = evaluation.parameters().precision() == Precision.FLOAT ? LOST_IN_FLOAT : LOST_IN_DOUBLE;
        this.weights = arrived(schedule, paths.longest(), paths.areUnique() ? 0 : lost);
        boolean isPlain = schedule.eta() <= 1 && evaluation.inferred().stream().allMatch(node -> node.precision() == 1);
        int passes = paths.areUnique() ? 1 : weights.length - 1;
        this.pays = isPlain && passes < schedule.steps();
        if (pays && !paths.areUnique()) {
            evaluation
                    .inferred()
                    .forEach(node -> sums.put(node, evaluation.error(node).copy()));
        }
    }

    /** Whether this is the same as the steps one by one, and less work. */
    boolean pays() {
        return pays;
    }

    /** Replaces the steps: to be called after a feed-forward pass, with all errors measured. */
    void run(Examples examples) {
        if (paths.areUnique()) {
            reverse.run(examples);
            for (Node node : evaluation.inferred()) {
                int k = paths.longest(node);
                scale(k == 0 ? 0 : weights[k], evaluation.error(node), examples);
            }
            return;
        }
        sums.values().forEach(sum -> sum.clear(examples.begin(sum), examples.end(sum)));
        for (int k = 1; k < weights.length; k++) {
            toNodes.run(examples);
            for (Node node : evaluation.inferred()) {
                Tensor error = evaluation.error(node);
                error.set(evaluation.feedback(node), examples.begin(error), examples.end(error));
                addScaled(weights[k], error, sum(node), examples);
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

    /** w_0 .. w_longest, cut where they fall below {@code lost}. */
    private static double[] arrived(Schedule.FixedPrediction schedule, int longest, double lost) {
        int steps = schedule.steps();
        double[] probability = new double[steps + 1];
        double logOdds = Math.log(schedule.eta()) - Math.log1p(-schedule.eta());
        double log = steps * Math.log1p(-schedule.eta());
        for (int j = 0; j <= steps; j++) {
            probability[j] = schedule.eta() < 1 ? Math.exp(log) : j == steps ? 1 : 0;
            log += Math.log(steps - j) - Math.log(j + 1) + logOdds;
        }
        double[] tail = new double[longest + 1];
        double sum = 0;
        int last = 0;
        for (int j = steps; j >= 0; j--) {
            sum += probability[j];
            if (j <= longest) {
                tail[j] = sum;
                last = Math.max(last, sum > lost ? j : 0);
            }
        }
        return lost > 0 ? Arrays.copyOf(tail, last + 1) : tail;
    }

    private static void scale(double factor, Tensor tensor, Examples examples) {
        int from = examples.begin(tensor);
        int to = examples.end(tensor);
        switch (tensor.precision()) {
            case FLOAT -> {
                float[] values = tensor.floats();
                float single = (float) factor;
                for (int i = from; i < to; i++) {
                    values[i] *= single;
                }
            }
            case DOUBLE -> {
                double[] values = tensor.doubles();
                for (int i = from; i < to; i++) {
                    values[i] *= factor;
                }
            }
        }
    }

    private static void addScaled(double factor, Tensor source, Tensor target, Examples examples) {
        int from = examples.begin(source);
        int to = examples.end(source);
        switch (source.precision()) {
            case FLOAT -> addScaled((float) factor, source.floats(), target.floats(), from, to);
            case DOUBLE -> {
                double[] added = source.doubles();
                double[] sum = target.doubles();
                for (int i = from; i < to; i++) {
                    sum[i] += factor * added[i];
                }
            }
        }
    }

    private static void addScaled(float factor, float[] source, float[] target, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] += factor * source[i];
        }
    }
}
