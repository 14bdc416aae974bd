package dev.engram.optimiser;

/** How learning ended. */
public enum Outcome {
    COMPLETED,
    /** Stopped by its observer. */
    CANCELLED,
    /** The numbers left the range of finite ones; what was learned is that of the last update before. */
    DIVERGED
}
