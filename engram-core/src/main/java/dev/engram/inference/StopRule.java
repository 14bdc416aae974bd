package dev.engram.inference;

/**
 * When inference ends for a cue.
 *
 * @param steps T, the most steps; at least 0
 * @param tolerance the residual (see {@link Equilibrium}) at which forces count as balanced; 0 never stops early
 */
public record StopRule(int steps, double tolerance) {
    public StopRule {
        if (steps < 0 || !(tolerance >= 0)) {
            throw new IllegalArgumentException(
                    "A stop rule needs steps (%d) and a tolerance (%s) of at least 0.".formatted(steps, tolerance));
        }
    }

    /** Exactly T steps, as in Algorithm 1 with a fixed T. */
    public static StopRule steps(int steps) {
        return new StopRule(steps, 0);
    }

    /** Until the residual is at most {@code tolerance}, but no more than {@code steps} steps. */
    public static StopRule balanced(double tolerance, int steps) {
        return new StopRule(steps, tolerance);
    }
}
