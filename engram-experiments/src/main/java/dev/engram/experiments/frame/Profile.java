package dev.engram.experiments.frame;

import java.time.Duration;

/** How much of an experiment is run: a quick version, or all that the paper has. */
public enum Profile {
    /** Enough to see every kind of result, in seconds to minutes. */
    QUICK(Duration.ofMinutes(5)),
    /** As the paper has it, in minutes to hours. */
    FULL(Duration.ofHours(6));

    private final Duration cellLimit;

    Profile(Duration cellLimit) {
        this.cellLimit = cellLimit;
    }

    /** The longest that one cell may take. */
    Duration cellLimit() {
        return cellLimit;
    }
}
