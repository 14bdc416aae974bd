package dev.engram.inference.internal;

import dev.engram.inference.Status;
import dev.engram.linalg.DoubleMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Newton steps of a {@link NewtonGroup} under one prior precision λ, all cues together.
 *
 * <p>At a point x each unit is <em>active</em> (above its kink, or on it with a force upwards), <em>resting on its kink</em> (the data
 * pull it down, its prior b ≥ 0 up) or <em>silent</em> (below the kink, where only the prior b &lt; 0 acts). Resting units stay at 0,
 * silent ones go to b, and the active set A goes to the minimum of its quadratic:
 *
 * <pre>
 *   x_A + d_A = b_A + J_Aᵀ y,   y = (λI + J_A J_Aᵀ)⁻¹ (x̃ - J_A b_A)
 * </pre>
 *
 * <p>A unit that would go below its kink rests on it, and the others are solved for again; the step is halved until the energy falls. {@link
 * Resolvent} finds y. For linear units A is
 * everything and one step is exact. Where a cue went all the way to its minimum, and stands at b_A + J_Aᵀ y, what rounding left is taken off:
 *
 * <pre>
 *   d_A = J_Aᵀ δ,   δ = (λI + J_A J_Aᵀ)⁻¹ (ε - λ y)
 * </pre>
 *
 * <p>A step costs three products [cues, n] × [n, r] and 2r² for each cue.
 */
final class NewtonStage implements SolverState.Stage {
    private static final int MOST_HALVINGS = 30;
    private static final int MOST_ROUNDS = 10;

    private final NewtonGroup group;
    private final Resolvent resolvent;
    private final DoubleMatrix atRest; // x̃ - J_A₀ b_A₀ for the resolvent, [cues, r]
    private final double lambda;
    private final int n;
    private final DoubleMatrix direction; // [cues, n]
    private final DoubleMatrix dual; // y of the direction, [cues, r]
    private final double[] length; // the part of its direction that a cue goes
    private final boolean[] fresh; // cues that stand where their direction has not been solved for
    private final boolean[] atMinimum; // cues that went all the way
    private final boolean[] cautious; // cues in which a unit above its kink may not rest before it gets there

    NewtonStage(NewtonGroup group, Resolvent resolvent, DoubleMatrix atRest, double lambda) {
        this.group = group;
        this.resolvent = resolvent;
        this.atRest = atRest;
        this.lambda = lambda;
        this.n = group.n;
        this.direction = DoubleMatrix.zeros(group.cues, n);
        this.dual = DoubleMatrix.zeros(group.cues, atRest.columns());
        this.length = new double[group.cues];
        this.fresh = new boolean[group.cues];
        this.atMinimum = new boolean[group.cues];
        this.cautious = new boolean[group.cues];
        Arrays.fill(fresh, true);
    }

    @Override
    public void step() {
        int[] cues = group.running();
        int[] unsolved = IntStream.of(cues).filter(cue -> fresh[cue]).toArray();
        if (unsolved.length > 0) {
            solve(unsolved);
        }
        group.la.parallel(cues.length, i -> propose(cues[i]));
        group.evaluateTrial(cues);
        Progress progress = group.progress();
        double[] before = IntStream.of(cues).mapToDouble(progress::total).toArray();
        double[] residual = IntStream.of(cues).mapToDouble(progress::residual).toArray();
        double[] after = IntStream.of(cues)
                .mapToDouble(cue -> group.trialEnergy(cue, lambda))
                .toArray();
        int[] lower = IntStream.range(0, cues.length)
                .filter(i -> after[i] <= before[i] + group.resolution(cues[i], before[i]))
                .toArray();
        group.accept(IntStream.of(lower).map(i -> cues[i]).toArray(), lambda);
        for (int cue : cues) {
            progress.stepped(cue);
            fresh[cue] = false;
        }
        for (int i : lower) {
            fresh[cues[i]] = true;
            endWhereNothingIsLeft(cues[i], before[i] - after[i], before[i], residual[i]);
        }
        IntStream.of(cues).filter(cue -> !fresh[cue]).forEach(this::retreat);
    }

    private boolean isActive(int cue, int j) {
        double value = group.x.get(cue, j);
        if (!group.hasKink || value > 0) {
            return true;
        }
        // From below its kink a unit with b ≥ 0 rises to it in any case; there the data decide.
        double mean = group.mean(cue, j);
        return (value == 0 || mean >= 0) && lambda * mean + group.pull(cue, j) > 0;
    }

    /** The directions of the given cues. */
    private void solve(int[] cues) {
        Active[] active = new Active[cues.length];
        group.la.parallel(cues.length, i -> active[i] = new Active(cues[i]));
        Resolvent.Batch batch = resolvent.batch(rightSides(active));
        int[] open = IntStream.range(0, cues.length).toArray(); // cues whose active set may still shrink
        for (int round = 0; round < MOST_ROUNDS && open.length > 0; round++) {
            int[] these = open;
            List<int[]> exchanged = new ArrayList<>();
            List<double[]> means = new ArrayList<>();
            for (int i : these) {
                int[] units = resolvent.exchanged(active[i].set);
                exchanged.add(units);
                means.add(active[i].means(units));
            }
            Resolvent.Solution found = batch.solve(these, exchanged, means);
            boolean[] again = new boolean[these.length];
            group.la.parallel(these.length, k -> again[k] = active[these[k]].move(found, k));
            open = IntStream.range(0, these.length)
                    .filter(k -> again[k])
                    .map(k -> these[k])
                    .toArray();
        }
    }

    /** What the resolvent starts from: L⁻¹ (x̃ - J_A₀ b_A₀), or L⁻¹ (ε - λ y) for a correction. */
    private DoubleMatrix rightSides(Active[] active) {
        DoubleMatrix right =
                atRest.rows(Arrays.stream(active).mapToInt(a -> a.cue).toArray());
        int[] corrected = IntStream.range(0, active.length)
                .filter(i -> active[i].corrects)
                .toArray();
        DoubleMatrix left =
                group.errors(IntStream.of(corrected).map(i -> active[i].cue).toArray());
        for (int k = 0; k < corrected.length; k++) {
            for (int c = 0; c < left.columns(); c++) {
                left.data()[k * left.columns() + c] -= lambda * dual.get(active[corrected[k]].cue, c);
            }
        }
        right.setRows(corrected, left);
        return right;
    }

    /** The active set of a cue, and where it leads. */
    private final class Active {
        private final int cue;
        private final boolean[] set = new boolean[n];
        private final boolean[] resting = new boolean[n];
        private final boolean corrects; // a minimum that rounding missed
        private final double[] from;

        Active(int cue) {
            this.cue = cue;
            boolean none = true;
            for (int j = 0; j < n; j++) {
                set[j] = isActive(cue, j);
                none &= !(set[j] && group.hasKink && group.x.get(cue, j) <= 0); // none that rises
            }
            this.corrects = atMinimum[cue] && none;
            this.from = corrects ? dual.row(cue) : new double[dual.columns()];
        }

        /** b of the named units; 0 in a correction. */
        double[] means(int[] units) {
            return IntStream.of(units)
                    .mapToDouble(j -> corrects ? 0 : group.mean(cue, j))
                    .toArray();
        }

        /**
         * The direction, with y or δ in row k of {@code found}. Units that would go below their kink are made to
         * rest on it; of a cautious cue only those that stand there.
         *
         * @return whether there were any, so that the others go elsewhere
         */
        boolean move(Resolvent.Solution found, int k) {
            for (int c = 0; c < from.length; c++) {
                dual.set(cue, c, from[c] + found.y().get(k, c));
            }
            boolean any = false;
            for (int j = 0; j < n; j++) {
                double value = group.x.get(cue, j);
                double mean = group.mean(cue, j);
                double d;
                if (resting[j]) {
                    d = -value;
                } else if (!set[j]) { // at its kink or below: silent ones go to b, others to their kink
                    d = Math.min(mean, 0) - value;
                } else {
                    double start = group.hasKink ? Math.max(0, value) : value; // a unit that rises starts on its kink
                    d = corrects ? found.up().get(k, j) : mean + found.up().get(k, j) - start;
                    boolean standsThere = group.hasKink && value <= 0;
                    if (standsThere ? d < 0 : group.hasKink && mean >= 0 && start + d < 0 && !cautious[cue]) {
                        set[j] = false;
                        resting[j] = true;
                        any = true;
                        d = -start;
                    }
                    d += start - value;
                }
                direction.set(cue, j, d);
            }
            length[cue] = 1;
            return any;
        }
    }

    private void propose(int cue) {
        boolean clipped = false;
        for (int j = 0; j < n; j++) {
            double from = group.x.get(cue, j);
            double to = from + length[cue] * direction.get(cue, j);
            boolean crosses = group.hasKink && from > 0 && to < 0;
            group.xTrial.set(cue, j, crosses ? 0 : to);
            clipped |= crosses;
        }
        atMinimum[cue] = length[cue] == 1 && !clipped;
    }

    /** Ends a cue whose gain is below the rounding of its energy and whose forces are no nearer to balance. */
    private void endWhereNothingIsLeft(int cue, double gain, double energy, double residualBefore) {
        Progress progress = group.progress();
        if (gain <= group.resolution(cue, energy)
                && progress.residual(cue) > residualBefore / 2
                && !progress.isBalanced(cue)
                && progress.isRunning(cue)) {
            progress.end(cue, Status.STALLED);
        }
    }

    /** The energy would have risen: back to fewer units that rest, or to half the step. */
    private void retreat(int cue) {
        atMinimum[cue] = false;
        if (!cautious[cue]) {
            cautious[cue] = true;
            fresh[cue] = true;
            return;
        }
        length[cue] /= 2;
        if (length[cue] < Math.pow(2, -MOST_HALVINGS)) {
            group.progress().end(cue, Status.STALLED);
        }
    }
}
