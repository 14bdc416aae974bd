package dev.engram.experiments.frame;

/** A cell that cannot be computed here, for a reason that is nobody's fault: memory, time, data. */
final class CellSkipped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param reason one line for the report */
    public CellSkipped(String reason) {
        super(reason);
    }
}
