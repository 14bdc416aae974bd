package dev.engram.inference.internal;

import dev.engram.network.Activation;
import dev.engram.network.Definition;
import dev.engram.network.GenerativeNetwork;
import java.util.BitSet;

/**
 * Gradient and accelerated steps on one cue, in double precision and plain loops: the oracle of the first-order solvers. It shares no code
 * with them.
 */
final class PlainDescent {
    private final Activation activation;
    private final BitSet known;
    private final boolean momentum;
    private final boolean guarded;
    private Definition energy;
    private double lambda;
    private double[] gamma; // of each layer
    private double[][] x; // without its momentum
    private double[][] y;
    private double share;
    private int inertia;
    private int taken;
    private int refused;
    private int restarts;
    private boolean rose;

    /**
     * Stands at the start.
     *
     * @param gamma of each layer
     * @param start x^0 .. x^L of one cue
     * @param known the sensory nodes that stay
     * @param guarded whether steps that raise the energy are taken back, and units stop on their kink
     */
    PlainDescent(
            GenerativeNetwork network,
            double[] gamma,
            double[][] start,
            BitSet known,
            boolean momentum,
            boolean guarded) {
        this.activation = network.activation();
        this.known = known;
        this.momentum = momentum;
        this.guarded = guarded;
        this.y = start;
        this.x = start;
        this.energy = new Definition(network);
        this.lambda = network.priorPrecision();
        this.gamma = gamma;
        this.share = 1;
    }

    /** Begins again where it stands, under another λ. */
    void begin(GenerativeNetwork network, double[] steps) {
        energy = new Definition(network);
        lambda = network.priorPrecision();
        gamma = steps;
        share = 1;
        inertia = 0;
        x = y;
    }

    void step() {
        double before = energy.energy(y);
        double beta = momentum ? inertia / (inertia + 3.0) : 0;
        double[][] force = forces();
        double[][] to = zeros();
        double[][] on = zeros();
        for (int l = 0; l < y.length; l++) {
            for (int i = 0; i < y[l].length; i++) {
                to[l][i] = stopped(l, y[l][i], y[l][i] + share * gamma[l] * force[l][i]);
                on[l][i] = stopped(l, to[l][i], to[l][i] + beta * (to[l][i] - x[l][i]));
            }
        }
        double after = energy.energy(on);
        if (guarded && after > before + 1e-7 * before) {
            refused++;
            if (inertia > 0) {
                inertia = 0;
            } else {
                share /= 2;
            }
            return;
        }
        rose |= !guarded && after > before + 1e-7 * before;
        taken++;
        y = on;
        if (momentum) {
            double[][] next = forces();
            double along = 0;
            for (int l = 0; l < y.length; l++) {
                for (int i = 0; i < y[l].length; i++) {
                    along += next[l][i] * (to[l][i] - x[l][i]);
                }
            }
            restarts += along < 0 ? 1 : 0;
            inertia = along < 0 ? 0 : inertia + 1;
        }
        x = to;
    }

    private double stopped(int layer, double from, double to) {
        boolean crosses = guarded && activation == Activation.RELU && layer > 0 && from * to < 0;
        return crosses ? 0 : to;
    }

    private double[][] zeros() {
        double[][] zeros = new double[y.length][];
        for (int l = 0; l < y.length; l++) {
            zeros[l] = new double[y[l].length];
        }
        return zeros;
    }

    /** The steepest way down: on a kink that of its two slopes. */
    private double[][] forces() {
        double[][] force = new double[y.length][];
        for (int l = 0; l < y.length; l++) {
            force[l] = energy.force(y, l);
            for (int i = 0; i < force[l].length; i++) {
                if (l == 0 && known.get(i)) {
                    force[l][i] = 0;
                } else if (l > 0 && guarded && activation == Activation.RELU && y[l][i] == 0) {
                    y[l][i] = Double.MIN_VALUE;
                    double above = energy.force(y, l)[i];
                    y[l][i] = 0;
                    force[l][i] = above > 0 ? above : Math.min(force[l][i], 0);
                }
            }
        }
        return force;
    }

    /** x^0 .. x^L, live. */
    double[][] values() {
        return y;
    }

    double energy() {
        return energy.energy(y);
    }

    /** |∂E/∂x| / (|∂E/∂x| + |π ε|), the second over the hidden layers. */
    double residual() {
        double left = 0;
        double own = 0;
        double[][] force = forces();
        double[][] errors = energy.errors(y);
        for (int l = 0; l < y.length; l++) {
            double precision = l == y.length - 1 ? lambda : 1;
            for (int i = 0; i < y[l].length; i++) {
                left += force[l][i] * force[l][i];
                own += l == 0 ? 0 : precision * precision * errors[l][i] * errors[l][i];
            }
        }
        return left == 0 ? 0 : Math.sqrt(left) / (Math.sqrt(left) + Math.sqrt(own));
    }

    /** Steps that were taken. */
    int taken() {
        return taken;
    }

    /** Steps that were not, since the energy would have risen. */
    int refused() {
        return refused;
    }

    /** How often the momentum pointed uphill. */
    int restarts() {
        return restarts;
    }

    /** Whether the energy rose in a step that was taken all the same. */
    boolean rose() {
        return rose;
    }
}
