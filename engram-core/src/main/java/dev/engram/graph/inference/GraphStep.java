package dev.engram.graph.inference;

import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Parameters;
import dev.engram.graph.Sweep;

/** One step of inference on a computation graph as an observer sees it. */
public final class GraphStep {
    private final int step;
    private final GraphEvaluation evaluation;
    private final Sweep sweep;

    /** @param sweep goes to the parameters */
    public GraphStep(int step, GraphEvaluation evaluation, Sweep sweep) {
        this.step = step;
        this.evaluation = evaluation;
        this.sweep = sweep;
    }

    /** The same as a step that comes after so many others. */
    GraphStep after(int others) {
        return new GraphStep(step + others, evaluation, sweep);
    }

    /** Counts from 0, the start. */
    public int step() {
        return step;
    }

    /**
     * Values, predictions and errors; live, copy what is to be kept. With fixed predictions the values are those at which the predictions
     * are held; after the start, with multipliers or a loss that counts β times, errors are those of that energy (see {@link Landscape}).
     */
    public GraphEvaluation evaluation() {
        return evaluation;
    }

    /** The energy of all examples and nodes. */
    public double totalEnergy() {
        return evaluation.totalEnergy();
    }

    /** The forces -∂E/∂θ that the errors of this step put on the parameters, summed over the batch. */
    public Parameters parameterForces() {
        Parameters forces =
                Parameters.zeros(evaluation.graph(), evaluation.parameters().precision());
        evaluation.inLanes(sweep::run);
        sweep.parameterForces(forces);
        return forces;
    }
}
