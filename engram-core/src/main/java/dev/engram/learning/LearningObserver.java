package dev.engram.learning;

/** Watches learning, update by update, and may stop it. */
@FunctionalInterface
public interface LearningObserver {
    /** Watches nothing. */
    LearningObserver NONE = progress -> true;

    /**
     * Called after every weight update.
     *
     * @return whether to continue
     */
    boolean onUpdate(LearningProgress progress);
}
