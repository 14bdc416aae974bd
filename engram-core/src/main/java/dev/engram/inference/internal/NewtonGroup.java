package dev.engram.inference.internal;

import dev.engram.inference.Status;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.Activation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Newton's method for networks with one hidden layer of ReLU or linear units, on cues that share their known sensory nodes K.
 *
 * <p>Free sensory nodes carry no force at equilibrium, so only the known ones enter; with G = W_KᵀW_K and C = W_Kᵀx_K the energy of a cue is
 * piecewise quadratic in its hidden nodes x and their rates r = f(x):
 *
 * <pre>
 *   E(x) = ½|x_K|² - C·r + ½ r·G r + ½ λ |x - b|²
 * </pre>
 *
 * <p>Here is where the cues stand, in double precision, with the energy and the force C - G r there; {@link NewtonStage} takes the steps.
 */
final class NewtonGroup implements SolverState {
    private final double tolerance;
    private final float[] b; // a cue's begins at offset[cue]
    private final int[] offset;
    private final KnownPart known;
    private final Progress progress;

    final LinearAlgebra la;
    final boolean hasKink;
    final int cues;
    final int n;
    final DoubleMatrix x;
    final DoubleMatrix xTrial;
    private final DoubleMatrix force; // C - G r at x, [cues, n]
    private final DoubleMatrix forceTrial; // the same at xTrial
    private final double[] sensoryTrial; // the energy of the known nodes at xTrial

    /**
     * Starts.
     *
     * @param network for these cues
     * @param known what their known nodes say
     * @param hidden where they stand, [cues, n]
     */
    NewtonGroup(LinearAlgebra la, double tolerance, GenerativeNetwork network, KnownPart known, Matrix hidden) {
        this.la = la;
        this.tolerance = tolerance;
        this.hasKink = network.activation() == Activation.RELU;
        this.known = known;
        this.cues = hidden.rows();
        this.n = hidden.columns();
        this.b = network.priorMeans().values();
        this.offset = IntStream.range(0, cues).map(network.priorMeans()::offset).toArray();
        this.progress = new Progress(cues, 2);
        this.x = hidden.toDouble();
        this.xTrial = x.copy();
        this.force = DoubleMatrix.zeros(cues, n);
        this.forceTrial = DoubleMatrix.zeros(cues, n);
        this.sensoryTrial = new double[cues];
    }

    @Override
    public Stage begin(double priorPrecision) {
        progress.begin();
        KnownPart.Resolvent resolvent = known.resolvent(priorPrecision);
        int[] all = running();
        System.arraycopy(x.data(), 0, xTrial.data(), 0, x.data().length);
        evaluateTrial(all);
        for (int cue : all) {
            accept(cue, priorPrecision);
        }
        return new NewtonStage(this, resolvent, priorPrecision);
    }

    @Override
    public Progress progress() {
        return progress;
    }

    /** The hidden layer; the sensory one is summed away. */
    @Override
    public ValueNodes values() {
        return new ValueNodes(List.of(Matrix.zeros(cues, 0), x.toFloat()));
    }

    int[] running() {
        return IntStream.range(0, cues).filter(progress::isRunning).toArray();
    }

    /** b_j of a cue. */
    double mean(int cue, int j) {
        return b[offset[cue] + j];
    }

    /** (C - G r)_j where a cue stands. */
    double force(int cue, int j) {
        return force.get(cue, j);
    }

    /** C - G f(x) and the energy at the trial points of the named cues. */
    void evaluateTrial(int[] named) {
        DoubleMatrix rates = xTrial.rows(named);
        for (int i = 0; hasKink && i < rates.data().length; i++) {
            rates.data()[i] = Math.max(rates.data()[i], 0);
        }
        forceTrial.setRows(named, known.pull(named, rates, sensoryTrial));
    }

    /** E at the trial point of a cue. */
    double trialEnergy(int cue, double lambda) {
        return sensoryTrial[cue] + priorEnergy(cue, lambda);
    }

    private double priorEnergy(int cue, double lambda) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
            double error = xTrial.get(cue, j) - mean(cue, j);
            sum += error * error;
        }
        return 0.5 * lambda * sum;
    }

    /** By how much two energies may differ through rounding alone, given one of them. */
    double resolution(int cue, double energy) {
        return known.resolution(cue, energy);
    }

    /** Makes the trial point of this cue its point: energy, force and residual there. */
    void accept(int cue, double lambda) {
        System.arraycopy(xTrial.data(), cue * n, x.data(), cue * n, n);
        System.arraycopy(forceTrial.data(), cue * n, force.data(), cue * n, n);
        double left = 0;
        double prior = 0;
        for (int j = 0; j < n; j++) {
            double own = lambda * (mean(cue, j) - x.get(cue, j));
            double f = forceAt(x.get(cue, j), own, force.get(cue, j));
            left += f * f;
            prior += own * own;
        }
        double residual = left == 0 ? 0 : Math.sqrt(left) / (Math.sqrt(left) + Math.sqrt(prior));
        // Where the prior's pull is below the rounding of C - Gr, the forces cancel as far as they can.
        boolean balanced = residual <= tolerance || Math.sqrt(left) <= KnownPart.CANCELLATION * known.drive(cue);
        progress.stands(cue, new double[] {sensoryTrial[cue], priorEnergy(cue, lambda)}, residual, balanced);
        if (!Double.isFinite(progress.total(cue))) {
            progress.end(cue, Status.DIVERGED);
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
}
