package dev.engram.memory.covariance;

import dev.engram.inference.Status;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.memory.Mask;
import java.util.Arrays;
import java.util.List;

/**
 * Completes cues in the implicit form of the covariance-learning network: lowers ½|ε|², ε = (I - W) y, over the missing values of y by
 * conjugate gradients: the equilibrium of ẏ = -ε + Wᵀε where y is missing. The energy never rises.
 *
 * <p>The residual is the force left over on the missing values as a fraction of the pulls in balance, those of the values and of their
 * predictions: |(I - W)ᵀε| / (|(I - W)ᵀε| + |y|).
 */
final class ImplicitCompletion {
    private static final double BALANCED = 1e-7;
    private static final double NO_FALL = 1e-13;
    private static final int MOST_STEPS = 500;

    private final LinearAlgebra la;
    private final CovarianceModel model;
    private final Mask mask;
    private final DoubleMatrix y;
    private final double[] residual;
    private final int[] steps;
    private final Status[] status;

    /** @param y [cues, values]; its missing values are the start, and are overwritten with the end */
    ImplicitCompletion(LinearAlgebra la, CovarianceModel model, Mask mask, DoubleMatrix y) {
        this.la = la;
        this.model = model;
        this.mask = mask;
        this.y = y;
        this.residual = new double[y.rows()];
        this.steps = new int[y.rows()];
        this.status = new Status[y.rows()];
        Arrays.fill(status, Status.STEPS_USED);
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

    void run() {
        DoubleMatrix errors = model.errors(la, y);
        DoubleMatrix force = force(errors);
        DoubleMatrix direction = force.copy();
        double[] forces = force.squaredLengths();
        double[] energies = errors.squaredLengths();
        boolean moving = measure(forces);
        for (int step = 0; step < MOST_STEPS && moving; step++) {
            DoubleMatrix change = model.errors(la, direction);
            double[] curvatures = change.squaredLengths();
            for (int cue = 0; cue < y.rows(); cue++) {
                if (status[cue] == Status.STEPS_USED) {
                    double along = forces[cue] / curvatures[cue];
                    add(along, direction, y, cue);
                    add(along, change, errors, cue);
                    steps[cue]++;
                    // Each step lowers ½|ε|² by ½ |force|² · along.
                    if (!(forces[cue] * along > NO_FALL * energies[cue])) {
                        status[cue] = Status.STALLED;
                    }
                }
            }
            force = force(errors);
            double[] next = force.squaredLengths();
            for (int cue = 0; cue < y.rows(); cue++) {
                turn(direction, forces[cue] > 0 ? next[cue] / forces[cue] : 0, force, cue);
            }
            forces = next;
            energies = errors.squaredLengths();
            moving = measure(forces);
        }
    }

    /** -(I - W)ᵀε, 0 where a value is known. */
    private DoubleMatrix force(DoubleMatrix errors) {
        DoubleMatrix force = model.spread(la, errors);
        for (int cue = 0; cue < force.rows(); cue++) {
            for (int j = 0; j < force.columns(); j++) {
                force.set(cue, j, mask.isKnown(cue, j) ? 0 : -force.get(cue, j));
            }
        }
        return force;
    }

    /** Whether any cue is still on its way. */
    private boolean measure(double[] forces) {
        double[] values = y.squaredLengths();
        boolean moving = false;
        for (int cue = 0; cue < residual.length; cue++) {
            double left = Math.sqrt(forces[cue]);
            residual[cue] = left == 0 ? 0 : left / (left + Math.sqrt(values[cue]));
            if (status[cue] == Status.STEPS_USED && residual[cue] <= BALANCED) {
                status[cue] = Status.CONVERGED;
            }
            moving |= status[cue] == Status.STEPS_USED;
        }
        return moving;
    }

    private static void add(double factor, DoubleMatrix from, DoubleMatrix to, int row) {
        int d = to.columns();
        for (int j = row * d; j < (row + 1) * d; j++) {
            to.data()[j] += factor * from.data()[j];
        }
    }

    private static void turn(DoubleMatrix direction, double keep, DoubleMatrix force, int row) {
        int d = force.columns();
        for (int j = row * d; j < (row + 1) * d; j++) {
            direction.data()[j] = force.data()[j] + keep * direction.data()[j];
        }
    }
}
