package dev.engram.graph.inference;

import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Node;
import dev.engram.graph.Parameters;
import dev.engram.graph.Sweep;
import dev.engram.inference.Status;
import dev.engram.linalg.Tensor;
import java.util.function.Consumer;

/**
 * Augmented-Lagrangian predictive coding: the loss is lowered under the constraint that values are their predictions, with a multiplier for
 * each value that sums up the errors of its node.
 *
 * <pre>
 *   min_v max_λ  L + Σ_i λ_i · ε_i + ½ π_i |ε_i|²
 *   in every round:  steps of the values along  -∂/∂v_i = -(π_i ε_i + λ_i) + Σ_j (∂μ_j/∂v_i)ᵀ (π_j ε_j + λ_j)
 *                    then  λ_i += α ε_i      (not after the last round: the forces are those of the λ that the values know)
 *   -∂E/∂θ = Σ_j (∂μ_j/∂θ)ᵀ (π_j ε_j + λ_j)
 * </pre>
 *
 * <p>At its fixed point ε = 0, so that values are those of the feed-forward pass, and λ_i = -dL/dv_i: the forces on the parameters are those of
 * backpropagation, on any graph. The residual is the larger of two: of the forces, and of the constraint, |ε| / (|ε| + |ε + λ/π|).
 *
 * <p>Seely and Gould 2026, "Augmented Lagrangian Predictive Coding".
 *
 * @param motion how values move along the forces
 * @param rounds how many, at least 1
 * @param stepsPerRound of the values, at least 1
 * @param alpha α, positive: the larger, the sooner the constraint holds, until values and multipliers chase each other, which is said (the
 *     energy rose); below the smallest π that is far, for motions with inertia nearer
 */
public record AugmentedLagrangian(Motion motion, int rounds, int stepsPerRound, double alpha) implements Schedule {
    private static final double MOST_RISE = 1e-3; // in the end E is the loss that it began with

    public AugmentedLagrangian {
        Checks.atLeast(1, "number of rounds", rounds);
        Checks.atLeast(1, "number of steps in a round", stepsPerRound);
        Checks.positive("rate of the multipliers", alpha);
    }

    @Override
    public Settling prepare(GraphEvaluation evaluation) {
        return new Multiplying(evaluation);
    }

    private final class Multiplying implements Settling {
        private final GraphEvaluation evaluation;
        private final Landscape landscape;
        private final DescentOfValues descent;
        private final Parameters forces;

        Multiplying(GraphEvaluation evaluation) {
            Checks.gaussian(evaluation, "Multipliers");
            Checks.wholeObservations(evaluation, "Multipliers");
            Checks.singlePredictions(evaluation, "Multipliers");
            this.evaluation = evaluation;
            this.landscape = new Landscape(evaluation);
            this.descent = new DescentOfValues(landscape, motion, stepsPerRound, 0);
            this.forces =
                    Parameters.zeros(evaluation.graph(), evaluation.parameters().precision());
        }

        @Override
        public Settled run(GraphObserver observer, Consumer<Sweep> onForces) {
            evaluation.inferred().forEach(node -> landscape.multiplier(node).fill(0));
            boolean[] goesOn = {true};
            GraphObserver watching = step -> goesOn[0] = observer.onStep(step);
            Settled settled = descent.run(watching, onForces);
            double first = descent.first();
            for (int round = 1; round < rounds && goesOn[0] && settled.status() != Status.DIVERGED; round++) {
                evaluation.inLanes(evaluation::measure);
                for (Node node : evaluation.inferred()) {
                    Tensor lambda = landscape.multiplier(node);
                    lambda.addScaled(alpha, evaluation.error(node), 0, lambda.size());
                }
                settled = descent.resume(settled.steps(), watching, onForces);
            }
            descent.parameterForces(forces);
            evaluation.inLanes(evaluation::measure);
            double residual = Math.max(settled.residual(), violation());
            Status status = settled.status() == Status.CONVERGED ? Status.STEPS_USED : settled.status();
            if (status == Status.STEPS_USED && landscape.energy() > first + MOST_RISE * (Math.abs(first) + 1e-3)) {
                status = Status.ENERGY_ROSE;
            }
            return new Settled(residual, settled.steps(), Relaxation.balanced(residual, status));
        }

        /** |ε| / (|ε| + |ε + λ/π|). */
        private double violation() {
            double broken = 0;
            double sent = 0;
            for (Node node : evaluation.inferred()) {
                Tensor error = evaluation.error(node);
                Tensor lambda = landscape.multiplier(node);
                for (int i = 0; i < error.size(); i++) {
                    double both = error.get(i) + lambda.get(i) / node.precision();
                    broken += error.get(i) * error.get(i);
                    sent += both * both;
                }
            }
            return Relaxation.share(broken, sent);
        }

        @Override
        public void parameterForces(Parameters into) {
            evaluation.graph().parameters().forEach(parameter -> into.get(parameter)
                    .set(forces.get(parameter)));
        }
    }
}
