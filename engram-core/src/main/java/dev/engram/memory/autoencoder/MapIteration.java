package dev.engram.memory.autoencoder;

import dev.engram.inference.Status;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Mask;
import dev.engram.memory.Recall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A map of patterns, applied again and again to what it gave back, while known values are held.
 *
 * <pre>
 *   x ← g(x) where missing;   energy ½ |x - g(x)|²,   residual |g(x) - x| / max(|g(x)|, |x|) over the missing values
 * </pre>
 */
final class MapIteration {
    private final UnaryOperator<Matrix> map;
    private final Matrix x;
    private final Mask held;
    private final double tolerance;
    private final double[] energy;
    private final double[] residual;
    private final int[] steps;
    private final Status[] status;

    /**
     * @param map g, row by row
     * @param start [cues, values]; only read
     * @param tolerance the residual at which a cue is at rest
     */
    MapIteration(UnaryOperator<Matrix> map, Matrix start, Mask held, double tolerance) {
        int cues = start.rows();
        this.map = map;
        this.x = start.copy();
        this.held = held;
        this.tolerance = tolerance;
        this.energy = new double[cues];
        this.residual = new double[cues];
        this.steps = new int[cues];
        this.status = new Status[cues];
        Arrays.fill(status, Status.STEPS_USED);
    }

    /**
     * Iterates.
     *
     * @param most iterations
     * @param stopsAtRest whether a cue at rest is left alone, or iterated on
     */
    Recall run(int most, boolean stopsAtRest) {
        int[] moving = IntStream.range(0, x.rows()).toArray();
        for (int step = 0; moving.length > 0; step++) {
            Matrix next = map.apply(moving.length == x.rows() ? x : x.rows(moving));
            List<Integer> goingOn = new ArrayList<>();
            for (int i = 0; i < moving.length; i++) {
                int cue = moving[i];
                measure(cue, next, i);
                boolean rests = status[cue] == Status.CONVERGED && stopsAtRest;
                if (step < most && !rests && status[cue] != Status.DIVERGED) {
                    move(cue, next, i);
                    goingOn.add(cue);
                }
            }
            moving = goingOn.stream().mapToInt(Integer::intValue).toArray();
        }
        return new Recall(x, energy, residual, steps, List.of(status));
    }

    private void measure(int cue, Matrix next, int row) {
        double all = 0;
        double missing = 0;
        double before = 0;
        double after = 0;
        for (int j = 0; j < x.columns(); j++) {
            double was = x.get(cue, j);
            double is = next.get(row, j);
            double change = (is - was) * (is - was);
            all += change;
            if (!held.isKnown(cue, j)) {
                missing += change;
                before += was * was;
                after += is * is;
            }
        }
        if (!Double.isFinite(all)) {
            status[cue] = Status.DIVERGED; // with the energy it had last
            residual[cue] = 1;
            return;
        }
        energy[cue] = 0.5 * all;
        residual[cue] = missing == 0 ? 0 : Math.sqrt(missing / Math.max(before, after));
        status[cue] = residual[cue] <= tolerance ? Status.CONVERGED : Status.STEPS_USED;
    }

    private void move(int cue, Matrix next, int row) {
        for (int j = 0; j < x.columns(); j++) {
            if (!held.isKnown(cue, j)) {
                x.set(cue, j, next.get(row, j));
            }
        }
        steps[cue]++;
    }
}
