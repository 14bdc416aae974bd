package dev.engram.experiments.frame;

import java.util.Optional;

/**
 * How a cell of an experiment ended, with its record where it is finished.
 *
 * @param reason why it was skipped or failed; empty otherwise
 * @param record what it recorded, where it is finished
 */
public record CellOutcome(CellSetting setting, Status status, String reason, Optional<CellRecord> record) {
    /** How it ended. */
    public enum Status {
        /** Computed now. */
        DONE,
        /** Computed in an earlier run with the same options, data and software. */
        KEPT,
        /** Its data are not there. */
        NO_DATA,
        /** It does not fit into memory or time. */
        SKIPPED,
        FAILED
    }

    static CellOutcome without(Cell cell, Status status, String reason) {
        return new CellOutcome(cell.setting(), status, reason, Optional.empty());
    }

    static CellOutcome skipped(Cell cell, String reason) {
        return without(cell, Status.SKIPPED, reason);
    }

    public boolean isFinished() {
        return record.isPresent();
    }

    /** How long it took; 0 where it is not finished. */
    public double seconds() {
        return record.map(CellRecord::seconds).orElse(0.0);
    }
}
