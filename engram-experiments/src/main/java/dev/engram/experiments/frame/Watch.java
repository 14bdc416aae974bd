package dev.engram.experiments.frame;

/** Follows a run of experiments or of a comparison: is told its progress, may stop it, and decides when it may write. */
public interface Watch {
    /** Whether the run is to continue; asked often. */
    boolean goesOn();

    /**
     * A step of the work, such as a cell, begins, or the last one has ended.
     *
     * @param steps finished so far, of those that had to be computed
     * @param of how many
     * @param share of the work that is done, 0 to 1
     * @param next the step that begins; empty at the end
     */
    void at(int steps, int of, double share, String next);

    /** Something the user should know at once. */
    void warn(String message);

    /** Runs a task that writes files; it is not interrupted. */
    void write(Runnable task);
}
