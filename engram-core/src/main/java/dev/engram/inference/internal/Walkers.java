package dev.engram.inference.internal;

import dev.engram.inference.Status;
import dev.engram.inference.internal.FirstOrder.Landscape;
import dev.engram.inference.internal.FirstOrder.Rule;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.network.Evaluation;
import dev.engram.network.ValueNodes;
import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * The points of the cues that {@link FirstOrder} moves together, with the force on each and the size of its next step.
 *
 * <pre>
 *   x_{t+1} = y_t + γ · force(y_t)                       a step ({@link Force} is Eq. 3)
 *   y_{t+1} = x_{t+1} + t/(t+3) · (x_{t+1} - x_t)        momentum; without it y = x
 * </pre>
 *
 * <p>Guarded steps stop a ReLU unit on its kink. One that raises the energy is taken back: the next is without momentum or, if it was,
 * half as long. Momentum starts again where it points uphill.
 */
final class Walkers {
    private static final double SMALLEST_STEP = 1e-6; // the least share
    private static final int WORTH_SPLITTING = 20_000;

    private final LinearAlgebra la;
    private final Rule rule;
    private final int firstLayer; // 0 where sensory nodes move, else 1; below it all points share their layer
    private final Progress progress;
    private final double[] outside; // per cue, the energy besides that of the landscape
    private final int[] cues; // which cue of the progress each walker is
    private final ValueNodes base; // y: the last point accepted
    private final Force force; // there
    private final ValueNodes trial; // the point being evaluated
    private final ValueNodes plain; // x: the last point without its momentum; y itself where there is none
    private final ValueNodes trialPlain;
    private final double[][] gamma; // of the next step, per walker and layer
    private final double[] share; // of the steps to begin with, what each walker takes
    private final int[] inertia;
    private final boolean hasKink; // on which a unit that would cross it stops for a step
    private final boolean worthSplitting;

    private Walkers(
            LinearAlgebra la,
            Rule rule,
            Progress progress,
            double[] outside,
            int[] cues,
            ValueNodes base,
            ValueNodes plain,
            Force force) {
        this.la = la;
        this.rule = rule;
        this.firstLayer = rule.firstLayer();
        this.progress = progress;
        this.outside = outside;
        this.cues = cues;
        this.base = base;
        this.plain = plain;
        this.force = force;
        this.trial = base.copyFrom(firstLayer);
        this.trialPlain = rule.momentum() ? base.copyFrom(firstLayer) : trial;
        this.gamma = new double[cues.length][base.top() + 1];
        this.share = new double[cues.length];
        this.inertia = new int[cues.length];
        this.hasKink = rule.guarded() && rule.activation().hasKink();
        this.worthSplitting = base.layers().stream()
                        .skip(firstLayer)
                        .mapToInt(layer -> layer.data().length)
                        .sum()
                > WORTH_SPLITTING;
    }

    /** A walker for every cue, which moves the given values themselves. */
    static Walkers all(LinearAlgebra la, Rule rule, ValueNodes values, Progress progress, double[] outside) {
        int[] cues = IntStream.range(0, values.cues()).toArray();
        ValueNodes plain = rule.momentum() ? values.copyFrom(rule.firstLayer()) : values;
        Force force = new Force(rule.activation(), rule.guarded(), rule.firstLayer(), values);
        return new Walkers(la, rule, progress, outside, cues, values, plain, force);
    }

    /** Some of these, as they stand between two steps, with values of their own: what a step writes before it reads is not taken along. */
    Walkers rows(int... walkers) {
        ValueNodes where = base.rows(walkers);
        ValueNodes wherePlain = rule.momentum() ? plain.rows(walkers) : where;
        int[] theirs = IntStream.of(walkers).map(w -> cues[w]).toArray();
        Walkers some = new Walkers(la, rule, progress, outside, theirs, where, wherePlain, force.rows(walkers));
        for (int i = 0; i < walkers.length; i++) {
            some.share[i] = share[walkers[i]];
            some.inertia[i] = inertia[walkers[i]];
        }
        return some;
    }

    int count() {
        return cues.length;
    }

    /** Those whose cues still run. */
    int[] running() {
        return IntStream.range(0, cues.length)
                .filter(w -> progress.isRunning(cues[w]))
                .toArray();
    }

    /** Writes where these stand into the values of all cues. */
    void writeTo(ValueNodes values) {
        if (values != base) {
            for (int l = firstLayer; l <= base.top(); l++) {
                values.layer(l).setRows(cues, base.layer(l));
            }
        }
    }

    /** Looks at where all stand. */
    void begin(Landscape landscape) {
        Arrays.fill(share, 1);
        Arrays.fill(inertia, 0);
        landscape.energy().evaluate(base, landscape.found());
        forEachRunning(walker -> force.slopes(base, walker));
        forEachRunning(walker -> {
            if (rule.momentum()) {
                copyRow(base, plain, walker);
            }
            if (Double.isFinite(landscape.found().total(walker))) {
                look(landscape, walker);
            } else {
                end(walker, Status.DIVERGED);
            }
        });
    }

    /**
     * One step of all that run.
     *
     * @param t how many the stage had before
     */
    void step(Landscape landscape, int t) {
        for (int walker = 0; walker < cues.length; walker++) { // on one thread: what is asked for may be worked out
            for (int l = firstLayer; l <= base.top() && progress.isRunning(cues[walker]); l++) {
                gamma[walker][l] = landscape.gamma(rule.stepSize(), t, l, progress.energy(cues[walker]));
            }
        }
        forEachRunning(walker -> {
            float beta = rule.momentum() ? inertia[walker] / (inertia[walker] + 3f) : 0;
            for (int l = firstLayer; l <= base.top(); l++) {
                propose(walker, l, (float) (share[walker] * gamma[walker][l]), beta);
            }
        });
        landscape.energy().evaluate(trial, landscape.found());
        forEachRunning(walker -> force.slopes(trial, walker));
        forEachRunning(walker -> judge(landscape, walker));
    }

    /** What is done for one walker touches its rows only. */
    private void forEachRunning(IntConsumer task) {
        IntConsumer ifRunning = walker -> {
            if (progress.isRunning(cues[walker])) {
                task.accept(walker);
            }
        };
        if (worthSplitting) {
            la.parallel(cues.length, ifRunning);
        } else {
            IntStream.range(0, cues.length).forEach(ifRunning);
        }
    }

    private void propose(int walker, int layer, float step, float beta) {
        float[] x = base.layer(layer).data();
        float[] d = force.direction().layer(layer).data();
        float[] next = trial.layer(layer).data();
        int columns = base.layer(layer).columns();
        boolean stopsAtKink = hasKink && layer > 0;
        for (int i = walker * columns; i < (walker + 1) * columns; i++) {
            float to = x[i] + step * d[i];
            next[i] = stopsAtKink && x[i] * to < 0 ? 0 : to;
        }
        if (rule.momentum()) {
            float[] before = plain.layer(layer).data();
            float[] after = trialPlain.layer(layer).data();
            for (int i = walker * columns; i < (walker + 1) * columns; i++) {
                after[i] = next[i];
                float to = after[i] + beta * (after[i] - before[i]);
                next[i] = stopsAtKink && after[i] * to < 0 ? 0 : to;
            }
        }
    }

    /** Accepts the point just evaluated, or goes back and tries less. */
    private void judge(Landscape landscape, int walker) {
        int cue = cues[walker];
        double before = progress.total(cue);
        double after = landscape.found().total(walker);
        boolean finite = Double.isFinite(after);
        boolean rose = !(after <= before + landscape.energy().resolution(walker, before));
        if (!rule.guarded() && !finite) {
            end(walker, Status.DIVERGED);
        } else if (rule.guarded() && rose && inertia[walker] > 0) {
            inertia[walker] = 0; // the next step is a plain one from the same point
        } else if (rule.guarded() && rose) {
            share[walker] /= 2;
            if (share[walker] < SMALLEST_STEP) {
                end(walker, finite ? Status.STALLED : Status.DIVERGED);
            }
        } else {
            if (rose) {
                progress.rose(cue);
            }
            accept(landscape, walker);
        }
    }

    private void accept(Landscape landscape, int walker) {
        copyRow(trial, base, walker);
        look(landscape, walker);
        progress.stepped(cues[walker]);
        if (rule.momentum()) {
            inertia[walker] = pointsUphill(walker) ? 0 : inertia[walker] + 1;
            copyRow(trialPlain, plain, walker);
        }
    }

    /** Energy, force and residual where a walker stands, which is the point just evaluated. */
    private void look(Landscape landscape, int walker) {
        Evaluation found = landscape.found();
        double residual = force.at(base, landscape.energy(), found, walker);
        int cue = cues[walker];
        progress.stands(cue, found.energy()[walker], residual, outside[cue], rule.stop());
    }

    /** Whether the last move goes against the force where it ended: the sign to restart the momentum. */
    private boolean pointsUphill(int walker) {
        double dot = 0;
        for (int l = firstLayer; l <= base.top(); l++) {
            float[] d = force.direction().layer(l).data();
            float[] to = trialPlain.layer(l).data();
            float[] from = plain.layer(l).data();
            int columns = base.layer(l).columns();
            for (int i = walker * columns; i < (walker + 1) * columns; i++) {
                dot += (double) d[i] * (to[i] - from[i]);
            }
        }
        return dot < 0;
    }

    /** The walker stays where it last was accepted. */
    private void end(int walker, Status how) {
        progress.end(cues[walker], how);
        copyRow(base, trial, walker);
    }

    private void copyRow(ValueNodes from, ValueNodes to, int walker) {
        for (int l = firstLayer; l <= from.top(); l++) {
            to.layer(l).setRow(walker, from.layer(l), walker);
        }
    }
}
