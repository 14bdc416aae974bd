package dev.engram.graph.inference;

/** Watches inference on a computation graph, step by step, and may stop it. */
@FunctionalInterface
public interface GraphObserver {
    /** Watches nothing, which is faster: then the threads do not wait for each other between steps. */
    GraphObserver NONE = step -> true;

    /**
     * Called at the start and after every step.
     *
     * @return whether to go on
     */
    boolean onStep(GraphStep step);
}
