package dev.engram.graph;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks that every inferred node can be inferred: it has a path to a node that is observed, in part at least, or to a free one, which has
 * dynamics of its own, or it has a second prediction or a part in one.
 */
final class Reach {
    private Reach() {}

    /** @throws IllegalArgumentException naming the first node that is not fit for inference with these nodes clamped */
    static void check(ComputationGraph graph, Set<Node> clamped, Set<Node> inPart) {
        clamped.forEach(graph::requireOurs);
        inPart.forEach(graph::requireOurs);
        Set<Term> reaching = new HashSet<>();
        Set<Term> predictedAgain = new HashSet<>();
        for (Node node : graph.nodes()) {
            boolean isGoal = node.kind() == Node.Kind.FREE
                    || node.kind() == Node.Kind.DIFFERENCE
                    || node.kind() == Node.Kind.PREDICTED && (clamped.contains(node) || inPart.contains(node));
            if (isGoal) {
                reaching.add(graph.prediction(node));
            }
            if (node.kind() == Node.Kind.DIFFERENCE) {
                predictedAgain.add(graph.prediction(node).inputs().get(0));
            }
        }
        List<Term> order = graph.order();
        for (int i = order.size() - 1; i >= 0; i--) {
            Term term = order.get(i);
            if (term instanceof Node node && reaching.contains(node) && node.kind() == Node.Kind.PREDICTED) {
                reaching.add(graph.prediction(node));
            } else if (term instanceof Expression expression && reaching.contains(expression)) {
                reaching.addAll(expression.inputs());
            }
        }
        for (Node node : graph.nodes()) {
            if (node.kind() == Node.Kind.DIFFERENCE && (clamped.contains(node) || inPart.contains(node))) {
                throw new IllegalArgumentException(
                        "Node %s stands for a second prediction and is always 0; it cannot be clamped. Maybe clamp the node that it predicts."
                                .formatted(node.name()));
            }
            if (node.kind() == Node.Kind.INPUT && !clamped.contains(node) && !predictedAgain.contains(node)) {
                throw new IllegalArgumentException(
                        "Node %s is an input and was not observed. Maybe add a value for it to the observations."
                                .formatted(node.name()));
            }
            boolean isIdle = node.kind() == Node.Kind.PREDICTED
                    && !clamped.contains(node)
                    && !inPart.contains(node)
                    && !reaching.contains(node);
            if (isIdle) {
                throw new IllegalArgumentException(
                        "Node %s has no path to an observed node and nothing to learn from. Maybe clamp it or a node it predicts."
                                .formatted(node.name()));
            }
        }
    }
}
