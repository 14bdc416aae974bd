package dev.engram.experiments.training;

import dev.engram.graph.FeedForwardGraph;
import dev.engram.optimiser.Optimiser;
import java.util.function.Supplier;

/**
 * A training: a network, what it is shown, by which method, for how long.
 *
 * @param network as the report names it
 * @param train how many of the 60,000 are read, to train and to choose by; 0 for all
 * @param chosenBy the share of them to choose by, not to train
 * @param batches after which training ends; 0 for all of its epochs
 * @param patience epochs without a better macro-F1 on the examples to choose by, after which training ends and the best is taken; 0 for none
 * @param curvatures whether the largest curvature of E over its values is measured, epoch by epoch
 */
record Plan(
        String part,
        String network,
        Supplier<FeedForwardGraph> graph,
        Digits.Look look,
        Method method,
        Optimiser optimiser,
        int batch,
        int epochs,
        int train,
        double chosenBy,
        int batches,
        int patience,
        boolean curvatures) {
    /** What its numbers depend on besides the setting. */
    String options() {
        return "%s, %s, batch %d, epochs %d, chosen by %s, batches %d, patience %d, %s"
                .formatted(method.credit(), optimiser, batch, epochs, chosenBy, batches, patience, look);
    }
}
