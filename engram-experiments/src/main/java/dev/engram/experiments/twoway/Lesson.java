package dev.engram.experiments.twoway;

import dev.engram.experiments.frame.Workbench;
import dev.engram.graph.ComputationGraph;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameters;
import dev.engram.graph.training.CreditAssignment;
import dev.engram.graph.training.GraphTrainer;
import dev.engram.linalg.Precision;
import dev.engram.optimiser.Optimiser;

/**
 * How long networks learn, and by which steps.
 *
 * @param batches of 64 examples
 */
record Lesson(int batches, double learningRate) {
    private static final int BATCH = 64;

    /** The parameters after that many mini-batches. */
    Parameters learn(Workbench bench, ComputationGraph graph, CreditAssignment credit, Observations data, long seed) {
        int batchesOfAnEpoch = (data.batch() + BATCH - 1) / BATCH;
        int epochs = (batches + batchesOfAnEpoch - 1) / batchesOfAnEpoch;
        GraphTrainer trainer = GraphTrainer.of(credit, Optimiser.adam(learningRate), BATCH, epochs)
                .withLinearAlgebra(bench.la());
        int[] done = {0};
        return trainer.train(graph, trainer.begin(graph, Precision.FLOAT, seed), data, progress -> {
                    bench.requireGoingOn();
                    done[0]++;
                    return done[0] < batches;
                })
                .parameters();
    }
}
