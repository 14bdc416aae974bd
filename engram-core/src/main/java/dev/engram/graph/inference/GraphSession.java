package dev.engram.graph.inference;

import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Node;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameters;
import dev.engram.graph.Sweep;
import dev.engram.graph.op.ExampleRange;
import dev.engram.inference.Status;
import dev.engram.linalg.Cancellation;
import dev.engram.linalg.Tensor;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Inference by one schedule on batches of one size with the same nodes clamped, in memory allocated once. {@link GraphInference} is easier;
 * this is for training loops.
 *
 * <p>Values and errors stay in the {@link GraphEvaluation}. Under fixed predictions the values there remain those of the feed-forward
 * pass, where the derivatives are taken; {@link #adoptValues} moves them to where the errors say they are. Steps with fixed predictions
 * are summed in fewer passes where that is possible ({@link SummedSteps}), with the same result up to rounding.
 */
public final class GraphSession {
    private static final double BALANCED = 1e-3;
    private static final double ROUNDING = 1e-5;

    private final GraphEvaluation evaluation;
    private final Schedule schedule;
    private final Sweep toNodes;
    private final Sweep full;
    private final Relaxation relaxation;
    private final Optional<SummedSteps> summed;
    private final boolean holdsPredictions;

    /**
     * How a run ended.
     *
     * @param residual see {@link GraphEquilibrium}
     */
    public record Settled(double residual, int steps, Status status) {}

    /**
     * @throws IllegalArgumentException if the schedule needs a feed-forward pass and the graph has free nodes
     */
    public GraphSession(GraphEvaluation evaluation, Schedule schedule) {
        this.evaluation = evaluation;
        this.schedule = schedule;
        this.holdsPredictions = schedule instanceof Schedule.FixedPrediction || schedule instanceof Schedule.Exact;
        if (holdsPredictions) {
            requireFeedForward(evaluation, "Fixed predictions");
        }
        this.toNodes = evaluation.sweepTo(Set.copyOf(evaluation.inferred()));
        this.full = schedule instanceof Schedule.Exact ? evaluation.reverseSweep() : evaluation.fullSweep();
        this.relaxation = new Relaxation(evaluation);
        this.summed = schedule instanceof Schedule.FixedPrediction fixed && !fixed.isStepwise()
                ? Optional.of(new SummedSteps(evaluation, fixed, toNodes)).filter(SummedSteps::pays)
                : Optional.empty();
    }

    static void requireFeedForward(GraphEvaluation evaluation, String what) {
        evaluation.inferred().stream()
                .filter(node -> node.kind() == Node.Kind.FREE)
                .findFirst()
                .ifPresent(node -> {
                    throw new IllegalArgumentException(
                            "%s need a feed-forward pass, and node %s is free. Maybe use Schedule.strict(..)."
                                    .formatted(what, node.name()));
                });
    }

    /** The tensors this works on. */
    public GraphEvaluation evaluation() {
        return evaluation;
    }

    /** Runs inference with the parameters as they are. */
    public Settled run(Observations observations, Map<Node, Tensor> start, GraphObserver observer) {
        return run(observations, start, observer, sweep -> {});
    }

    /**
     * Runs inference, handing out the sweep of every step of an {@link Schedule.Incremental} one, so that the caller can move the parameters
     * along their forces while the values move along theirs.
     *
     * @param onForces called after each backward pass, before the values move
     */
    public Settled run(
            Observations observations, Map<Node, Tensor> start, GraphObserver observer, Consumer<Sweep> onForces) {
        evaluation.clamp(observations);
        evaluation.begin(start);
        if (schedule instanceof Schedule.FixedPrediction fixed) {
            Optional<SummedSteps> all = summed.filter(steps -> start.isEmpty());
            return all.isPresent() && observer == GraphObserver.NONE
                    ? summed(fixed, all.get())
                    : fixed(fixed, all.filter(SummedSteps::canBeWatched), observer);
        } else if (schedule instanceof Schedule.Strict strict) {
            return descend(strict.eta(), strict.steps(), toNodes, observer, sweep -> {});
        } else if (schedule instanceof Schedule.Incremental incremental) {
            return descend(incremental.eta(), incremental.steps(), full, observer, onForces);
        }
        return exact(observer);
    }

    private Settled summed(Schedule.FixedPrediction fixed, SummedSteps all) {
        evaluation.inLanes(examples -> {
            evaluation.feedForwardAndMeasure(examples);
            all.run(examples);
        });
        return finish(fixed.steps(), Status.STEPS_USED);
    }

    private Settled fixed(Schedule.FixedPrediction fixed, Optional<SummedSteps> watched, GraphObserver observer) {
        evaluation.inLanes(evaluation::feedForwardAndMeasure);
        watched.ifPresent(SummedSteps::rewind);
        watched.ifPresent(all -> evaluation.inLanes(all::begin));
        int done = 0;
        boolean goesOn = observe(observer, 0);
        if (observer == GraphObserver.NONE) {
            evaluation.inLanes(examples -> {
                for (int t = 0; t < fixed.steps(); t++) {
                    step(fixed.eta(), examples);
                }
            });
            done = fixed.steps();
        }
        while (goesOn && done < fixed.steps()) {
            watched.ifPresent(SummedSteps::advance);
            evaluation.inLanes(watched.<Consumer<ExampleRange>>map(all -> all::show)
                    .orElse(examples -> step(fixed.eta(), examples)));
            done++;
            goesOn = observe(observer, done);
        }
        return finish(done, goesOn ? Status.STEPS_USED : Status.CANCELLED);
    }

    private void step(double eta, ExampleRange examples) {
        Cancellation.requireGoingOn();
        toNodes.run(examples);
        relaxation.moveErrors(eta, examples);
    }

    private Settled descend(double eta, int steps, Sweep sweep, GraphObserver observer, Consumer<Sweep> onForces) {
        evaluation.inLanes(evaluation::feedForwardAndMeasure);
        double first = evaluation.totalEnergy();
        boolean goesOn = observe(observer, 0);
        int done = 0;
        while (goesOn && done < steps) {
            AtomicBoolean isFinite = new AtomicBoolean(true);
            evaluation.inLanes(examples -> {
                sweep.run(examples);
                if (!relaxation.staysFinite(eta, examples)) {
                    isFinite.set(false);
                }
            });
            if (!isFinite.get()) {
                return finish(done, Status.DIVERGED);
            }
            onForces.accept(sweep);
            evaluation.inLanes(examples -> {
                relaxation.moveValues(eta, examples);
                evaluation.predict(examples);
                evaluation.measure(examples);
            });
            done++;
            goesOn = observe(observer, done);
        }
        boolean rose = evaluation.totalEnergy() > first + ROUNDING * (first + 1e-3);
        return finish(done, !goesOn ? Status.CANCELLED : rose ? Status.ENERGY_ROSE : Status.STEPS_USED);
    }

    private Settled exact(GraphObserver observer) {
        evaluation.inLanes(evaluation::feedForwardAndMeasure);
        if (!observe(observer, 0)) {
            return new Settled(relaxation.residual(), 0, Status.CANCELLED);
        }
        evaluation.inLanes(full::run);
        observe(observer, 1);
        return new Settled(relaxation.residual(), 1, Status.CONVERGED);
    }

    private boolean observe(GraphObserver observer, int step) {
        return observer.onStep(new GraphStep(step, evaluation, full));
    }

    private Settled finish(int steps, Status otherwise) {
        evaluation.inLanes(full::run);
        double residual = relaxation.residual();
        boolean isBalanced = residual <= BALANCED && otherwise == Status.STEPS_USED;
        return new Settled(residual, steps, isBalanced ? Status.CONVERGED : otherwise);
    }

    /** After a run: the forces -∂E/∂θ on the parameters, summed over the batch, written to {@code forces}. */
    public void parameterForces(Parameters forces) {
        full.parameterForces(forces);
    }

    /** After a run, and after the parameter forces were asked for: makes the values v = μ + ε, which they are not under fixed predictions. */
    public void adoptValues() {
        if (holdsPredictions) {
            evaluation.inLanes(relaxation::adoptErrors);
        }
    }
}
