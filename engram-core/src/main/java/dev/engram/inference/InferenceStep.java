package dev.engram.inference;

import dev.engram.network.Evaluation;
import dev.engram.network.ValueNodes;
import java.util.Arrays;

/**
 * One step of inference as an observer sees it.
 *
 * @param step counts what the observer was shown, from 0
 * @param priorPrecision the λ in force
 * @param energy per cue and layer; live, copy what is to be kept
 * @param values the value nodes; live, copy what is to be kept. The sensory layer of a free node may lag behind its prediction
 *     where a solver eliminates it
 */
public record InferenceStep(int step, double priorPrecision, double[][] energy, ValueNodes values) {
    /** The energy of all cues together, per layer. */
    public double[] energyPerLayer() {
        return Evaluation.perLayer(energy);
    }

    /** The energy of all cues and layers together. */
    public double totalEnergy() {
        return Arrays.stream(energyPerLayer()).sum();
    }
}
