package dev.engram.inference.internal;

import dev.engram.inference.Inference;
import dev.engram.inference.Status;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.Activation;
import dev.engram.network.GenerativeNetwork;
import java.util.Arrays;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

/**
 * Newton steps for cues that share their known sensory nodes, hence G.
 *
 * <p>At a point x each unit is <em>active</em> (above its kink, or on it with a force upwards), <em>resting on its kink</em> (the data
 * pull it down, its prior b ≥ 0 up) or <em>silent</em> (below the kink, where only the prior b &lt; 0 acts). Resting units stay at 0,
 * silent ones go to b, and the active set A takes a Newton step on its quadratic:
 *
 * <pre>
 *   (λI + G_AA) d_A = C_A - (G r)_A - λ (x_A - b_A)
 * </pre>
 *
 * <p>A unit that would cross its kink stops on it; the step is halved until the energy falls. With P = (λI + G)⁻¹, formed once for all
 * cues, and few units F outside A, the step is d = P g - P_F ν with P_FF ν = (P g)_F: a system as small as F. For linear units A is
 * everything and one step is exact.
 */
final class NewtonGroup {
    private static final int MOST_HALVINGS = 30;
    private static final int MOST_ROUNDS = 10;

    private final LinearAlgebra la;
    private final Inference options;
    private final boolean hasKink;
    private final double priorPrecision;
    private final float[] b; // a cue's begins at offset[cue]
    private final int[] offset;
    private final KnownPart known;
    private final int cues;
    private final int n;

    private final DoubleMatrix x;
    private final DoubleMatrix xTrial;
    private final DoubleMatrix force; // C - G r at x, [cues, n]
    private final DoubleMatrix forceTrial; // the same at xTrial
    private final DoubleMatrix step;
    private final double[] sensoryTrial;
    private final double[] length;
    private final double[][] energy;
    private final double[] residual;
    private final boolean[] balanced;
    private final int[] steps;
    private final Status[] status;
    private final boolean[] running;

    NewtonGroup(Inference options, GenerativeNetwork network, KnownPart known, Matrix hidden) {
        this.la = options.la();
        this.options = options;
        this.hasKink = network.activation() == Activation.RELU;
        this.priorPrecision = network.priorPrecision();
        this.known = known;
        this.cues = hidden.rows();
        this.b = network.priorMeans().values();
        this.offset = IntStream.range(0, cues).map(network.priorMeans()::offset).toArray();
        this.n = hidden.columns();
        this.x = hidden.toDouble();
        this.xTrial = x.copy();
        this.force = DoubleMatrix.zeros(cues, n);
        this.forceTrial = DoubleMatrix.zeros(cues, n);
        this.step = DoubleMatrix.zeros(cues, n);
        this.sensoryTrial = new double[cues];
        this.length = new double[cues];
        this.energy = new double[cues][2];
        this.residual = new double[cues];
        this.balanced = new boolean[cues];
        this.steps = new int[cues];
        this.status = new Status[cues];
        this.running = new boolean[cues];
        Arrays.fill(status, Status.STEPS_USED);
    }

    double[] energy(int cue) {
        return energy[cue];
    }

    double residual(int cue) {
        return residual[cue];
    }

    int steps(int cue) {
        return steps[cue];
    }

    Status status(int cue) {
        return status[cue];
    }

    void copyHidden(Matrix hidden, int[] rows) {
        for (int i = 0; i < cues; i++) {
            for (int j = 0; j < n; j++) {
                hidden.set(rows[i], j, (float) x.get(i, j));
            }
        }
    }

    /**
     * Runs all stages of the annealing.
     *
     * @param goesOn told the λ in force after every step; returns whether to go on
     */
    void run(DoublePredicate goesOn) {
        boolean goOn = true;
        for (double factor : options.annealing().factors()) {
            if (goOn) {
                goOn = stage(priorPrecision * factor, goesOn);
            }
        }
    }

    /** One prior precision, to equilibrium. */
    private boolean stage(double lambda, DoublePredicate goesOn) {
        KnownPart.Resolvent resolvent = known.resolvent(lambda);
        int[] active = IntStream.range(0, cues)
                .filter(c -> status[c] != Status.DIVERGED)
                .toArray();
        Arrays.fill(running, false);
        for (int cue : active) {
            running[cue] = true;
            status[cue] = Status.STEPS_USED;
        }
        System.arraycopy(x.data(), 0, xTrial.data(), 0, x.data().length);
        pull(active);
        for (int cue : active) {
            accept(cue, lambda);
        }
        if (!goesOn.test(lambda)) {
            return cancel();
        }
        boolean[] fresh = new boolean[cues];
        Arrays.fill(fresh, true);
        for (int t = 0; t < options.stop().steps(); t++) {
            active = stillRunning();
            if (active.length == 0) {
                break;
            }
            solve(resolvent, lambda, Arrays.stream(active).filter(c -> fresh[c]).toArray());
            int[] now = active;
            la.parallel(now.length, i -> propose(now[i]));
            pull(now);
            for (int cue : now) {
                fresh[cue] = judge(cue, lambda);
            }
            if (!goesOn.test(lambda)) {
                return cancel();
            }
        }
        stillRunning();
        return true;
    }

    private boolean cancel() {
        for (int cue = 0; cue < cues; cue++) {
            status[cue] = running[cue] ? Status.CANCELLED : status[cue];
        }
        return false;
    }

    private int[] stillRunning() {
        for (int cue = 0; cue < cues; cue++) {
            if (running[cue] && balanced[cue]) {
                end(cue, Status.CONVERGED);
            }
        }
        return IntStream.range(0, cues).filter(c -> running[c]).toArray();
    }

    private void end(int cue, Status how) {
        running[cue] = false;
        status[cue] = how;
    }

    /** C - G f(x) at the trial points of the given cues. */
    private void pull(int[] active) {
        DoubleMatrix rates = DoubleMatrix.zeros(active.length, n);
        for (int i = 0; i < active.length; i++) {
            for (int j = 0; j < n; j++) {
                rates.data()[i * n + j] = rate(xTrial.get(active[i], j));
            }
        }
        DoubleMatrix pull = known.pull(active, rates, sensoryTrial);
        for (int i = 0; i < active.length; i++) {
            System.arraycopy(pull.data(), i * n, forceTrial.data(), active[i] * n, n);
        }
    }

    private double rate(double value) {
        return hasKink ? Math.max(value, 0) : value;
    }

    private double priorEnergy(int cue, double lambda) {
        double sum = 0;
        int at = offset[cue];
        for (int j = 0; j < n; j++) {
            double error = xTrial.get(cue, j) - b[at + j];
            sum += error * error;
        }
        return 0.5 * lambda * sum;
    }

    /** Makes the trial point of this cue its point: energy, force and residual there. */
    private void accept(int cue, double lambda) {
        System.arraycopy(xTrial.data(), cue * n, x.data(), cue * n, n);
        System.arraycopy(forceTrial.data(), cue * n, force.data(), cue * n, n);
        energy[cue] = new double[] {sensoryTrial[cue], priorEnergy(cue, lambda)};
        double left = 0;
        double prior = 0;
        for (int j = 0; j < n; j++) {
            double own = lambda * (b[offset[cue] + j] - x.get(cue, j));
            double f = forceAt(x.get(cue, j), own, force.get(cue, j));
            left += f * f;
            prior += own * own;
        }
        residual[cue] = left == 0 ? 0 : Math.sqrt(left) / (Math.sqrt(left) + Math.sqrt(prior));
        // Where the prior's pull is below the rounding of C - Gr, the forces cancel as far as they can.
        balanced[cue] = residual[cue] <= options.stop().tolerance()
                || Math.sqrt(left) <= known.cancellation() * known.drive(cue);
        if (!Double.isFinite(energy[cue][0] + energy[cue][1])) {
            end(cue, Status.DIVERGED);
        }
    }

    /** The force on one unit, with the one-sided slopes on its kink. */
    private double forceAt(double value, double own, double pull) {
        if (!hasKink || value > 0) {
            return own + pull;
        }
        if (value < 0) {
            return own;
        }
        double up = own + pull;
        return up > 0 ? up : Math.min(own, 0);
    }

    private boolean isActive(int cue, int j, double lambda) {
        double value = x.get(cue, j);
        if (!hasKink || value > 0) {
            return true;
        }
        // From below its kink a unit with b ≥ 0 rises to it in any case; there the data decide.
        double mean = b[offset[cue] + j];
        return (value == 0 || mean >= 0) && lambda * mean + force.get(cue, j) > 0;
    }

    /** The Newton steps of the given cues. */
    private void solve(KnownPart.Resolvent resolvent, double lambda, int[] fresh) {
        if (fresh.length == 0) {
            return;
        }
        DoubleMatrix gradient = DoubleMatrix.zeros(fresh.length, n);
        boolean[][] isActive = new boolean[fresh.length][n];
        for (int i = 0; i < fresh.length; i++) {
            int cue = fresh[i];
            for (int j = 0; j < n; j++) {
                if (isActive(cue, j, lambda)) {
                    isActive[i][j] = true;
                    double value = hasKink ? Math.max(0, x.get(cue, j)) : x.get(cue, j);
                    gradient.data()[i * n + j] = force.get(cue, j) - lambda * (value - b[offset[cue] + j]);
                }
            }
        }
        DoubleMatrix whole = resolvent.times(gradient);
        la.parallel(fresh.length, i -> {
            double[] g = Arrays.copyOfRange(gradient.data(), i * n, (i + 1) * n);
            double[] d = Arrays.copyOfRange(whole.data(), i * n, (i + 1) * n);
            boolean[] resting = new boolean[n];
            for (int round = 0; round < MOST_ROUNDS; round++) {
                double[] candidate = restricted(resolvent, d, g, isActive[i], resting);
                if (round == MOST_ROUNDS - 1 || !rest(fresh[i], candidate, isActive[i], resting)) {
                    d = candidate;
                    break;
                }
            }
            for (int j = 0; j < n; j++) {
                double value = x.get(fresh[i], j);
                double mean = b[offset[fresh[i]] + j];
                if (resting[j]) {
                    d[j] = -value;
                } else if (!isActive[i][j]) {
                    d[j] = value < 0 || value == 0 && mean < 0 ? Math.min(mean, 0) - value : 0;
                } else if (hasKink && value <= 0) {
                    d[j] = Math.max(0, d[j]) - value; // a unit that rises from its kink, or from below it, starts there
                }
            }
            System.arraycopy(d, 0, step.data(), fresh[i] * n, n);
            length[fresh[i]] = 1;
        });
    }

    /** The Newton step of the units that are active and do not rest, from {@code whole} = g P. */
    private double[] restricted(
            KnownPart.Resolvent resolvent, double[] whole, double[] g, boolean[] active, boolean[] resting) {
        int[] outside =
                IntStream.range(0, n).filter(j -> !active[j] || resting[j]).toArray();
        if (outside.length > n / 2) {
            return resolvent.solveActive(
                    g,
                    IntStream.range(0, n).filter(j -> active[j] && !resting[j]).toArray());
        }
        double[] d = whole.clone();
        if (outside.length > 0) {
            resolvent.keepFixed(d, outside);
        }
        return d;
    }

    /** Lets units on their kink rest that the step would push below it; returns whether there were any. */
    private boolean rest(int cue, double[] d, boolean[] active, boolean[] resting) {
        boolean any = false;
        for (int j = 0; j < n && hasKink; j++) {
            if (active[j] && !resting[j] && x.get(cue, j) <= 0 && d[j] < 0) {
                resting[j] = true;
                any = true;
            }
        }
        return any;
    }

    private void propose(int cue) {
        for (int j = 0; j < n; j++) {
            double from = x.get(cue, j);
            double to = from + length[cue] * step.get(cue, j);
            xTrial.set(cue, j, hasKink && from > 0 && to < 0 ? 0 : to);
        }
    }

    /** Accepts the trial point or halves the step; returns whether a new step is to be solved for. */
    private boolean judge(int cue, double lambda) {
        double before = energy[cue][0] + energy[cue][1];
        double after = sensoryTrial[cue] + priorEnergy(cue, lambda);
        double rounding = known.resolution(cue, before);
        steps[cue]++;
        if (after <= before + rounding) {
            double residualBefore = residual[cue];
            accept(cue, lambda);
            if (before - after <= rounding && residual[cue] > residualBefore / 2 && !balanced[cue]) {
                end(cue, Status.STALLED); // what is left to gain is below the rounding
            }
            return true;
        }
        length[cue] /= 2;
        if (length[cue] < Math.pow(2, -MOST_HALVINGS)) {
            end(cue, Status.STALLED);
        }
        return false;
    }
}
