package dev.engram.network;

import dev.engram.linalg.Matrix;
import java.util.Arrays;
import java.util.List;

/**
 * What {@link Energy#evaluate} found at a point.
 *
 * @param errors ε^l per layer, [cues, size(l)]
 * @param feedback what the errors of the layer below send up, θ^{lᵀ} π_{l-1} ε^{l-1}, per layer l ≥ 1, [cues, size(l)];
 *     layer 0 has none and holds an empty matrix
 * @param energy per cue and layer, ½ π_l |ε^l|²
 */
public record Evaluation(List<Matrix> errors, List<Matrix> feedback, double[][] energy) {

    /** The energy of one cue, all layers together. */
    public double total(int cue) {
        return Arrays.stream(energy[cue]).sum();
    }
}
