package dev.engram.experiments.frame;

/** Who watches experiments or a comparison run: is told how far it is, may stop it, and lets it write. */
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
