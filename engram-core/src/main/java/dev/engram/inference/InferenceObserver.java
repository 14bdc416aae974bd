package dev.engram.inference;

/** Watches inference, step by step, and may stop it. */
@FunctionalInterface
public interface InferenceObserver {
    /** Watches nothing. */
    InferenceObserver NONE = step -> true;

    /**
     * Called after every step.
     *
     * @return whether to go on
     */
    boolean onStep(InferenceStep step);
}
