package dev.engram.inference.internal;

import dev.engram.inference.Status;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Tensor;
import dev.engram.linalg.Transpose;
import dev.engram.network.Activation;
import dev.engram.network.ChainEnergy;
import dev.engram.network.Clamp;
import dev.engram.network.Evaluation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Algorithm 1's inference: steps of Eq. 3 with a constant γ, every sensory node clamped, all cues together.
 *
 * <pre>
 *   x^l += γ · force^l        {@link Force} explains Eq. 3; {@link Lanes#step} computes it here
 * </pre>
 *
 * <p>An object is for one batch; it may start and run again and again, also under weights that were changed in place, after a call of
 * {@link #weightsMove} or {@link #weightsChange}. T steps cost T evaluations: the end is evaluated only where it is asked for. Inside,
 * layers are [nodes, cues], which suits BLAS and lets every loop run over the cues as lanes; with one hidden layer a step is a single
 * parallel pass over its nodes.
 *
 * <p>Nothing guards the step. A cue whose energy leaves the range of finite numbers stays at its last finite values ({@link
 * Status#DIVERGED}); a cue whose energy rises is {@link Status#ENERGY_ROSE}.
 */
public final class ConstantStep implements SolverState, SolverState.Stage {
    private static final int WORTH_SPLITTING = 20_000;

    private final LinearAlgebra la;
    private final GenerativeNetwork network;
    private final Matrix cues;
    private final float gamma;
    private final ClampedSensory sensory;
    private final Matrix means; // of the top layer, [nodes, cues]; empty where all cues have the same
    private final int top;
    private final double[][][] shares; // of the energy: per part, layer and cue
    private final List<Matrix> slope;
    private final List<Matrix> error;
    private final List<Matrix> pull;
    private LaneState before;
    private LaneState now;
    private LaneState next;
    private boolean moved; // whether now is where the last step led
    private Progress progress;
    private Optional<Matrix> endErrors = Optional.empty();

    /**
     * At the predicted state.
     *
     * @param cues [cues, size(0)]; only read
     */
    ConstantStep(LinearAlgebra la, GenerativeNetwork network, Matrix cues, double gamma, ClampedSensory sensory) {
        this.la = la;
        this.network = network;
        this.cues = cues;
        this.gamma = (float) gamma;
        this.sensory = sensory;
        this.means = network.priorMeans().isShared()
                ? Matrix.zeros(0, 0)
                : Lanes.transpose(la, network.priorMeans().rows(cues.rows()));
        this.top = network.hiddenLayers();
        int parts = (long) cues.rows() * network.size(1) < WORTH_SPLITTING ? 1 : la.threads();
        this.shares = new double[parts][top + 1][cues.rows()];
        this.slope = zeros();
        this.error = zeros();
        this.pull = zeros();
        this.before = new LaneState(zeros(), zeros());
        this.now = new LaneState(zeros(), zeros());
        this.next = new LaneState(zeros(), zeros());
        this.progress = new Progress(cues.rows(), top + 1);
        start(ValueNodes.predicted(la, network, cues));
    }

    /**
     * With every weight multiplied at every step: 4·N·Σ size(l)·size(l-1) operations each.
     *
     * @param cues [cues, size(0)]; only read
     */
    public static ConstantStep written(LinearAlgebra la, GenerativeNetwork network, Matrix cues, double gamma) {
        return new ConstantStep(la, network, cues, gamma, ClampedSensory.written(la, network.map(1), cues));
    }

    /**
     * With the sensory layer summed away: 2·N·size(1)² operations instead of 4·N·size(1)·size(0), after size(1)²·size(0) once.
     *
     * @param cues [cues, size(0)]; only read
     */
    public static ConstantStep summed(LinearAlgebra la, GenerativeNetwork network, Matrix cues, double gamma) {
        Matrix gram = ClampedSensory.gramMatrix(la, network.map(1));
        return new ConstantStep(la, network, cues, gamma, ClampedSensory.gram(la, gram, network.map(1), cues));
    }

    /**
     * The same steps for other cues under the same weights, which may be kept in another way; sums over the weights are shared.
     *
     * @param others [cues, size(0)]; only read
     */
    public ConstantStep forCues(GenerativeNetwork sameNetwork, Matrix others) {
        return new ConstantStep(la, sameNetwork, others, gamma, sensory.of(sameNetwork.map(1), others));
    }

    private List<Matrix> zeros() {
        return IntStream.rangeClosed(1, top)
                .mapToObj(l -> Matrix.zeros(network.size(l), cues.rows()))
                .toList();
    }

    /**
     * Must be called before the weights move by Algorithm 1's step, rate · Σ ε fᵀ (Eq. 4), from where a run ended. Sums over the weights
     * are then updated in 6·N·size(1)·(size(0) + size(1)) operations or fewer, instead of size(1)²·size(0).
     *
     * @param rate α/N
     * @param end where the run ended
     * @param errors ε⁰ there, [cues, size(0)]
     */
    public void weightsMove(double rate, ValueNodes end, Matrix errors) {
        sensory.weightsMove((float) rate, errors, network.activation().values(end.layer(1)));
    }

    /** Must be called when the weights change in another way; sums over the weights are computed again by the next {@link #start}. */
    public void weightsChange() {
        sensory.weightsChange();
    }

    /** The sums over the weights, live; empty where they will be formed again. */
    public Map<String, Tensor> sums() {
        return sensory.sums();
    }

    /** Takes over {@link #sums} as they were under these weights. */
    public void restore(Map<String, Tensor> sums) {
        sensory.restore(sums);
    }

    /** Goes to the given value nodes; its sensory layer is not looked at. */
    public ConstantStep start(ValueNodes from) {
        sensory.begin();
        for (int l = 1; l <= top; l++) {
            Matrix layer = Lanes.transpose(la, from.layer(l));
            for (LaneState state : List.of(before, now)) {
                state.x().get(l - 1).set(layer);
                network.activation()
                        .values(layer.data(), state.rates().get(l - 1).data());
            }
        }
        progress = new Progress(cues.rows(), top + 1);
        for (double[] cue : progress.energies()) {
            Arrays.fill(cue, Double.MAX_VALUE);
        }
        endErrors = Optional.empty();
        moved = true;
        return this;
    }

    @Override
    public Stage begin(double priorPrecision) {
        progress.begin();
        return this;
    }

    /** No energy is known before the first step. */
    @Override
    public boolean showsBeginning() {
        return false;
    }

    /** Evaluates where the cues stand, and works out where they go; they go there when the next step, or {@link #finish}, comes. */
    @Override
    public void step() {
        move();
        evaluateAndStep();
        judge();
        moved = false;
    }

    private void move() {
        if (!moved) {
            LaneState free = before;
            before = now;
            now = next;
            next = free;
            moved = true;
        }
    }

    @Override
    public void finish() {
        move();
        for (int cue = 0; cue < cues.rows(); cue++) {
            if (!hasDiverged(cue) && !now.isFinite(cue)) {
                diverge(cue, List.of(now));
            }
        }
    }

    private void evaluateAndStep() {
        sensory.prepare(now.rates().get(0));
        for (int l = 1; l < top; l++) {
            Matrix weights = network.map(l + 1).matrix(la);
            error.get(l - 1).set(now.x().get(l - 1));
            la.multiply(-1, weights, Transpose.NO, now.rates().get(l), Transpose.NO, 1, error.get(l - 1));
            la.multiply(1, weights, Transpose.YES, error.get(l - 1), Transpose.NO, 0, pull.get(l));
        }
        la.parallel(shares.length, part -> {
            for (double[] share : shares[part]) {
                Arrays.fill(share, 0);
            }
            for (int l = 1; l <= top; l++) {
                step(l, part, shares[part]);
            }
        });
    }

    /** This part's nodes of layer l. */
    private void step(int l, int part, double[][] share) {
        int from = (int) ((long) network.size(l) * part / shares.length);
        int to = (int) ((long) network.size(l) * (part + 1) / shares.length);
        int batch = cues.rows();
        int first = from * batch;
        int last = to * batch;
        float[] x = now.x().get(l - 1).data();
        float[] errors = error.get(l - 1).data();
        if (l == 1) {
            sensory.pull(now.rates().get(0), from, to, pull.get(0), share[0]);
        }
        if (l == top) {
            if (network.priorMeans().isShared()) {
                Lanes.subtractNodes(x, network.priorMeans().values(), errors, batch, from, to);
            } else {
                Lanes.subtract(x, means.data(), errors, first, last);
            }
        }
        float precision = (float) network.precision(l);
        Lanes.addHalfSquares(errors, batch, from, to, precision, share[l]);
        Activation f = network.activation();
        float[] slopes = slope.get(l - 1).data();
        float[] moved = next.x().get(l - 1).data();
        f.slopes(x, slopes, first, last);
        Lanes.step(x, slopes, pull.get(l - 1).data(), precision, errors, gamma, moved, first, last);
        f.values(moved, next.rates().get(l - 1).data(), first, last);
    }

    /** What the energies of the present state say about each cue. */
    private void judge() {
        for (int cue = 0; cue < cues.rows(); cue++) {
            double last = progress.total(cue);
            double[] found = new double[top + 1];
            for (double[][] share : shares) {
                for (int l = 0; l <= top; l++) {
                    found[l] += share[l][cue];
                }
            }
            double total = Arrays.stream(found).sum();
            if (hasDiverged(cue) || !Double.isFinite(total)) {
                diverge(cue, List.of(now, next));
            } else {
                if (total > last + sensory.resolution(cue, last)) {
                    progress.rose(cue);
                }
                progress.stands(cue, found, Double.NaN, false);
                progress.stepped(cue);
            }
        }
    }

    /** The cue stays where it last was finite. */
    private void diverge(int cue, List<LaneState> states) {
        progress.end(cue, Status.DIVERGED);
        states.forEach(state -> state.copyCue(before, cue));
    }

    private boolean hasDiverged(int cue) {
        return progress.status(cue) == Status.DIVERGED;
    }

    @Override
    public Progress progress() {
        return progress;
    }

    /** The value nodes where the steps ended; the sensory layer is the cues. */
    @Override
    public ValueNodes values() {
        List<Matrix> layers = new ArrayList<>(List.of(cues));
        now.x().forEach(layer -> layers.add(Lanes.transpose(la, layer)));
        return new ValueNodes(layers);
    }

    @Override
    public boolean evaluateEnd() {
        ChainEnergy energy = new ChainEnergy(la, network, Clamp.all(network.size(0)), cues.rows());
        Evaluation found = energy.newEvaluation();
        energy.evaluate(values(), found);
        int[] beyond = IntStream.range(0, cues.rows())
                .filter(cue -> !hasDiverged(cue) && !Double.isFinite(found.total(cue)))
                .toArray();
        if (beyond.length > 0) {
            IntStream.of(beyond).forEach(cue -> diverge(cue, List.of(now)));
            energy.evaluate(values(), found);
        }
        ValueNodes end = values();
        Force force = new Force(network.activation(), false, 1, end);
        boolean finite = true;
        for (int cue = 0; cue < cues.rows(); cue++) {
            double last = progress.total(cue);
            double total = found.total(cue);
            if (Double.isFinite(total)) {
                force.slopes(end, cue);
                double residual = force.at(end, energy, found, cue);
                progress.stands(cue, found.energy()[cue], residual, residual == 0);
                if (progress.isRunning(cue) && total > last + sensory.resolution(cue, last)) {
                    progress.rose(cue);
                }
            } else { // it began there
                finite = false;
                progress.stands(cue, new double[top + 1], 0, false);
            }
        }
        progress.isUnderWay();
        endErrors = finite ? Optional.of(found.errors().get(0)) : Optional.empty();
        return true;
    }

    @Override
    public Optional<Matrix> endErrors() {
        return endErrors;
    }
}
