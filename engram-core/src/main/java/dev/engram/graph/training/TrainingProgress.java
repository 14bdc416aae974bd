package dev.engram.graph.training;

import dev.engram.graph.Parameters;
import java.util.function.Supplier;

/**
 * The progress of training after one mini-batch.
 *
 * @param epoch counts from 1
 * @param batch counts from 1 within the epoch
 * @param batches how many an epoch has
 * @param metrics of this mini-batch, before its update
 * @param epochMetrics of the epoch so far, each mini-batch before its update
 * @param parameters after the update; live
 * @param state makes a copy from which training can be resumed
 */
public record TrainingProgress(
        int epoch,
        int batch,
        int batches,
        Metrics metrics,
        Metrics epochMetrics,
        Parameters parameters,
        Supplier<TrainingState> state) {}
