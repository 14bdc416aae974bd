package dev.engram.experiments.frame;

/** Thrown when the user stopped the run; the cells finished before are kept. */
public final class RunCancelled extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RunCancelled() {
        super("The run was cancelled.");
    }
}
