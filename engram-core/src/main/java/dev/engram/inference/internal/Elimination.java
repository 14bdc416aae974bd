package dev.engram.inference.internal;

import dev.engram.inference.Equilibrium;
import dev.engram.inference.Inference;
import dev.engram.inference.InferenceObserver;
import dev.engram.inference.InferenceStep;
import dev.engram.inference.Status;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.Clamp;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * First-order inference without the sensory layer: the same inference on a network whose sensory layer is the clamped nodes in {@link
 * KnownWeights}. The hidden layers take the same steps when everything is clamped, and end in the same equilibrium when some nodes
 * are free; a step then costs nothing in d. Cues with the same clamp go together.
 */
public final class Elimination {
    private final Inference inference;
    private final GenerativeNetwork network;
    private final ValueNodes values; // where each cue stands; the groups' rows are written as they end
    private final Clamp clamp;
    private final double[][] energy;
    private final double[] residual;
    private final int[] steps;
    private final Status[] status;
    private int firstStep; // of the present group, in the observer's count
    private boolean cancelled;

    private Elimination(Inference inference, GenerativeNetwork network, ValueNodes start, Clamp clamp) {
        this.inference = inference;
        this.network = network;
        this.values = start.copyFrom(1);
        this.clamp = clamp;
        this.energy = new double[start.cues()][network.hiddenLayers() + 1];
        this.residual = new double[start.cues()];
        this.steps = new int[start.cues()];
        this.status = new Status[start.cues()];
        Arrays.fill(status, Status.CANCELLED);
    }

    public static Equilibrium run(Inference inference, GenerativeNetwork network, ValueNodes start, Clamp clamp) {
        Elimination run = new Elimination(inference, network, start, clamp);
        for (int[] group : clamp.groups(start.cues())) {
            if (!run.cancelled) {
                run.infer(group);
            }
        }
        return run.result();
    }

    private void infer(int[] group) {
        LinearAlgebra la = inference.la();
        Matrix sensory = values.layer(0);
        KnownWeights weights = KnownWeights.of(la, network.map(1), clamp.row(group[0]));
        KnownCoordinates reduced = weights.coordinates(la, sensory, group);
        GenerativeNetwork small = weights.network(network).forCues(group);
        ValueNodes start = new ValueNodes(IntStream.rangeClosed(0, values.top())
                .mapToObj(
                        l -> l == 0 ? reduced.cues().toFloat() : values.layer(l).rows(group))
                .toList());
        int[] last = new int[1];
        InferenceObserver observer = inference.observer() == InferenceObserver.NONE
                ? InferenceObserver.NONE
                : step -> {
                    last[0] = step.step();
                    return show(step, group, reduced.outside());
                };
        Equilibrium end = inference.withObserver(observer).firstOrder(small, start, Clamp.all(small.size(0)));
        firstStep += last[0] + 1;
        place(end.values(), group);
        for (int i = 0; i < group.length; i++) {
            residual[group[i]] = end.residual()[i];
            steps[group[i]] = end.steps()[i];
            status[group[i]] = end.status().get(i);
        }
    }

    private boolean show(InferenceStep step, int[] group, double[] outside) {
        for (int i = 0; i < group.length; i++) {
            energy[group[i]] = step.energy()[i].clone();
            energy[group[i]][0] += outside[i];
        }
        place(step.values(), group);
        cancelled = !inference
                .observer()
                .onStep(new InferenceStep(firstStep + step.step(), step.priorPrecision(), energy, values));
        return !cancelled;
    }

    private void place(ValueNodes hidden, int[] group) {
        for (int l = 1; l <= values.top(); l++) {
            values.layer(l).setRows(group, hidden.layer(l));
        }
    }

    private Equilibrium result() {
        LinearAlgebra la = inference.la();
        Matrix prediction = ValueNodes.predict(la, network, values.layer(1), 0);
        Matrix sensory = values.layer(0);
        if (!clamp.isAll()) {
            sensory = prediction.copy();
            clamp.hold(values.layer(0), sensory);
        }
        ValueNodes end = values.withSensory(sensory);
        GenerativeNetwork last = network.withPriorPrecision(inference.lastPrecision(network));
        return new Equilibrium(
                end, prediction, Inference.evaluate(la, last, end, clamp).energy(), residual, steps, List.of(status));
    }
}
