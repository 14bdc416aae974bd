package dev.engram.inference;

/** How the inference of one cue ended, with advice. */
public enum Status {
    CONVERGED("The forces on the value nodes are in balance.", ""),
    STEPS_USED(
            "The steps allowed were used up before the forces were in balance.",
            "Maybe allow more steps, or use the accelerated or the Newton solver."),
    STALLED(
            "No step, however small, lowers the energy any more: this is as near to the equilibrium as the arithmetic gets.",
            ""),
    ENERGY_ROSE(
            "The energy rose during inference: the fixed step size is too large for these weights.",
            "Maybe use a smaller step size, or the default one, which follows the curvature."),
    DIVERGED(
            "The value nodes left the range of finite numbers; the last finite ones are returned.",
            "Maybe use a smaller step size, or the default one, which follows the curvature."),
    CANCELLED("Inference was stopped by its observer.", "");

    private final String meaning;
    private final String advice;

    Status(String meaning, String advice) {
        this.meaning = meaning;
        this.advice = advice;
    }

    /** One sentence on what happened. */
    public String meaning() {
        return meaning;
    }

    /** One sentence on what to do about it; empty where nothing needs doing. */
    public String advice() {
        return advice;
    }

    /** Whether the values are an equilibrium, or as near to one as the arithmetic allows. */
    public boolean isEquilibrium() {
        return this == CONVERGED || this == STALLED;
    }
}
