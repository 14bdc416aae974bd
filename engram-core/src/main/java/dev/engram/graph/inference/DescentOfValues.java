package dev.engram.graph.inference;

import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Parameters;
import dev.engram.graph.Sweep;
import dev.engram.inference.Status;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Values that move along their forces, step by step: the one loop of all schedules that move values. */
final class DescentOfValues implements Settling {
    private static final double ROUNDING = 1e-5;

    private final Landscape landscape;
    private final GraphEvaluation evaluation;
    private final Relaxation relaxation;
    private final Motion.Mover mover;
    private final Sweep full;
    private final int steps;
    private final double tolerance;
    private final boolean movesParameters;
    private double first;

    DescentOfValues(Landscape landscape, Motion motion, int steps, double tolerance, boolean movesParameters) {
        this.landscape = landscape;
        this.evaluation = landscape.evaluation();
        this.relaxation = landscape.relaxation();
        this.mover = motion.prepare(landscape);
        this.full = evaluation.fullSweep();
        this.steps = steps;
        this.tolerance = tolerance;
        this.movesParameters = movesParameters;
    }

    @Override
    public Settled run(GraphObserver observer, Consumer<Sweep> onForces) {
        evaluation.inLanes(evaluation::feedForwardAndMeasure);
        boolean goesOn = observe(observer, 0);
        evaluation.inLanes(landscape::amend);
        first = landscape.energy();
        if (goesOn) {
            evaluation.inLanes(mover::begin);
        }
        return descend(0, goesOn, observer, onForces);
    }

    /** As many steps more, on a landscape that has changed under the values. */
    Settled resume(int done, GraphObserver observer, Consumer<Sweep> onForces) {
        evaluation.inLanes(examples -> {
            landscape.look(examples);
            mover.resume(examples);
        });
        first = landscape.energy();
        return descend(done, true, observer, onForces);
    }

    /** The energy where the steps began. */
    double first() {
        return first;
    }

    private Settled descend(int done, boolean goesOn, GraphObserver observer, Consumer<Sweep> onForces) {
        int last = done + steps;
        while (goesOn && done < last) {
            AtomicBoolean isFinite = new AtomicBoolean(true);
            evaluation.inLanes(examples -> {
                if (movesParameters) {
                    full.run(examples);
                } else {
                    landscape.send(examples);
                }
                if (!mover.staysFinite(examples)) {
                    isFinite.set(false);
                }
            });
            if (!isFinite.get()) {
                return finish(done, Status.DIVERGED);
            }
            if (tolerance > 0 && relaxation.residual() <= tolerance) {
                return finish(done, Status.CONVERGED);
            }
            if (movesParameters) {
                onForces.accept(full);
            }
            evaluation.inLanes(mover::move);
            done++;
            goesOn = observe(observer, done);
        }
        boolean rose = !mover.mayRise() && landscape.energy() > first + ROUNDING * (Math.abs(first) + 1e-3);
        return finish(done, !goesOn ? Status.CANCELLED : rose ? Status.ENERGY_ROSE : Status.STEPS_USED);
    }

    private boolean observe(GraphObserver observer, int step) {
        return observer.onStep(new GraphStep(step, evaluation, full));
    }

    private Settled finish(int done, Status otherwise) {
        evaluation.inLanes(full::run);
        double residual = relaxation.residual();
        return new Settled(residual, done, Relaxation.balanced(residual, otherwise));
    }

    @Override
    public void parameterForces(Parameters forces) {
        full.parameterForces(forces);
    }
}
