package dev.engram.inference;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.network.Energy;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;

/**
 * What a {@link Solver.Own} sees of the cues it moves, under one prior precision λ: some or all cues of a batch, numbered from 0.
 *
 * <p>Where the sensory layer is summed away ({@link Engine#REDUCED}), the network has in its place as many nodes as the known ones have
 * coordinates, all of them clamped; energies, forces and equilibria of the hidden layers are the same but for a constant.
 */
public interface CueGroup {
    /** How many. */
    int cues();

    /** The network, with the λ in force; only read. */
    GenerativeNetwork network();

    /** Its energy for these cues: curvature bounds, precisions, which sensory nodes are free. */
    Energy energy();

    /** What computes. */
    LinearAlgebra la();

    /** Whether a cue still runs; one that has ended is not moved again. */
    boolean isRunning(int cue);

    /**
     * Energies and forces at any value nodes of these cues: an evaluation of all weights (4·N·Σ size(l)·size(l-1) operations for N cues).
     *
     * @param x x^0 .. x^L, layer l being [cues, size(l)]; kept, not copied
     */
    Point at(ValueNodes x);

    /**
     * Value nodes, and what is known there.
     *
     * @param x x^0 .. x^L; only read
     * @param force -∂E/∂x of Eq. 3 for layers 1 .. L, [cues, size(l)], and for layer 0 where sensory nodes are free (0 at clamped ones; else
     *     the layer is empty). On the kink of a unit it is the steepest way down, 0 where both ways lead up. Only read
     * @param energy per cue and layer, ½ π_l |ε^l|²
     * @param residual per cue, see {@link Equilibrium}
     */
    record Point(ValueNodes x, ValueNodes force, double[][] energy, double[] residual) {}
}
