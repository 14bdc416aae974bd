package dev.engram.graph.inference;

import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Node;
import dev.engram.graph.Parameters;
import dev.engram.graph.Sweep;
import dev.engram.graph.op.ExampleRange;
import dev.engram.inference.Status;
import dev.engram.linalg.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Error-based predictive coding: the errors move, and the values follow from them in a feed-forward pass. A loss reaches every layer at once,
 * where along the values it loses a factor η with each layer.
 *
 * <pre>
 *   v_i = μ_i(v) + ε_i          one feed-forward pass
 *   E(ε) = Σ_i ½ π_i |ε_i|² + L,   Δε_i = η (-π_i ε_i - dL/dv_i)     dL/dv_i: of reverse mode, at these values
 * </pre>
 *
 * <p>The same energy as {@link Strict}'s in other coordinates, so the same minima. From ε = 0, one step is backpropagation: after it π_i ε_i = -η
 * π_i dL/dv_i exactly. Only further steps are another method, and the residual says how far they came: that of the values, |F| / (|F| + |π
 * ε|), as with every schedule. No cycles.
 *
 * <p>Goemaere et al. 2025, "ePC: Overcoming Exponential Signal Decay in Deep Predictive Coding Networks".
 *
 * @param eta η, positive
 * @param steps how many at most, at least 0
 * @param tolerance the residual of the errors, |Δε/η| / (|Δε/η| + |π ε|), at which the steps end, from 0 (never) to below 1
 */
public record ErrorBased(double eta, int steps, double tolerance) implements Schedule {
    private static final double ROUNDING = 1e-5;

    public ErrorBased {
        Checks.eta(eta);
        Checks.steps(steps);
        Checks.fraction("tolerance", tolerance);
    }

    /** The same, until the errors balance to within this residual. */
    public ErrorBased until(double newTolerance) {
        return new ErrorBased(eta, steps, newTolerance);
    }

    @Override
    public Settling prepare(GraphEvaluation evaluation) {
        return new DescentOfErrors(evaluation);
    }

    private final class DescentOfErrors implements Settling {
        private final GraphEvaluation evaluation;
        private final Sweep reverse;
        private final LastSweep last;
        private final Map<Node, Tensor> errors = new LinkedHashMap<>();
        private final Map<Node, Tensor> before = new LinkedHashMap<>(); // of the step before, to go back to

        DescentOfErrors(GraphEvaluation evaluation) {
            Checks.feedForward(evaluation, "Errors that values follow from");
            Checks.gaussian(evaluation, "Errors that values follow from");
            this.evaluation = evaluation;
            this.reverse = evaluation.reverseSweep();
            this.last = new LastSweep(evaluation, new Relaxation(evaluation));
            evaluation.inferred().forEach(node -> {
                Tensor error = evaluation.error(node);
                errors.put(node, Tensor.zeros(error.precision(), error.shape()));
                before.put(node, Tensor.zeros(error.precision(), error.shape()));
            });
        }

        @Override
        public Settled run(GraphObserver observer, Consumer<Sweep> onForces) {
            evaluation.inLanes(examples -> {
                evaluation.feedForwardAndMeasure(examples);
                errors.forEach(
                        (node, error) -> error.set(evaluation.error(node), examples.begin(error), examples.end(error)));
            });
            double first = evaluation.totalEnergy();
            boolean goesOn = last.observe(observer, 0);
            int done = 0;
            Status status = Status.STEPS_USED;
            while (goesOn && done < steps) {
                AtomicBoolean isFinite = new AtomicBoolean(true);
                evaluation.inLanes(examples -> {
                    reverse.run(examples);
                    if (!staysFinite(examples)) {
                        isFinite.set(false);
                    }
                });
                if (!isFinite.get()) {
                    status = Status.DIVERGED;
                    errors.forEach((node, error) -> error.set(of(before, node)));
                    done = Math.max(0, done - 1);
                    break;
                }
                if (tolerance > 0 && residual() <= tolerance) {
                    status = Status.CONVERGED;
                    break;
                }
                evaluation.inLanes(examples -> {
                    errors.keySet().forEach(node -> move(node, examples));
                    follow(examples);
                });
                done++;
                goesOn = last.observe(observer, done);
            }
            evaluation.inLanes(this::follow);
            if (status == Status.STEPS_USED && evaluation.totalEnergy() > first + ROUNDING * (Math.abs(first) + 1e-3)) {
                status = Status.ENERGY_ROSE;
            }
            return last.finish(done, goesOn ? status : Status.CANCELLED);
        }

        /** v = μ + ε, and the errors of all nodes at them. */
        private void follow(ExampleRange examples) {
            evaluation.feedForward(examples, errors);
            evaluation.measure(examples);
        }

        /** ε += η (-dL/dv - π ε). */
        private void move(Node node, ExampleRange examples) {
            Tensor error = of(errors, node);
            int from = examples.begin(error);
            int to = examples.end(error);
            of(before, node).set(error, from, to);
            error.addScaled(-eta * node.precision(), error, from, to);
            error.addScaled(eta, evaluation.feedback(node), from, to);
        }

        private static Tensor of(Map<Node, Tensor> tensors, Node node) {
            return Objects.requireNonNull(tensors.get(node));
        }

        /** Whether values, and what comes back to them, are finite. */
        private boolean staysFinite(ExampleRange examples) {
            return evaluation.inferred().stream()
                    .flatMap(node -> Stream.of(evaluation.value(node), evaluation.feedback(node)))
                    .allMatch(tensor -> tensor.isFinite(examples.begin(tensor), examples.end(tensor)));
        }

        private double residual() {
            double force = 0;
            double pull = 0;
            for (Node node : evaluation.inferred()) {
                Tensor error = of(errors, node);
                Tensor feedback = evaluation.feedback(node);
                for (int i = 0; i < error.size(); i++) {
                    double own = node.precision() * error.get(i);
                    force += (feedback.get(i) - own) * (feedback.get(i) - own);
                    pull += own * own;
                }
            }
            return Relaxation.share(force, pull);
        }

        @Override
        public void parameterForces(Parameters forces) {
            last.parameterForces(forces);
        }
    }
}
