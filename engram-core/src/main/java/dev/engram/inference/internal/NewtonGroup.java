package dev.engram.inference.internal;

import dev.engram.inference.Status;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Newton's method for networks with one hidden layer of ReLU or linear units, on cues that share their known sensory nodes K.
 *
 * <p>Free sensory nodes carry no force at equilibrium, so only the known ones enter; in the coordinates of {@link KnownWeights} the energy of
 * a cue is piecewise quadratic in its hidden nodes x and their rates r = f(x):
 *
 * <pre>
 *   E(x) = outside + ½|ε|² + ½ λ |x - b|²,   ε = x̃ - J r
 * </pre>
 *
 * <p>Here is where the cues stand, in double precision, with the energy and the pull Jᵀε there; {@link NewtonStage} takes the steps.
 *
 * <p>Units with b ≥ 0 never rest below their kink, so that E is a strictly convex function of their rates; units with b &lt; 0 begin silent and
 * stay so. Where inference begins at the predicted state its end is therefore the same, whatever stages of the annealing it passes.
 */
final class NewtonGroup implements SolverState {
    private static final double CANCELLATION = 1e-14; // the rounding of a pull, as a fraction of |J| |x̃|

    private final double tolerance;
    private final float[] b; // a cue's begins at offset[cue]
    private final int[] offset;
    private final KnownSystem known;
    private final DoubleMatrix sent; // Jᵀ, [n, r]
    private final DoubleMatrix coordinates; // x̃, [cues, r]
    private final double[] outside;
    private final double[] drive; // |J| |x̃| per cue, the size of what cancels in a pull
    private final Progress progress;

    final LinearAlgebra la;
    final boolean hasKink;
    final int cues;
    final int n;
    final DoubleMatrix x;
    final DoubleMatrix xTrial;
    private final DoubleMatrix pull; // Jᵀε at x, [cues, n]
    private final DoubleMatrix errorTrial; // ε at xTrial, [cues, r]
    private final double[] sensoryTrial; // the energy of the known nodes at xTrial

    /**
     * Starts.
     *
     * @param network for these cues
     * @param known what is worked out for their mask
     * @param sensory [all cues, size(0)]
     * @param named these cues among them
     * @param hidden where they stand, [cues, n]
     */
    NewtonGroup(
            LinearAlgebra la,
            double tolerance,
            GenerativeNetwork network,
            KnownSystem known,
            Matrix sensory,
            int[] named,
            Matrix hidden) {
        this.la = la;
        this.tolerance = tolerance;
        this.hasKink = network.activation().hasKink();
        this.known = known;
        this.cues = hidden.rows();
        this.n = hidden.columns();
        this.b = network.priorMeans().values();
        this.offset = IntStream.range(0, cues).map(network.priorMeans()::offset).toArray();
        this.progress = new Progress(cues, 2);
        KnownWeights.Coordinates of = known.weights().coordinates(la, sensory, named);
        this.sent = known.weights().sent();
        this.coordinates = of.cues();
        this.outside = of.outside();
        this.drive = IntStream.range(0, cues)
                .mapToDouble(cue -> known.length() * coordinates.length(cue))
                .toArray();
        this.x = hidden.toDouble();
        this.xTrial = x.copy();
        this.pull = DoubleMatrix.zeros(cues, n);
        this.errorTrial = DoubleMatrix.zeros(cues, sent.columns());
        this.sensoryTrial = new double[cues];
    }

    @Override
    public Stage begin(double priorPrecision) {
        progress.begin();
        int[] all = running();
        System.arraycopy(x.data(), 0, xTrial.data(), 0, x.data().length);
        evaluateTrial(all);
        accept(all, priorPrecision);
        Resolvent resolvent = known.resolvent(priorPrecision);
        DoubleMatrix atRest = DoubleMatrix.zeros(cues, n);
        la.parallel(cues, cue -> {
            for (int j = 0; j < n; j++) {
                atRest.set(cue, j, resolvent.isAtRest(j) ? mean(cue, j) : 0);
            }
        });
        return new NewtonStage(this, resolvent, leftAt(atRest), priorPrecision);
    }

    /** x̃ - J r of all cues, from ε where they stand if the rates r differ from theirs in few units: at the predicted state. */
    private DoubleMatrix leftAt(DoubleMatrix rates) {
        BitSet others = new BitSet(n);
        DoubleMatrix more = DoubleMatrix.zeros(cues, n);
        for (int at = 0; at < rates.data().length; at++) {
            double rate = hasKink ? Math.max(x.data()[at], 0) : x.data()[at];
            more.data()[at] = rate - rates.data()[at];
            if (more.data()[at] != 0) {
                others.set(at % n);
            }
        }
        if (others.cardinality() > n / 2) {
            return left(IntStream.range(0, cues).toArray(), rates);
        }
        int[] units = others.stream().toArray();
        DoubleMatrix left = errorTrial.copy();
        la.multiply(1, more.columns(units), Transpose.NO, sent.rows(units), Transpose.NO, 1, left);
        return left;
    }

    /** x̃ - J r of the named cues, from their rates r [cues, n]. Rates that all cues share are sent once. */
    private DoubleMatrix left(int[] named, DoubleMatrix rates) {
        DoubleMatrix left = coordinates.rows(named);
        if (rates.rows() > 1 && rates.rowsAreEqual()) {
            return left.subtractRow(
                    la.product(rates.rows(0), Transpose.NO, sent, Transpose.NO).data());
        }
        la.multiply(-1, rates, Transpose.NO, sent, Transpose.NO, 1, left);
        return left;
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

    /** (Jᵀε)_j where a cue stands. */
    double pull(int cue, int j) {
        return pull.get(cue, j);
    }

    /** Jᵀy of every row y. */
    DoubleMatrix sentUp(DoubleMatrix rows) {
        return la.product(rows, Transpose.NO, sent, Transpose.YES);
    }

    /** ε of the named cues where they stand, right after they were accepted there. */
    DoubleMatrix errors(int[] named) {
        return errorTrial.rows(named);
    }

    /** ε and the energy at the trial points of the named cues. */
    void evaluateTrial(int[] named) {
        DoubleMatrix rates = xTrial.rows(named);
        for (int i = 0; hasKink && i < rates.data().length; i++) {
            rates.data()[i] = Math.max(rates.data()[i], 0);
        }
        DoubleMatrix error = left(named, rates);
        errorTrial.setRows(named, error);
        for (int i = 0; i < named.length; i++) {
            sensoryTrial[named[i]] = outside[named[i]] + 0.5 * error.squaredLength(i);
        }
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

    /** By how much two energies of a cue may differ through rounding alone, given one of them. */
    double resolution(int cue, double energy) {
        // of the sum, and of ε, which is a difference of numbers as large as x̃
        return 1e-13 * energy + 1e-15 * Math.sqrt(2 * energy) * coordinates.length(cue);
    }

    /** Makes the trial points of the named cues their points: energy, pull and residual there. */
    void accept(int[] named, double lambda) {
        DoubleMatrix up = sentUp(errorTrial.rows(named));
        la.parallel(named.length, i -> {
            System.arraycopy(up.data(), i * n, pull.data(), named[i] * n, n);
            accept(named[i], lambda);
        });
    }

    private void accept(int cue, double lambda) {
        System.arraycopy(xTrial.data(), cue * n, x.data(), cue * n, n);
        double left = 0;
        double prior = 0;
        for (int j = 0; j < n; j++) {
            double own = lambda * (mean(cue, j) - x.get(cue, j));
            double f = forceAt(x.get(cue, j), own, pull.get(cue, j));
            left += f * f;
            prior += own * own;
        }
        double residual = left == 0 ? 0 : Math.sqrt(left) / (Math.sqrt(left) + Math.sqrt(prior));
        // Where the prior's pull is below the rounding of Jᵀε, the forces cancel as far as they can.
        boolean balanced = residual <= tolerance || Math.sqrt(left) <= CANCELLATION * drive[cue];
        progress.stands(cue, new double[] {sensoryTrial[cue], priorEnergy(cue, lambda)}, residual, balanced);
        if (!Double.isFinite(progress.total(cue))) {
            progress.end(cue, Status.DIVERGED);
        }
    }

    /** The force on one unit, with the one-sided slopes on its kink. */
    private double forceAt(double value, double own, double pulled) {
        if (!hasKink || value > 0) {
            return own + pulled;
        }
        if (value < 0) {
            return own;
        }
        double up = own + pulled;
        return up > 0 ? up : Math.min(own, 0);
    }
}
