package dev.engram.experiments.hopfield;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import dev.engram.memory.Recall;
import dev.engram.memory.hopfield.HopfieldNetwork;
import dev.engram.memory.hopfield.HopfieldOptions;
import dev.engram.memory.hopfield.PredictiveHopfield;
import java.util.Arrays;

/**
 * The recall of a Hopfield network with the energies of its cues watched: after every sweep over the units, or after
 * every step of inference.
 *
 * <pre>
 *   by signs       E = -½ sᵀ W s             a rise is a fraction of ½ Σ |w_ij|, the most that E can be
 *   by inference   E = ½ |x - W tanh(x)|²    a rise is a fraction of ½ |x|² at the start
 * </pre>
 *
 * @param answers [cues, units] of 0 and 1
 * @param energy the mean over the cues, at the start and after every step
 * @param descent of all cues
 */
record Recalled(Matrix answers, double[] energy, Descent descent) {
    private static final int MOST_SWEEPS = 100;
    /** In double precision: nothing but the last digits. */
    private static final double SIGNS_ROUNDING = 1e-12;
    /** In single precision: of N squares of errors, next to N squares of x. */
    private static final double INFERENCE_ROUNDING = 1e-7;

    /** One sweep at a time until no unit changes, each in an order of its own. */
    static Recalled bySigns(HopfieldNetwork network, Matrix cues, LinearAlgebra la) {
        HopfieldOptions options = network.options();
        DoubleMatrix weights = network.weights().toDouble();
        double most = 0.5 * Arrays.stream(weights.data()).map(Math::abs).sum();
        EnergyWatch watch = new EnergyWatch(most, SIGNS_ROUNDING);
        Matrix state = cues;
        watch.see(energies(weights, state, la));
        boolean resting = false;
        for (int sweep = 0; sweep < MOST_SWEEPS && !resting; sweep++) {
            HopfieldOptions one = options.withSweeps(1).withSeed(options.seed() + sweep);
            Recall recall = HopfieldNetwork.of(network.weights(), one, la).recall(state);
            resting = Arrays.stream(recall.steps()).allMatch(steps -> steps == 0);
            state = recall.patterns();
            if (!resting) {
                watch.see(energies(weights, state, la));
            }
        }
        return new Recalled(state, watch.means(), watch.descent());
    }

    private static double[] energies(DoubleMatrix weights, Matrix state, LinearAlgebra la) {
        DoubleMatrix s = state.toDouble();
        for (int i = 0; i < s.data().length; i++) {
            s.data()[i] = 2 * s.data()[i] - 1;
        }
        DoubleMatrix field = la.product(s, Transpose.NO, weights, Transpose.NO);
        double[] energies = new double[s.rows()];
        for (int i = 0; i < s.data().length; i++) {
            energies[i / s.columns()] -= 0.5 * s.data()[i] * field.data()[i];
        }
        return energies;
    }

    static Recalled byInference(PredictiveHopfield trained, Matrix cues) {
        double scale = trained.options().scale();
        EnergyWatch watch = new EnergyWatch(0.5 * cues.columns() * scale * scale, INFERENCE_ROUNDING);
        DoubleMatrix x = trained.states(trained.infer(cues, step -> {
            watch.see(PredictiveHopfield.energies(step));
            return true;
        }));
        return new Recalled(signs(x), watch.means(), watch.descent());
    }

    /** x → W tanh(x), all units at once, from ±scale: the answers alone, since no energy is known to fall. */
    static Matrix byMap(DoubleMatrix weights, Matrix cues, double scale, LinearAlgebra la) {
        DoubleMatrix x = DoubleMatrix.zeros(cues.rows(), cues.columns());
        for (int i = 0; i < x.data().length; i++) {
            x.data()[i] = cues.data()[i] > 0 ? scale : -scale;
        }
        for (int step = 0; step < MOST_SWEEPS; step++) {
            for (int i = 0; i < x.data().length; i++) {
                x.data()[i] = Math.tanh(x.data()[i]);
            }
            x = la.product(x, Transpose.NO, weights, Transpose.YES);
        }
        return signs(x);
    }

    private static Matrix signs(DoubleMatrix x) {
        Matrix signs = Matrix.zeros(x.rows(), x.columns());
        for (int i = 0; i < signs.data().length; i++) {
            signs.data()[i] = x.data()[i] > 0 ? 1 : 0;
        }
        return signs;
    }
}
