package dev.engram.inference.internal;

import dev.engram.inference.Status;
import dev.engram.linalg.DoubleMatrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Newton steps of a {@link NewtonGroup} under one prior precision λ.
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
final class NewtonStage implements SolverState.Stage {
    private static final int MOST_HALVINGS = 30;
    private static final int MOST_ROUNDS = 10;

    private final NewtonGroup group;
    private final KnownPart.Resolvent resolvent;
    private final double lambda;
    private final int n;
    private final DoubleMatrix direction; // [cues, n]
    private final double[] length; // the part of its direction that a cue goes
    private final boolean[] fresh; // cues that stand where their direction has not been solved for

    NewtonStage(NewtonGroup group, KnownPart.Resolvent resolvent, double lambda) {
        this.group = group;
        this.resolvent = resolvent;
        this.lambda = lambda;
        this.n = group.n;
        this.direction = DoubleMatrix.zeros(group.cues, n);
        this.length = new double[group.cues];
        this.fresh = new boolean[group.cues];
        Arrays.fill(fresh, true);
    }

    @Override
    public void step() {
        int[] cues = group.running();
        solve(IntStream.of(cues).filter(cue -> fresh[cue]).toArray());
        group.la.parallel(cues.length, i -> propose(cues[i]));
        group.evaluateTrial(cues);
        for (int cue : cues) {
            fresh[cue] = judge(cue);
        }
    }

    private boolean isActive(int cue, int j) {
        double value = group.x.get(cue, j);
        if (!group.hasKink || value > 0) {
            return true;
        }
        // From below its kink a unit with b ≥ 0 rises to it in any case; there the data decide.
        double mean = group.mean(cue, j);
        return (value == 0 || mean >= 0) && lambda * mean + group.force(cue, j) > 0;
    }

    /** The directions of the given cues. */
    private void solve(int[] cues) {
        if (cues.length == 0) {
            return;
        }
        DoubleMatrix gradient = DoubleMatrix.zeros(cues.length, n);
        boolean[][] active = new boolean[cues.length][n];
        for (int i = 0; i < cues.length; i++) {
            int cue = cues[i];
            for (int j = 0; j < n; j++) {
                if (isActive(cue, j)) {
                    active[i][j] = true;
                    double value = group.hasKink ? Math.max(0, group.x.get(cue, j)) : group.x.get(cue, j);
                    gradient.data()[i * n + j] = group.force(cue, j) - lambda * (value - group.mean(cue, j));
                }
            }
        }
        DoubleMatrix whole = resolvent.times(gradient);
        group.la.parallel(cues.length, i -> {
            double[] g = Arrays.copyOfRange(gradient.data(), i * n, (i + 1) * n);
            double[] d = Arrays.copyOfRange(whole.data(), i * n, (i + 1) * n);
            d = direction(cues[i], d, g, active[i]);
            System.arraycopy(d, 0, direction.data(), cues[i] * n, n);
            length[cues[i]] = 1;
        });
    }

    /** Where one cue goes, from {@code whole} = g P. */
    private double[] direction(int cue, double[] whole, double[] g, boolean[] active) {
        boolean[] resting = new boolean[n];
        double[] d = restricted(whole, g, active, resting);
        for (int round = 1; round < MOST_ROUNDS && rest(cue, d, active, resting); round++) {
            d = restricted(whole, g, active, resting);
        }
        for (int j = 0; j < n; j++) {
            double value = group.x.get(cue, j);
            double mean = group.mean(cue, j);
            if (resting[j]) {
                d[j] = -value;
            } else if (!active[j]) {
                d[j] = value < 0 || value == 0 && mean < 0 ? Math.min(mean, 0) - value : 0;
            } else if (group.hasKink && value <= 0) {
                d[j] = Math.max(0, d[j]) - value; // a unit that rises from its kink, or from below it, starts there
            }
        }
        return d;
    }

    /** The Newton step of the units that are active and do not rest. */
    private double[] restricted(double[] whole, double[] g, boolean[] active, boolean[] resting) {
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
        for (int j = 0; j < n && group.hasKink; j++) {
            if (active[j] && !resting[j] && group.x.get(cue, j) <= 0 && d[j] < 0) {
                resting[j] = true;
                any = true;
            }
        }
        return any;
    }

    private void propose(int cue) {
        for (int j = 0; j < n; j++) {
            double from = group.x.get(cue, j);
            double to = from + length[cue] * direction.get(cue, j);
            group.xTrial.set(cue, j, group.hasKink && from > 0 && to < 0 ? 0 : to);
        }
    }

    /** Accepts the trial point or halves the step; returns whether a new direction is to be solved for. */
    private boolean judge(int cue) {
        Progress progress = group.progress();
        double before = progress.total(cue);
        double after = group.trialEnergy(cue, lambda);
        double rounding = group.resolution(cue, before);
        progress.stepped(cue);
        if (after <= before + rounding) {
            double residualBefore = progress.residual(cue);
            group.accept(cue, lambda);
            if (before - after <= rounding
                    && progress.residual(cue) > residualBefore / 2
                    && !progress.isBalanced(cue)) {
                progress.end(cue, Status.STALLED); // what is left to gain is below the rounding
            }
            return true;
        }
        length[cue] /= 2;
        if (length[cue] < Math.pow(2, -MOST_HALVINGS)) {
            progress.end(cue, Status.STALLED);
        }
        return false;
    }
}
