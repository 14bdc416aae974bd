package dev.engram.graph.training;

/** Watches training, mini-batch by mini-batch, and may stop it. */
@FunctionalInterface
public interface TrainingObserver {
    /** Watches nothing. */
    TrainingObserver NONE = progress -> true;

    /**
     * Called after every mini-batch.
     *
     * @return whether to go on
     */
    boolean onBatch(TrainingProgress progress);
}
