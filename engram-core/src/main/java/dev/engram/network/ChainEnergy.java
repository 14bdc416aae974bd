package dev.engram.network;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * The energy of a generative network, computed literally as the paper writes it: the reference every other engine is held to.
 *
 * <pre>
 *   ε^l = x^l - μ^l,   μ^l = θ^{l+1} f(x^{l+1}),   μ^L = b          (Eq. 1)
 *   E   = ½ Σ_l π_l |ε^l|²                                          (Eq. 2; π_L = λ, every other π_l = 1)
 *  -∂E/∂x^l = -π_l ε^l + f'(x^l) ⊙ θ^{lᵀ} π_{l-1} ε^{l-1}           (Eq. 3, without the step γ)
 * </pre>
 *
 * <p>One evaluation costs two matrix products a layer: 4·N·Σ size(l)·size(l-1) floating-point operations for N cues.
 */
public final class ChainEnergy implements Energy {
    private static final int WORTH_SPLITTING = 200_000;

    private final LinearAlgebra la;
    private final GenerativeNetwork network;
    private final Clamp clamp;
    private final boolean moves;
    private final Matrix[] f; // made when they are needed
    private final int cues;

    /** The energy of {@code cues} cues of which the sensory nodes in {@code clamp} are held. */
    public ChainEnergy(LinearAlgebra la, GenerativeNetwork network, Clamp clamp, int cues) {
        network.priorMeans().requireFits(cues);
        this.la = la;
        this.network = network;
        this.clamp = clamp;
        this.moves = !clamp.isAll();
        this.f = new Matrix[network.hiddenLayers() + 1];
        this.cues = cues;
    }

    @Override
    public Evaluation newEvaluation() {
        return newEvaluation(cues);
    }

    /** Where {@link #evaluateErrors} writes: without room for the feedback. */
    public Evaluation newErrors() {
        return newEvaluation(0);
    }

    private Evaluation newEvaluation(int withFeedback) {
        int top = network.hiddenLayers();
        List<Matrix> errors = IntStream.rangeClosed(0, top)
                .mapToObj(l -> Matrix.zeros(cues, network.size(l)))
                .toList();
        List<Matrix> feedback = IntStream.rangeClosed(0, top)
                .mapToObj(l -> Matrix.zeros(withFeedback, l == 0 ? 0 : network.size(l)))
                .toList();
        return new Evaluation(errors, feedback, new double[cues][top + 1]);
    }

    @Override
    public void evaluate(ValueNodes x, Evaluation out) {
        evaluateErrors(x, out);
        for (int l = 0; l < network.hiddenLayers(); l++) {
            Matrix above = out.feedback().get(l + 1);
            network.map(l + 1)
                    .feedback(la, (float) network.precision(l), out.errors().get(l), above);
        }
    }

    /**
     * Eq. 2: the errors ε^l = x^l - μ^l and the energies ½ π_l |ε^l|² of all layers, at half the cost of {@link #evaluate}; the feedback in
     * {@code out} keeps what it held.
     */
    public void evaluateErrors(ValueNodes x, Evaluation out) {
        for (int l = network.hiddenLayers(); l >= 0; l--) {
            evaluateErrors(x, l, out);
        }
    }

    /**
     * The same where the prediction of the sensory layer is known, at no cost in its size.
     *
     * @param prediction μ^0, [cues, size(0)]
     */
    public void evaluateErrors(ValueNodes x, Matrix prediction, Evaluation out) {
        for (int l = network.hiddenLayers(); l > 0; l--) {
            evaluateErrors(x, l, out);
        }
        Matrix error = out.errors().get(0);
        for (int i = 0; i < error.data().length; i++) {
            error.data()[i] = x.layer(0).data()[i] - prediction.data()[i];
        }
        sumSquares(error, 0, out.energy());
    }

    private void evaluateErrors(ValueNodes x, int l, Evaluation out) {
        Matrix error = out.errors().get(l);
        error.set(x.layer(l));
        if (l == network.hiddenLayers()) {
            network.priorMeans().subtractFrom(error);
        } else if (!network.map(l + 1).isZero()) {
            if (f[l + 1] == null) {
                f[l + 1] = Matrix.zeros(cues, network.size(l + 1));
            }
            network.activation().values(x.layer(l + 1).data(), f[l + 1].data());
            network.map(l + 1).predict(la, -1, f[l + 1], 1, error);
        }
        sumSquares(error, l, out.energy());
    }

    private void sumSquares(Matrix error, int layer, double[][] energy) {
        IntConsumer ofCue = cue -> energy[cue][layer] = 0.5 * network.precision(layer) * squaredNorm(error, cue);
        if (error.data().length > WORTH_SPLITTING) {
            la.parallel(error.rows(), ofCue);
        } else {
            IntStream.range(0, error.rows()).forEach(ofCue);
        }
    }

    private static double squaredNorm(Matrix matrix, int row) {
        float[] data = matrix.data();
        int from = row * matrix.columns();
        int to = from + matrix.columns();
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = from;
        for (; i + 3 < to; i += 4) { // four sums, so that no addition waits for the one before
            a += (double) data[i] * data[i];
            b += (double) data[i + 1] * data[i + 1];
            c += (double) data[i + 2] * data[i + 2];
            d += (double) data[i + 3] * data[i + 3];
        }
        for (; i < to; i++) {
            a += (double) data[i] * data[i];
        }
        return a + b + c + d;
    }

    @Override
    public Energy cues(int... cues) {
        return new ChainEnergy(la, network.forCues(cues), clamp.cues(cues), cues.length);
    }

    @Override
    public double precision(int layer) {
        return network.precision(layer);
    }

    @Override
    public boolean isFree(int cue, int node) {
        return !clamp.row(cue).get(node);
    }

    /**
     * With s_l the largest singular value of θ^l times the largest |f'|, a change δ of the value nodes changes the errors by at most B|δ| where B has
     * √π_l on its diagonal and √π_l s_{l+1} beside it; the bound is the largest eigenvalue of BᵀB.
     */
    @Override
    public double curvatureBound() {
        int top = network.hiddenLayers();
        DoubleMatrix b = DoubleMatrix.zeros(top + 1, top + 1);
        for (int l = 0; l <= top; l++) {
            double root = Math.sqrt(network.precision(l));
            b.set(l, l, l == 0 && !moves ? 0 : root);
            if (l < top) {
                b.set(l, l + 1, root * steepest(l + 1));
            }
        }
        return la.eigen(la.product(b, Transpose.YES, b, Transpose.NO)).values()[top];
    }

    /**
     * The sums of the rows of that BᵀB:
     *
     * <pre>
     *   c_l = π_l (1 + s_{l+1}) + π_{l-1} (s_l + s_l²)       without s_l where layer l-1 is clamped
     * </pre>
     */
    @Override
    public double[] curvatureBounds() {
        double[] bounds = new double[network.hiddenLayers() + 1];
        for (int l = 0; l < bounds.length; l++) {
            bounds[l] += network.precision(l);
            if (l > 0) {
                double s = steepest(l);
                boolean bothMove = l > 1 || moves;
                bounds[l - 1] += network.precision(l - 1) * s;
                bounds[l] += network.precision(l - 1) * ((bothMove ? s : 0) + s * s);
            }
        }
        return bounds;
    }

    /** s_l. */
    private double steepest(int layer) {
        return network.activation().steepest() * network.map(layer).spectralNorm(la);
    }

    @Override
    public double resolution(int cue, double energy) {
        return Energy.rounding(energy, network.size(0));
    }
}
