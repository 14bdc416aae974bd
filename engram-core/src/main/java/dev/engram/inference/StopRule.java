package dev.engram.inference;

import java.io.Serializable;

/**
 * When inference ends for a cue.
 *
 * @param steps T, the most steps; at least 0
 * @param tolerance the residual (see {@link Equilibrium}) at which forces count as balanced; 0 never stops early
 * @param energy at or below which a cue has ended too, whatever its forces: curvature-bounded steps cannot raise it, so no layer's share
 *     comes to more. Newton's few steps do not look at it; 0 never stops early
 */
public record StopRule(int steps, double tolerance, double energy) implements Serializable {
    public StopRule {
        if (steps < 0 || !(tolerance >= 0) || !(energy >= 0)) {
            throw new IllegalArgumentException(
                    "A stop rule needs steps (%d), a tolerance (%s) and an energy (%s) of at least 0."
                            .formatted(steps, tolerance, energy));
        }
    }

    /** Exactly T steps, as in Algorithm 1 with a fixed T. */
    public static StopRule steps(int steps) {
        return new StopRule(steps, 0, 0);
    }

    /** Until the residual is at most {@code tolerance}, but no more than {@code steps} steps. */
    public static StopRule balanced(double tolerance, int steps) {
        return new StopRule(steps, tolerance, 0);
    }

    /** The same with another number of steps. */
    public StopRule withSteps(int newSteps) {
        return new StopRule(newSteps, tolerance, energy);
    }

    /** The same, but a cue also ends when its energy is that small. */
    public StopRule orEnergy(double enough) {
        return new StopRule(steps, tolerance, enough);
    }
}
