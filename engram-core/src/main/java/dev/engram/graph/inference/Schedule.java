package dev.engram.graph.inference;

/**
 * How the value nodes of a computation graph are inferred. All of them move at once, from the errors before the step:
 *
 * <pre>
 *   Δv_i = η (-π_i ε_i + Σ_j (∂μ_j/∂v_i)ᵀ π_j ε_j)
 * </pre>
 *
 * <p>What differs is where μ and its derivatives are taken. Signs as in {@link dev.engram.graph.ComputationGraph}: everything is a force.
 *
 * <p>Millidge, Tschantz and Buckley 2022, Algorithm 1 and section 3.
 */
public sealed interface Schedule {
    /**
     * Predictions and derivatives are held at their feed-forward values (the fixed-prediction assumption). Then Δε_i = Δv_i, the equations
     * are linear, and at equilibrium π_i ε_i = -dL/dv_i: the forces on the parameters are those of backpropagation.
     *
     * @param eta η, positive
     * @param steps how many, at least 0
     * @param isStepwise whether each step is a backward pass of its own, where their sum in fewer passes would do
     */
    record FixedPrediction(double eta, int steps, boolean isStepwise) implements Schedule {
        public FixedPrediction {
            check(eta, steps);
        }
    }

    /**
     * Predictions and derivatives are taken at the present values, at every step: gradient descent on E. Its equilibrium is a minimum of
     * E and its parameter forces are not those of backpropagation. The only schedule for graphs with cycles.
     *
     * @param eta η, positive
     * @param steps how many, at least 0
     */
    record Strict(double eta, int steps) implements Schedule {
        public Strict {
            check(eta, steps);
        }
    }

    /**
     * Where {@link FixedPrediction} ends with η = 1/π after as many steps as the graph is deep: from then on nothing changes. Each node is
     * visited once, when all that it predicts have settled; its earlier steps would be overwritten by that one.
     */
    record Exact() implements Schedule {}

    /**
     * {@link Strict}, with weights that move at every step together with the values, as the trainer does it (incremental predictive coding,
     * Salvatori et al. 2022).
     *
     * @param eta η, positive
     * @param steps how many, at least 0
     */
    record Incremental(double eta, int steps) implements Schedule {
        public Incremental {
            check(eta, steps);
        }
    }

    static Schedule fixedPrediction(double eta, int steps) {
        return new FixedPrediction(eta, steps, false);
    }

    /** The same, literally: what the sums of {@link #fixedPrediction} are held against, in results and in time. */
    static Schedule stepwiseFixedPrediction(double eta, int steps) {
        return new FixedPrediction(eta, steps, true);
    }

    static Schedule strict(double eta, int steps) {
        return new Strict(eta, steps);
    }

    static Schedule exact() {
        return new Exact();
    }

    static Schedule incremental(double eta, int steps) {
        return new Incremental(eta, steps);
    }

    private static void check(double eta, int steps) {
        if (!(eta > 0) || Double.isInfinite(eta) || steps < 0) {
            throw new IllegalArgumentException(
                    "A schedule needs a positive, finite step size (%s) and at least 0 steps (%d)."
                            .formatted(eta, steps));
        }
    }
}
