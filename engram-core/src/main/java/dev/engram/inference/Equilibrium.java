package dev.engram.inference;

import dev.engram.linalg.Matrix;
import dev.engram.network.ValueNodes;
import java.util.Arrays;
import java.util.List;

/**
 * The result of inference for a batch of cues.
 *
 * <p>The residual is the force left over, as a fraction: |∂E/∂x| / (|∂E/∂x| + |π ε|) over the hidden layers, with the
 * one-sided derivatives where a ReLU unit rests on its kink. For a network with one hidden layer whose units do not cross their
 * kinks it bounds how far the energy is from its minimum: with r = residual / (1 - residual), E - E_min ≤ r² · (energy of the top
 * layer). Where a tiny prior precision leaves the prior's pull below the rounding of the other forces, a converged cue may have a
 * residual above the tolerance.
 *
 * @param values x^0 .. x^L
 * @param prediction μ^0, [cues, size(0)]
 * @param energy per cue and layer, ½ π_l |ε^l|², at the last λ of the annealing
 * @param residual per cue
 * @param steps per cue, how many steps changed it
 * @param status per cue
 */
public record Equilibrium(
        ValueNodes values, Matrix prediction, double[][] energy, double[] residual, int[] steps, List<Status> status) {
    public Equilibrium {
        status = List.copyOf(status);
    }

    /** The energy of one cue, all layers together. */
    public double totalEnergy(int cue) {
        return Arrays.stream(energy[cue]).sum();
    }

    /** The energy of all cues and layers together. */
    public double totalEnergy() {
        return Arrays.stream(energy).flatMapToDouble(Arrays::stream).sum();
    }
}
