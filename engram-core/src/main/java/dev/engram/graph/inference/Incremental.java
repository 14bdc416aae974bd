package dev.engram.graph.inference;

import dev.engram.graph.GraphEvaluation;

/**
 * {@link Strict}, with weights that move at every step together with the values, as the trainer does it (incremental predictive coding,
 * Salvatori et al. 2022).
 *
 * @param motion how values move along the forces; one that takes no steps back
 * @param steps how many, at least 0
 */
public record Incremental(Motion motion, int steps) implements Schedule {
    public Incremental {
        Checks.steps(steps);
        if (motion instanceof CurvatureMotion || motion instanceof PartialMotion) {
            throw new IllegalArgumentException(
                    "The motion %s takes steps back that raise the energy, which it cannot tell while parameters move. Maybe use Motion.gradient(..), or Schedule.strict(..)."
                            .formatted(motion));
        }
    }

    @Override
    public Settling prepare(GraphEvaluation evaluation) {
        return new DescentOfValues(new Landscape(evaluation, true), motion, steps, 0);
    }

    @Override
    public boolean movesParameters() {
        return true;
    }
}
