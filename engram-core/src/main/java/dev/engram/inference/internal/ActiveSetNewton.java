package dev.engram.inference.internal;

import dev.engram.inference.Equilibrium;
import dev.engram.inference.Inference;
import dev.engram.inference.InferenceObserver;
import dev.engram.inference.InferenceStep;
import dev.engram.inference.Status;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.Activation;
import dev.engram.network.Clamp;
import dev.engram.network.Evaluation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;
import java.util.Arrays;
import java.util.List;

/**
 * Equilibria of networks with one hidden layer of ReLU or linear units by Newton steps.
 *
 * <p>Free sensory nodes carry no force at equilibrium, so only the known ones K enter; with G = W_KᵀW_K and C = W_Kᵀx_K the energy
 * of a cue is piecewise quadratic in its hidden nodes x and their rates r = f(x):
 *
 * <pre>
 *   E(x) = ½|x_K|² - C·r + ½ r·G r + ½ λ |x - b|²
 * </pre>
 *
 * <p>Cues with the same clamp share G and are solved together ({@link NewtonGroup}).
 */
public final class ActiveSetNewton {
    private final Inference options;
    private final GenerativeNetwork network;

    public ActiveSetNewton(Inference options, GenerativeNetwork network) {
        this.options = options;
        this.network = network;
    }

    public static boolean applies(GenerativeNetwork network) {
        return network.hiddenLayers() == 1 && network.activation() != Activation.TANH;
    }

    public Equilibrium run(ValueNodes start, Clamp clamp) {
        LinearAlgebra la = options.la();
        Matrix hidden = start.layer(1).copy();
        int cues = start.cues();
        double[][] energy = new double[cues][2];
        double[] residual = new double[cues];
        int[] steps = new int[cues];
        Status[] status = new Status[cues];
        Arrays.fill(status, Status.CANCELLED);
        ValueNodes values = new ValueNodes(List.of(start.layer(0), hidden));
        Progress progress = new Progress(options.observer(), energy, values);
        for (int[] group : clamp.groups(cues)) {
            if (progress.cancelled) {
                break;
            }
            KnownPart known =
                    KnownPart.of(la, network.map(1), options.masks(), start.layer(0), clamp.row(group[0]), group);
            NewtonGroup newton = new NewtonGroup(options, network.forCues(group), known, hidden.rows(group));
            newton.run(lambda -> {
                for (int i = 0; i < group.length; i++) {
                    energy[group[i]] = newton.energy(i);
                }
                newton.copyHidden(hidden, group);
                return progress.step(lambda);
            });
            for (int i = 0; i < group.length; i++) {
                residual[group[i]] = newton.residual(i);
                steps[group[i]] = newton.steps(i);
                status[group[i]] = newton.status(i);
            }
            newton.copyHidden(hidden, group);
        }
        Matrix prediction = ValueNodes.predict(la, network, hidden, 0);
        Matrix sensory = start.layer(0);
        if (!clamp.isAll()) {
            sensory = prediction.copy();
            clamp.hold(start.layer(0), sensory);
        }
        ValueNodes end = values.withSensory(sensory);
        Evaluation evaluation =
                Inference.evaluate(la, network.withPriorPrecision(options.lastPrecision(network)), end, clamp);
        return new Equilibrium(end, prediction, evaluation.energy(), residual, steps, List.of(status));
    }

    /** Numbers the steps of all groups in one sequence for the observer. */
    private static final class Progress {
        private final InferenceObserver observer;
        private final double[][] energy;
        private final ValueNodes values;
        private int step;
        private boolean cancelled;

        Progress(InferenceObserver observer, double[][] energy, ValueNodes values) {
            this.observer = observer;
            this.energy = energy;
            this.values = values;
        }

        boolean step(double lambda) {
            cancelled = !observer.onStep(new InferenceStep(step++, lambda, energy, values));
            return !cancelled;
        }
    }
}
