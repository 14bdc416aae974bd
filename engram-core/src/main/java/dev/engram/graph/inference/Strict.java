package dev.engram.graph.inference;

import dev.engram.graph.GraphEvaluation;

/**
 * Steps along the forces with predictions and derivatives taken at the present values, at every step: descent on E. Its equilibrium is a
 * minimum of E, and its parameter forces are not those of backpropagation. For graphs with cycles, too.
 *
 * <pre>
 *   Δv_i = η F_i,   F_i = -π_i ε_i + Σ_j (∂μ_j/∂v_i)ᵀ π_j ε_j        all at once; or another {@link Motion} along F
 * </pre>
 *
 * <p>Millidge, Tschantz and Buckley 2022, section 3; Whittington and Bogacz 2017.
 *
 * @param motion how values move along the forces
 * @param steps how many at most, at least 0
 * @param tolerance the residual, see {@link GraphEquilibrium}, at which the steps end, from 0 (never) to below 1; watching it takes a sum over
 *     the values at every step
 */
public record Strict(Motion motion, int steps, double tolerance) implements Schedule {
    public Strict {
        Checks.steps(steps);
        Checks.fraction("tolerance", tolerance);
    }

    /** The same, until the forces balance to within this residual. */
    public Strict until(double newTolerance) {
        return new Strict(motion, steps, newTolerance);
    }

    @Override
    public Settling prepare(GraphEvaluation evaluation) {
        return new DescentOfValues(new Landscape(evaluation), motion, steps, tolerance);
    }
}
