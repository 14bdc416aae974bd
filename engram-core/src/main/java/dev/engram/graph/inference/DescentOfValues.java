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
    private final LastSweep last;
    private final int steps;
    private final double tolerance;
    private double first;

    DescentOfValues(Landscape landscape, Motion motion, int steps, double tolerance) {
        this.landscape = landscape;
        this.evaluation = landscape.evaluation();
        this.relaxation = landscape.relaxation();
        this.mover = motion.prepare(landscape);
        this.last = new LastSweep(evaluation, relaxation);
        this.steps = steps;
        this.tolerance = tolerance;
    }

    @Override
    public Settled run(GraphObserver observer, Consumer<Sweep> onForces) {
        evaluation.inLanes(evaluation::feedForwardAndMeasure);
        boolean goesOn = last.observe(observer, 0);
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
        int end = done + steps;
        while (goesOn && done < end) {
            AtomicBoolean isFinite = new AtomicBoolean(true);
            evaluation.inLanes(examples -> {
                if (landscape.parametersMove()) {
                    last.sweep().run(examples);
                } else {
                    landscape.send(examples);
                }
                if (!mover.staysFinite(examples)) {
                    isFinite.set(false);
                }
            });
            if (!isFinite.get()) {
                return last.finish(done, Status.DIVERGED);
            }
            if (tolerance > 0 && relaxation.residual() <= tolerance) {
                return last.finish(done, Status.CONVERGED);
            }
            if (landscape.parametersMove()) {
                onForces.accept(last.sweep());
            }
            evaluation.inLanes(mover::move);
            done++;
            goesOn = last.observe(observer, done);
        }
        boolean rose = !mover.mayRise() && landscape.energy() > first + ROUNDING * (Math.abs(first) + 1e-3);
        return last.finish(done, !goesOn ? Status.CANCELLED : rose ? Status.ENERGY_ROSE : Status.STEPS_USED);
    }

    @Override
    public void parameterForces(Parameters forces) {
        last.parameterForces(forces);
    }
}
