package dev.engram.experiments.frame;

/** Thrown where a cell cannot be computed for want of memory, time or data, which is no error. */
final class CellSkipped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param reason one line for the report */
    public CellSkipped(String reason) {
        super(reason);
    }
}
