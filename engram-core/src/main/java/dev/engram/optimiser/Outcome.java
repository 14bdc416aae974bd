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

    private static final double FAR_OFF = 10;

    /**
     * How a learning ended that made all its updates, by its mean squared errors: diverged where what it answers is {@value #FAR_OFF} times as far
     * off as before it began, and as answering nothing but zeros. Less may be a step that was too long and is made up for by later ones.
     *
     * @param before at its beginning
     * @param after at its end
     * @param ofZeros the mean square of what is to be learned
     */
    public static Outcome byError(double before, double after, double ofZeros) {
        return after <= FAR_OFF * Math.max(before, ofZeros) ? COMPLETED : DIVERGED;
    }
}
