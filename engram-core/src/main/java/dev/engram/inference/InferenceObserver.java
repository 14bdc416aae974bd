package dev.engram.inference;

/** Watches inference, step by step, and may stop it. */
@FunctionalInterface
public interface InferenceObserver {
    /** Watches nothing. */
    InferenceObserver NONE = step -> true;

    /**
     * Called after every step.
     *
     * @return whether to continue; after false it is not called again
     */
    boolean onStep(InferenceStep step);
}
