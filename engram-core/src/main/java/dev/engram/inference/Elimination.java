package dev.engram.inference;

import dev.engram.graph.Clamp;
import dev.engram.graph.GenerativeNetwork;
import dev.engram.graph.LinearMap;
import dev.engram.graph.ValueNodes;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * First-order inference without the sensory layer: the same inference on a network whose sensory layer is the clamped nodes in {@link
 * KnownWeights}. The hidden layers take the same steps when everything is clamped, and end in the same equilibrium when some nodes
 * are free; a step then costs nothing in d.
 */
final class Elimination {
    /** Above this an eigendecomposition of [n, n] takes seconds. */
    private static final int LARGEST = 1200;

    private Elimination() {}

    /** Whether fewer operations are spent with it, the decomposition included. */
    static boolean pays(GenerativeNetwork network, Clamp clamp, int cues, int steps) {
        if (clamp.rows().size() != 1) {
            return false;
        }
        double d = network.size(0);
        double n = network.size(1);
        double r = network.map(1) instanceof LinearMap.Spanned spanned
                ? spanned.basis().rows()
                : n;
        double known = clamp.row(0).cardinality();
        double each = network.map(1) instanceof LinearMap.Spanned ? 4 * cues * r * (n + d) : 4 * cues * n * d;
        double once = 4 * r * r * known + 20 * r * r * r;
        return r <= LARGEST && once + steps * 4.0 * cues * n * r < steps * each;
    }

    static Equilibrium run(Inference inference, GenerativeNetwork network, ValueNodes start, Clamp clamp) {
        LinearAlgebra la = inference.la();
        int[] all = IntStream.range(0, start.cues()).toArray();
        BitSet known = clamp.row(0);
        KnownWeights weights = KnownWeights.of(la, network.map(1), known);
        KnownCoordinates reduced = weights.coordinates(la, start.layer(0), all);
        GenerativeNetwork small = weights.network(network);
        Equilibrium end = inference
                .withObserver(step -> inference.observer().onStep(original(step, reduced.outside(), start.layer(0))))
                .firstOrder(small, start.withSensory(reduced.cues().toFloat()), Clamp.all(small.size(0)));
        Matrix prediction = ValueNodes.predict(la, network, end.values().layer(1), 0);
        Matrix sensory = start.layer(0);
        if (!clamp.isAll()) {
            sensory = prediction.copy();
            Inference.copyClamped(start.layer(0), clamp, sensory);
        }
        ValueNodes values = end.values().withSensory(sensory);
        return new Equilibrium(
                values,
                prediction,
                Inference.evaluate(la, network.withPriorPrecision(inference.lastPrecision(network)), values, clamp)
                        .energy(),
                end.residual(),
                end.steps(),
                end.status());
    }

    private static InferenceStep original(InferenceStep step, double[] outside, Matrix sensory) {
        double[][] energy = new double[outside.length][];
        for (int cue = 0; cue < outside.length; cue++) {
            energy[cue] = step.energy()[cue].clone();
            energy[cue][0] += outside[cue];
        }
        return new InferenceStep(
                step.step(), step.priorPrecision(), energy, step.values().withSensory(sensory));
    }
}
