package dev.engram.optimiser;

/** How learning ended. */
public enum Outcome {
    COMPLETED,
    /** Stopped by its observer. */
    CANCELLED,
    /**
     * The numbers left the range of finite ones, or the error grew instead of shrinking; what was learned is that of the last update before, or of
     * none.
     */
    DIVERGED;

    /**
     * How a learning ended that made all its updates, by its mean squared errors: diverged where it does worse than before it began, and worse than
     * answering nothing but zeros.
     *
     * @param before at its beginning
     * @param after at its end
     * @param ofZeros the mean square of what is to be learned
     */
    public static Outcome byError(double before, double after, double ofZeros) {
        return after <= Math.max(before, ofZeros) ? COMPLETED : DIVERGED;
    }
}
