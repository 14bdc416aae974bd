package dev.engram.inference.internal;

import dev.engram.inference.Inference;
import dev.engram.linalg.Matrix;
import dev.engram.network.Clamp;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Inference without the sensory layer, by first-order steps or a solver of one's own: the same inference on a small network whose sensory layer is the known nodes in the
 * coordinates of {@link KnownWeights}, for cues that share their known nodes.
 *
 * <p>The hidden layers take the same steps when everything is clamped, and end in the same equilibrium when some nodes are free; a step then
 * costs nothing in d.
 *
 * @param small the inference on the small network
 * @param outside ½|what no hidden values explain|² per cue, which the small network leaves out of its energy
 */
record Reduction(SolverState small, double[] outside) implements SolverState {
    /**
     * Starts.
     *
     * @param values of all cues
     * @param known the nodes that are clamped
     * @param cues those that share them
     */
    static Reduction start(Inference options, GenerativeNetwork network, ValueNodes values, BitSet known, int[] cues) {
        KnownWeights weights = KnownWeights.of(options.la(), network.map(1), known);
        KnownWeights.Coordinates reduced = weights.coordinates(options.la(), values.layer(0), cues);
        List<Matrix> start = new ArrayList<>(List.of(reduced.cues().toFloat()));
        values.layers().stream().skip(1).map(layer -> layer.rows(cues)).forEach(start::add);
        GenerativeNetwork small = weights.network(network).forCues(cues);
        Clamp all = Clamp.all(small.size(0));
        return new Reduction(
                Descent.layers(options, small, new ValueNodes(start), all, reduced.outside()), reduced.outside());
    }

    @Override
    public double[] energy(int cue) {
        double[] energy = small.energy(cue).clone();
        energy[0] += outside[cue];
        return energy;
    }

    @Override
    public Stage begin(double priorPrecision) {
        return small.begin(priorPrecision);
    }

    @Override
    public boolean showsBeginning() {
        return small.showsBeginning();
    }

    @Override
    public Progress progress() {
        return small.progress();
    }

    @Override
    public ValueNodes values() {
        return small.values();
    }
}
