package dev.engram.memory.boltzmann;

import dev.engram.inference.Status;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Mask;
import java.util.Arrays;
import java.util.List;

/**
 * The mean field of cues, swept until it is at rest, while known values are held.
 *
 * <pre>
 *   y ← W_1ᵀ m_1 where missing;   m_l ← tanh(a_l / T), l = 1 .. L
 *   residual: the root mean square change of all m in a sweep
 * </pre>
 *
 * <p>A missing part is filled in while T falls to 1: what is known is followed first where all agree. At T = 1 no step raises F.
 */
final class Settling {
    private static final double HOTTEST = 64;
    private static final int COOLING = 24; // sweeps

    private final BoltzmannMachine machine;
    private final List<Matrix> state;
    private final double[] residual;
    private final int[] steps;
    private final Status[] status;

    /** @param perception y of the cues, 0 where missing; the missing values are overwritten */
    Settling(BoltzmannMachine machine, Matrix perception) {
        int cues = perception.rows();
        this.machine = machine;
        this.state = machine.state(perception);
        this.residual = new double[cues];
        this.steps = new int[cues];
        this.status = new Status[cues];
        Arrays.fill(status, Status.STEPS_USED);
    }

    /** With all values known. */
    Settling whole(int most, double tolerance) {
        return sweep(most, tolerance, next -> {});
    }

    /** With the values of the mask known. */
    Settling partial(Mask mask, int most, double tolerance) {
        Matrix known = state.get(0).copy();
        Missing fill = next -> {
            next.set(machine.expected(state));
            mask.clamp().hold(known, next);
        };
        for (int k = 0; k < COOLING; k++) {
            machine.settle(state, Math.pow(HOTTEST, 1 - (double) k / COOLING));
            fill.in(state.get(0));
        }
        Arrays.fill(steps, COOLING);
        return sweep(most, tolerance, fill);
    }

    /** Fills in what is missing of a perception. */
    private interface Missing {
        void in(Matrix perception);
    }

    /** A cue at rest stays as it is; whether it does, no other cue decides. */
    private Settling sweep(int most, double tolerance, Missing fill) {
        boolean moving = true;
        for (int k = 0; k < most && moving; k++) {
            List<Matrix> before = state.stream().map(Matrix::copy).toList();
            machine.settle(state, 1);
            fill.in(state.get(0));
            moving = false;
            for (int cue = 0; cue < steps.length; cue++) {
                if (status[cue] == Status.CONVERGED) {
                    keep(before, cue);
                } else {
                    steps[cue]++;
                    residual[cue] = change(before, cue);
                    status[cue] = residual[cue] <= tolerance ? Status.CONVERGED : Status.STEPS_USED;
                    moving |= status[cue] != Status.CONVERGED;
                }
            }
        }
        return this;
    }

    private void keep(List<Matrix> before, int cue) {
        for (int layer = 0; layer < state.size(); layer++) {
            state.get(layer).setRow(cue, before.get(layer), cue);
        }
    }

    private double change(List<Matrix> before, int cue) {
        double sum = 0;
        int units = 0;
        for (int layer = 1; layer < state.size(); layer++) {
            Matrix is = state.get(layer);
            for (int j = 0; j < is.columns(); j++) {
                double change = is.get(cue, j) - before.get(layer).get(cue, j);
                sum += change * change;
            }
            units += is.columns();
        }
        return Math.sqrt(sum / units);
    }

    List<Matrix> state() {
        return state;
    }

    double[] residual() {
        return residual;
    }

    int[] steps() {
        return steps;
    }

    List<Status> status() {
        return List.of(status);
    }
}
