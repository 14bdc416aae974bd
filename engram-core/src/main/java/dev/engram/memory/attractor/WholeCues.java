package dev.engram.memory.attractor;

import dev.engram.inference.Inference;
import dev.engram.inference.InferenceObserver;
import dev.engram.inference.InferenceStep;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.LinearMap;
import dev.engram.network.ValueNodes;
import java.util.Arrays;

/**
 * Whole cues in the coordinates that the sensory weights reach. For weights θ = Uᵀ Ŵ with orthonormal rows of U, and every f,
 *
 * <pre>
 *   |x - θ f|² = |U x - Ŵ f|² + outside,   outside = |x|² - |U x|²
 * </pre>
 *
 * <p>so cues are compared, and settle, in r coordinates instead of d values; only what is given back is made of values again. Weights that
 * are kept as a matrix have no coordinates but the values.
 */
final class WholeCues {
    private final LinearAlgebra la;
    private final LinearMap weights;
    private final GenerativeNetwork network;

    /**
     * Some cues.
     *
     * @param cues as they are, [cues, values]
     * @param coordinates U x, [cues, r]
     * @param outside per cue
     */
    record Shown(Matrix cues, Matrix coordinates, double[] outside) {}

    WholeCues(LinearAlgebra la, GenerativeNetwork network) {
        this.la = la;
        this.weights = network.map(1);
        this.network = weights instanceof LinearMap.Spanned spanned
                ? network.withSensoryMap(new LinearMap.Dense(spanned.factor()))
                : network;
    }

    /** The network whose sensory layer is the coordinates. */
    GenerativeNetwork network() {
        return network;
    }

    Shown shown(Matrix cues) {
        if (!(weights instanceof LinearMap.Spanned spanned)) {
            return new Shown(cues, cues, new double[cues.rows()]);
        }
        Matrix coordinates = la.product(cues, Transpose.NO, spanned.basis(), Transpose.YES);
        double[] outside = new double[cues.rows()];
        Arrays.setAll(outside, cue -> Math.max(0, cues.squaredLength(cue) - coordinates.squaredLength(cue)));
        return new Shown(cues, coordinates, outside);
    }

    /** Predicted values, of their coordinates. */
    Matrix values(Matrix coordinates) {
        return weights instanceof LinearMap.Spanned spanned
                ? la.product(coordinates, Transpose.NO, spanned.basis(), Transpose.NO)
                : coordinates;
    }

    /** The inference of the named cues, its observer being shown these as they are and all of their energy. */
    Inference watched(Inference inference, Shown shown, int[] named) {
        if (inference.observer() == InferenceObserver.NONE) {
            return inference;
        }
        Matrix cues = named.length == shown.cues.rows() ? shown.cues : shown.cues.rows(named);
        return inference.withObserver(step -> {
            double[][] energy = step.energy().clone();
            for (int k = 0; k < energy.length; k++) {
                energy[k] = energy[k].clone();
                energy[k][0] += 0.5 * shown.outside[named[k]];
            }
            ValueNodes values = step.values().withSensory(cues);
            return inference.observer().onStep(new InferenceStep(step.step(), step.priorPrecision(), energy, values));
        });
    }
}
