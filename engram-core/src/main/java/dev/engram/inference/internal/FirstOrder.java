package dev.engram.inference.internal;

import dev.engram.inference.Equilibrium;
import dev.engram.inference.InferenceObserver;
import dev.engram.inference.InferenceStep;
import dev.engram.inference.Status;
import dev.engram.inference.StepSize;
import dev.engram.inference.StopRule;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.Activation;
import dev.engram.network.Energy;
import dev.engram.network.Evaluation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Gradient descent and accelerated gradient descent on the value nodes of a batch of cues, each cue with its own step size,
 * momentum and end. Cues that have come to rest cost nothing more: when a quarter of them have, the others go on by themselves.
 *
 * <pre>
 *   Δx^l = γ (-π_l ε^l + f'(x^l) ⊙ θ^{lᵀ} π_{l-1} ε^{l-1})    (Eq. 3)
 * </pre>
 */
public final class FirstOrder {
    private static final double SMALLEST_STEP = 1e-6;
    private static final int WORTH_SPLITTING = 20_000;
    private static final double WORTH_GATHERING = 0.75; // of the cues still run

    private final LinearAlgebra la;
    private final boolean hasKink;
    private final Activation activation;
    private final StepSize stepSize;
    private final boolean guarded;
    private final boolean momentum;
    private final int firstLayer; // 0 where sensory nodes move, else 1; below it all states share the start's layer
    private final StopRule stop;
    private final InferenceObserver observer;

    private final int cues;
    private final boolean worthSplitting;
    private final ValueNodes base; // the last point accepted
    private ValueNodes direction; // downhill from there
    private ValueNodes trial; // the point being evaluated
    private ValueNodes plain; // the last point without its momentum (Nesterov's x; base is his y)
    private ValueNodes trialPlain;
    private ValueNodes slope;

    private final double[][] energy;
    private final double[] residual;
    private final int[] steps;
    private final Status[] status;
    private final boolean[] running;
    private final double[] gamma;
    private final int[] inertia;
    private int step;
    private List<Matrix> lastErrors = List.of();
    private boolean cancelled;

    public FirstOrder(
            LinearAlgebra la,
            Activation activation,
            StepSize stepSize,
            boolean momentum,
            StopRule stop,
            InferenceObserver observer,
            ValueNodes start,
            boolean movesSensory) {
        this.la = la;
        this.activation = activation;
        this.hasKink = activation == Activation.RELU;
        this.stepSize = stepSize;
        this.guarded = stepSize instanceof StepSize.CurvatureBound;
        this.momentum = momentum;
        this.stop = stop;
        this.observer = observer;
        this.cues = start.cues();
        this.worthSplitting = start.layers().stream()
                        .skip(movesSensory ? 0 : 1)
                        .mapToInt(layer -> layer.data().length)
                        .sum()
                > WORTH_SPLITTING;
        this.firstLayer = movesSensory ? 0 : 1;
        this.base = start.copyFrom(firstLayer);
        this.energy = new double[cues][start.top() + 1];
        this.residual = new double[cues];
        this.steps = new int[cues];
        this.status = new Status[cues];
        this.running = new boolean[cues];
        this.gamma = new double[cues];
        this.inertia = new int[cues];
        Arrays.fill(status, Status.STEPS_USED);
    }

    /** The named rows of another, as they stand between two steps: what a step writes before it reads is not taken along. */
    private FirstOrder(FirstOrder whole, int[] rows, InferenceObserver observer) {
        this(
                whole.la,
                whole.activation,
                whole.stepSize,
                whole.momentum,
                whole.stop,
                observer,
                whole.base.rows(rows),
                whole.firstLayer == 0);
        allocate();
        this.direction = whole.direction.rows(rows);
        this.plain = momentum ? whole.plain.rows(rows) : base;
        this.step = whole.step;
        for (int i = 0; i < rows.length; i++) {
            energy[i] = whole.energy[rows[i]]; // live
            running[i] = true;
            residual[i] = whole.residual[rows[i]];
            steps[i] = whole.steps[rows[i]];
            status[i] = whole.status[rows[i]];
            gamma[i] = whole.gamma[rows[i]];
            inertia[i] = whole.inertia[rows[i]];
        }
    }

    private void allocate() {
        trial = base.copyFrom(firstLayer);
        direction = base.zerosFrom(firstLayer);
        slope = base.zerosFrom(1);
        plain = momentum ? base.copyFrom(firstLayer) : base;
        trialPlain = momentum ? base.copyFrom(firstLayer) : trial;
    }

    /** Runs one stage of the annealing, from where the last one ended. */
    public void descend(Energy landscape, double priorPrecision) {
        if (trial == null) {
            allocate();
        }
        double first = stepSize instanceof StepSize.Fixed fixed ? fixed.gamma() : 1 / landscape.curvatureBound();
        Arrays.fill(gamma, first);
        Arrays.fill(inertia, 0);
        Evaluation found = landscape.newEvaluation();
        landscape.evaluate(base, found);
        slopes(base);
        forEachCue(cue -> {
            running[cue] = status[cue] != Status.DIVERGED && !cancelled;
            if (running[cue]) {
                status[cue] = status[cue] == Status.ENERGY_ROSE ? Status.ENERGY_ROSE : Status.STEPS_USED;
                if (momentum) {
                    copyRow(base, plain, cue);
                }
                if (Double.isFinite(found.total(cue))) {
                    take(landscape, found, cue);
                } else {
                    end(cue, Status.DIVERGED);
                }
            }
        });
        if (step == 0) {
            observe(priorPrecision);
        }
        run(landscape, found, priorPrecision, first, 0);
        // Literal steps are always accepted: the last evaluation is that of the end.
        lastErrors = guarded ? List.of() : found.errors();
    }

    private void run(Energy landscape, Evaluation found, double priorPrecision, double first, int from) {
        int left = running();
        for (int t = from; t < stop.steps() && left > 0 && !cancelled; t++, left = running()) {
            if (guarded && left <= WORTH_GATHERING * cues) {
                runRest(landscape, priorPrecision, first, t);
                return;
            }
            propose();
            landscape.evaluate(trial, found);
            slopes(trial);
            step++;
            forEachCue(cue -> {
                if (running[cue]) {
                    judge(landscape, found, cue, first);
                }
            });
            observe(priorPrecision);
        }
    }

    /** Goes on with the cues that are not at rest by themselves. */
    private void runRest(Energy landscape, double priorPrecision, double first, int from) {
        int[] rows = IntStream.range(0, cues).filter(cue -> running[cue]).toArray();
        FirstOrder[] rest = new FirstOrder[1];
        InferenceObserver ofRest = observer == InferenceObserver.NONE
                ? InferenceObserver.NONE
                : seen -> {
                    takeBack(rest[0], rows);
                    return observer.onStep(new InferenceStep(seen.step(), priorPrecision, energy, base));
                };
        rest[0] = new FirstOrder(this, rows, ofRest);
        trial = null; // this and its like take most of the memory, and the rest has its own
        direction = null;
        slope = null;
        plain = null;
        trialPlain = null;
        Energy ofRows = landscape.cues(rows);
        rest[0].run(ofRows, ofRows.newEvaluation(), priorPrecision, first, from);
        takeBack(rest[0], rows);
        step = rest[0].step;
        cancelled = rest[0].cancelled;
    }

    private void takeBack(FirstOrder rest, int[] rows) {
        for (int l = firstLayer; l <= base.top(); l++) {
            base.layer(l).setRows(rows, rest.base.layer(l));
        }
        for (int i = 0; i < rows.length; i++) {
            running[rows[i]] = rest.running[i];
            residual[rows[i]] = rest.residual[i];
            steps[rows[i]] = rest.steps[i];
            status[rows[i]] = rest.status[i];
        }
    }

    /** Where it ended. */
    public ValueNodes values() {
        return base;
    }

    public Equilibrium result(GenerativeNetwork network) {
        if (cancelled) {
            for (int cue = 0; cue < cues; cue++) {
                status[cue] = running[cue] ? Status.CANCELLED : status[cue];
            }
        }
        Matrix prediction = lastErrors.isEmpty() || List.of(status).contains(Status.DIVERGED)
                ? ValueNodes.predict(la, network, base.layer(1), 0)
                : difference(base.layer(0), lastErrors.get(0));
        return new Equilibrium(base, prediction, energy, residual, steps, List.of(status));
    }

    /** μ^0 = x^0 - ε^0. */
    private static Matrix difference(Matrix sensory, Matrix error) {
        Matrix prediction = sensory.copy();
        for (int i = 0; i < prediction.data().length; i++) {
            prediction.data()[i] -= error.data()[i];
        }
        return prediction;
    }

    /** How many cues are not at rest yet. */
    private int running() {
        int count = 0;
        for (int cue = 0; cue < cues; cue++) {
            if (running[cue] && residual[cue] <= stop.tolerance()) {
                end(cue, status[cue] == Status.ENERGY_ROSE ? Status.ENERGY_ROSE : Status.CONVERGED);
            }
            count += running[cue] ? 1 : 0;
        }
        return count;
    }

    private void end(int cue, Status how) {
        running[cue] = false;
        status[cue] = how;
        copyRow(base, trial, cue);
    }

    private void slopes(ValueNodes x) {
        forEachCue(cue -> {
            for (int l = 1; l <= x.top(); l++) {
                int columns = x.layer(l).columns();
                activation.slopes(x.layer(l).data(), slope.layer(l).data(), cue * columns, (cue + 1) * columns);
            }
        });
    }

    /** What is done for one cue touches that cue's rows only. */
    private void forEachCue(IntConsumer task) {
        if (worthSplitting) {
            la.parallel(cues, task);
        } else {
            IntStream.range(0, cues).forEach(task);
        }
    }

    /** Accepts the point just evaluated for this cue, or goes back and tries less. */
    private void judge(Energy landscape, Evaluation found, int cue, double firstGamma) {
        double before = total(cue);
        double after = found.total(cue);
        boolean finite = Double.isFinite(after);
        boolean rose = !(after <= before + landscape.resolution(cue, before));
        if (!guarded && !finite) {
            end(cue, Status.DIVERGED);
        } else if (guarded && rose && inertia[cue] > 0) {
            inertia[cue] = 0; // the next step is a plain one from the same point
        } else if (guarded && rose) {
            gamma[cue] /= 2;
            if (gamma[cue] < SMALLEST_STEP * firstGamma) {
                end(cue, finite ? Status.STALLED : Status.DIVERGED);
            }
        } else {
            if (rose) {
                status[cue] = Status.ENERGY_ROSE;
            }
            accept(landscape, found, cue);
        }
    }

    private void accept(Energy landscape, Evaluation found, int cue) {
        copyRow(trial, base, cue);
        take(landscape, found, cue);
        steps[cue]++;
        if (momentum) {
            inertia[cue] = pointsUphill(cue) ? 0 : inertia[cue] + 1;
            copyRow(trialPlain, plain, cue);
        }
    }

    /** Whether the last move goes against the force where it ended: the sign to restart the momentum. */
    private boolean pointsUphill(int cue) {
        double dot = 0;
        for (int l = firstLayer; l <= base.top(); l++) {
            float[] d = direction.layer(l).data();
            float[] to = trialPlain.layer(l).data();
            float[] from = plain.layer(l).data();
            int columns = base.layer(l).columns();
            for (int i = cue * columns; i < (cue + 1) * columns; i++) {
                dot += (double) d[i] * (to[i] - from[i]);
            }
        }
        return dot < 0;
    }

    /** Energy, downhill direction and residual of one cue at the point just evaluated. */
    private void take(Energy landscape, Evaluation found, int cue) {
        System.arraycopy(found.energy()[cue], 0, energy[cue], 0, energy[cue].length);
        double force = 0;
        double balanced = 0;
        for (int l = firstLayer; l <= base.top(); l++) {
            float[] x = base.layer(l).data();
            float[] error = found.errors().get(l).data();
            float[] d = direction.layer(l).data();
            int columns = base.layer(l).columns();
            int from = cue * columns;
            double precision = landscape.precision(l);
            for (int i = from; i < from + columns; i++) {
                double own = -precision * error[i];
                if (l == 0) {
                    d[i] = landscape.isFree(cue, i - from) ? (float) own : 0f;
                } else {
                    double up = own + found.feedback().get(l).data()[i];
                    if (guarded && hasKink && x[i] == 0) {
                        d[i] = (float) (up > 0 ? up : Math.min(own, 0)); // each side of the kink has its own slope
                    } else {
                        d[i] = (float) (own
                                + slope.layer(l).data()[i]
                                        * found.feedback().get(l).data()[i]); // Eq. 3
                    }
                    balanced += own * own;
                }
                force += (double) d[i] * d[i];
            }
        }
        residual[cue] = force == 0 ? 0 : Math.sqrt(force) / (Math.sqrt(force) + Math.sqrt(balanced));
    }

    private void propose() {
        forEachCue(cue -> {
            if (running[cue]) {
                float beta = momentum ? inertia[cue] / (inertia[cue] + 3f) : 0;
                for (int l = firstLayer; l <= base.top(); l++) {
                    propose(cue, l, (float) gamma[cue], beta);
                }
            }
        });
    }

    private void propose(int cue, int layer, float step, float beta) {
        float[] x = base.layer(layer).data();
        float[] d = direction.layer(layer).data();
        float[] next = trial.layer(layer).data();
        int columns = base.layer(layer).columns();
        boolean stopsAtKink = guarded && hasKink && layer > 0;
        for (int i = cue * columns; i < (cue + 1) * columns; i++) {
            float to = x[i] + step * d[i];
            next[i] = stopsAtKink && x[i] * to < 0 ? 0 : to;
        }
        if (momentum) {
            float[] before = plain.layer(layer).data();
            float[] after = trialPlain.layer(layer).data();
            for (int i = cue * columns; i < (cue + 1) * columns; i++) {
                after[i] = next[i];
                float to = after[i] + beta * (after[i] - before[i]);
                next[i] = stopsAtKink && after[i] * to < 0 ? 0 : to;
            }
        }
    }

    private double total(int cue) {
        return Arrays.stream(energy[cue]).sum();
    }

    private void copyRow(ValueNodes from, ValueNodes to, int cue) {
        for (int l = firstLayer; l <= from.top(); l++) {
            int columns = from.layer(l).columns();
            System.arraycopy(from.layer(l).data(), cue * columns, to.layer(l).data(), cue * columns, columns);
        }
    }

    private void observe(double priorPrecision) {
        cancelled |= !observer.onStep(new InferenceStep(step, priorPrecision, energy, base));
    }
}
