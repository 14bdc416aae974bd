package dev.engram.experiments.training;

import dev.engram.graph.FeedForwardGraph;
import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameters;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Tensor;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which classes a network took for which.
 *
 * @param counts [right class, class it was taken for]
 */
record Confusion(int[][] counts) {
    private static final int BATCH = 500;

    /** The predictions of the feed-forward pass. */
    static Confusion of(LinearAlgebra la, FeedForwardGraph net, Parameters parameters, Observations data) {
        int classes = net.output().shape()[0];
        int[][] counts = new int[classes][classes];
        for (int from = 0; from < data.batch(); from += BATCH) {
            int size = Math.min(BATCH, data.batch() - from);
            Observations some = data.rows(IntStream.range(from, from + size).toArray());
            GraphEvaluation evaluation = new GraphEvaluation(la, parameters, size, some.nodes());
            evaluation.clamp(some);
            evaluation.begin(Map.of());
            evaluation.inLanes(evaluation::feedForward);
            Tensor found = evaluation.prediction(net.output());
            Tensor right = some.value(net.output());
            for (int i = 0; i < size; i++) {
                counts[largest(right, i, classes)][largest(found, i, classes)]++;
            }
        }
        return new Confusion(counts);
    }

    private static int largest(Tensor tensor, int row, int classes) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
            best = tensor.get(row * classes + c) > tensor.get(row * classes + best) ? c : best;
        }
        return best;
    }

    double accuracy() {
        int right = 0;
        int all = 0;
        for (int i = 0; i < counts.length; i++) {
            right += counts[i][i];
            all += IntStream.of(counts[i]).sum();
        }
        return (double) right / all;
    }

    /** The mean over the classes of F1 = 2 · both / (said + there); 0 for a class that is neither. */
    double macroF1() {
        double sum = 0;
        for (int c = 0; c < counts.length; c++) {
            int column = c;
            int said = IntStream.range(0, counts.length)
                    .map(row -> counts[row][column])
                    .sum();
            int there = IntStream.of(counts[c]).sum();
            sum += said + there == 0 ? 0 : 2.0 * counts[c][c] / (said + there);
        }
        return sum / counts.length;
    }
}
