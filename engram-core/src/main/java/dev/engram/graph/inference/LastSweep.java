package dev.engram.graph.inference;

import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Parameters;
import dev.engram.graph.Sweep;
import dev.engram.inference.Status;

/** The sweep that an inference ends with, to all inferred nodes and parameters: what is left of the forces, and those on the parameters. */
final class LastSweep {
    private final GraphEvaluation evaluation;
    private final Relaxation relaxation;
    private final Sweep sweep;

    LastSweep(GraphEvaluation evaluation, Relaxation relaxation) {
        this.evaluation = evaluation;
        this.relaxation = relaxation;
        this.sweep = evaluation.fullSweep();
    }

    Sweep sweep() {
        return sweep;
    }

    /** Shows a step to the observer; whether it wants to go on. */
    boolean observe(GraphObserver observer, int step) {
        return observer.onStep(new GraphStep(step, evaluation, sweep));
    }

    /**
     * Runs it.
     *
     * @param otherwise how the inference ended, where its forces do not balance
     */
    Settled finish(int steps, Status otherwise) {
        evaluation.inLanes(sweep::run);
        double residual = relaxation.residual();
        return new Settled(residual, steps, Relaxation.balanced(residual, otherwise));
    }

    /** The forces -∂E/∂θ, summed over the batch. */
    void parameterForces(Parameters forces) {
        sweep.parameterForces(forces);
    }
}
