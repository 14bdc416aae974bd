package dev.engram.graph.inference;

import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Node;
import dev.engram.graph.Parameters;
import dev.engram.graph.Sweep;
import dev.engram.inference.Status;
import dev.engram.linalg.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@link Strict} with a loss that counts β times: the observed nodes nudge the others towards their targets, where a clamp would hold them
 * there.
 *
 * <pre>
 *   E_β = Σ_i ½ π_i |ε_i|² + β L,    v(β) = argmin E_β
 *   forces on the parameters:  -∂E_β/∂θ / β  at v(β)         positive: β,  negative: -β,  centred: the mean of the two
 * </pre>
 *
 * <p>With β → 0 they are those of backpropagation, with an error of order β, or β² when centred. A negative β pushes away from the target, and
 * E has no minimum where β is too large.
 *
 * <p>Scellier and Bengio 2017 (equilibrium propagation); Laborieux et al. 2021 (centred); Pinchetti et al. 2025 (in predictive coding).
 *
 * @param beta β, positive
 * @param strict how the values descend; centred, so many steps each way
 */
public record Nudged(double beta, Side side, Strict strict) implements Schedule {
    /** Which way the values are nudged. */
    public enum Side {
        /** Towards the target. */
        POSITIVE,
        /** Away from it. */
        NEGATIVE,
        /** One after the other. */
        CENTRED
    }

    public Nudged {
        Checks.positive("nudging β", beta);
    }

    @Override
    public Settling prepare(GraphEvaluation evaluation) {
        return new Nudging(evaluation);
    }

    private final class Nudging implements Settling {
        private final GraphEvaluation evaluation;
        private final Landscape landscape;
        private final DescentOfValues descent;
        private final Parameters forces;
        private final Parameters oneWay;

        Nudging(GraphEvaluation evaluation) {
            Checks.fixedEnergies(evaluation, "Nudges");
            Checks.wholeObservations(evaluation, "Nudges");
            if (side != Side.CENTRED) { // whose two sides take the same from it
                Checks.singlePredictions(evaluation, "Nudges to one side");
            }
            this.evaluation = evaluation;
            this.landscape = new Landscape(evaluation);
            this.descent = new DescentOfValues(landscape, strict.motion(), strict.steps(), strict.tolerance());
            this.forces =
                    Parameters.zeros(evaluation.graph(), evaluation.parameters().precision());
            this.oneWay =
                    Parameters.zeros(evaluation.graph(), evaluation.parameters().precision());
        }

        @Override
        public Settled run(GraphObserver observer, Consumer<Sweep> onForces) {
            forces.clear();
            if (side != Side.CENTRED) {
                return nudge(side == Side.POSITIVE ? beta : -beta, 1, observer, onForces);
            }
            Map<Node, Tensor> start = new LinkedHashMap<>();
            if (evaluation.beginsElsewhere()) {
                evaluation
                        .inferred()
                        .forEach(node -> start.put(node, evaluation.value(node).copy()));
            }
            Settled there = nudge(beta, 0.5, observer, onForces);
            if (there.status() == Status.CANCELLED) {
                return there;
            }
            evaluation.begin(start);
            GraphObserver later = step -> step.step() == 0 || observer.onStep(step.after(there.steps()));
            Settled back = nudge(-beta, 0.5, observer == GraphObserver.NONE ? observer : later, onForces);
            return new Settled(
                    Math.max(there.residual(), back.residual()),
                    there.steps() + back.steps(),
                    worse(there.status(), back.status()));
        }

        private static Status worse(Status one, Status other) {
            return one == Status.CONVERGED || other == Status.DIVERGED || other == Status.CANCELLED ? other : one;
        }

        private Settled nudge(double by, double share, GraphObserver observer, Consumer<Sweep> onForces) {
            landscape.countLoss(by);
            Settled settled = descent.run(observer, onForces);
            descent.parameterForces(oneWay);
            forces.addScaled(share / by, oneWay);
            evaluation.inLanes(evaluation::measure);
            return settled;
        }

        @Override
        public void parameterForces(Parameters into) {
            evaluation.graph().parameters().forEach(parameter -> into.get(parameter)
                    .set(forces.get(parameter)));
        }
    }
}
