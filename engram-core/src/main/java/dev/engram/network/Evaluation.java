package dev.engram.network;

import dev.engram.linalg.Matrix;
import java.util.Arrays;
import java.util.List;

/**
 * The result of {@link Energy#evaluate} at a point: errors, feedback and energies.
 *
 * @param errors ε^l per layer, [cues, size(l)]
 * @param feedback what the errors of the layer below send up, θ^{lᵀ} π_{l-1} ε^{l-1}, per layer l ≥ 1, [cues, size(l)];
 *     layer 0 has none and holds an empty matrix
 * @param energy per cue and layer, ½ π_l |ε^l|²
 */
public record Evaluation(List<Matrix> errors, List<Matrix> feedback, double[][] energy) {
    /** The energy of all cues together, per layer. */
    public double[] energyPerLayer() {
        return perLayer(energy);
    }

    /** The sum over the cues of an energy per cue and layer. */
    public static double[] perLayer(double[][] energy) {
        double[] sums = new double[energy.length == 0 ? 0 : energy[0].length];
        for (double[] cue : energy) {
            for (int l = 0; l < sums.length; l++) {
                sums[l] += cue[l];
            }
        }
        return sums;
    }

    /** The energy of one cue, all layers together. */
    public double total(int cue) {
        return Arrays.stream(energy[cue]).sum();
    }
}
