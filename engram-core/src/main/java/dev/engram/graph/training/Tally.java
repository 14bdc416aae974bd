package dev.engram.graph.training;

import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Node;
import dev.engram.linalg.Tensor;

/** Adds up {@link Metrics} batch by batch. */
final class Tally {
    private double loss;
    private double energy;
    private int examples;
    private long right;
    private long asked;

    /** To be called while predictions and errors are those of the feed-forward pass. */
    void addForward(GraphEvaluation evaluation) {
        examples += evaluation.batch();
        for (Node node : evaluation.observed()) {
            loss += evaluation.energy(node);
            int[] shape = node.shape();
            int entries = shape.length == 0 ? 1 : shape[shape.length - 1];
            if (entries > 1) {
                compare(evaluation.prediction(node), evaluation.value(node), entries);
            }
        }
    }

    void addEnergy(GraphEvaluation evaluation) {
        for (Node node : evaluation.graph().nodes()) {
            energy += evaluation.energy(node);
        }
    }

    private void compare(Tensor prediction, Tensor target, int entries) {
        for (int row = 0; row < target.size(); row += entries) {
            asked++;
            if (largest(prediction, row, entries) == largest(target, row, entries)) {
                right++;
            }
        }
    }

    private static int largest(Tensor tensor, int row, int entries) {
        int best = row;
        for (int i = row + 1; i < row + entries; i++) {
            best = tensor.get(i) > tensor.get(best) ? i : best;
        }
        return best;
    }

    Metrics metrics() {
        return new Metrics(
                loss / examples, energy / examples, asked == 0 ? Double.NaN : (double) right / asked, examples);
    }
}
