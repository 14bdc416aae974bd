package dev.engram.optimiser;

/** How a learning ended. */
public enum Outcome {
    COMPLETED,
    /** Stopped by who watched it. */
    CANCELLED,
    /** The numbers left the range of finite ones; what was learned is that of the last update before. */
    DIVERGED
}
