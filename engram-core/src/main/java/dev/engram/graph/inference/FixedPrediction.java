package dev.engram.graph.inference;

import dev.engram.graph.GraphEvaluation;

/**
 * Steps along the forces with predictions and derivatives held at their feed-forward values (the fixed-prediction assumption).
 *
 * <pre>
 *   Δε_i = Δv_i = η (-π_i ε_i + Σ_j (∂μ_j/∂v_i)ᵀ π_j ε_j)        all at once, from the errors before the step
 * </pre>
 *
 * <p>The equations are linear, and at equilibrium π_i ε_i = -dL/dv_i: the forces on the parameters are those of backpropagation.
 *
 * <p>Millidge, Tschantz and Buckley 2022, Algorithm 1 and section 3.
 *
 * @param eta η, positive
 * @param steps how many, at least 0
 * @param isStepwise whether each step is a backward pass of its own, where their sum in fewer passes would do
 */
public record FixedPrediction(double eta, int steps, boolean isStepwise) implements Schedule {
    public FixedPrediction {
        Checks.eta(eta);
        Checks.steps(steps);
    }

    @Override
    public Settling prepare(GraphEvaluation evaluation) {
        return new HeldPredictions(evaluation, this);
    }

    @Override
    public boolean holdsPredictions() {
        return true;
    }
}
