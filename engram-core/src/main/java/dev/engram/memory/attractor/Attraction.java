package dev.engram.memory.attractor;

import dev.engram.inference.Equilibrium;
import dev.engram.inference.Inference;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.Matrix;
import dev.engram.network.Clamp;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.PriorMeans;

/**
 * Inference with a {@link CodePrior}, which alternates between the equilibrium under the prior means m = Σ p_i c_i and the weights p of the
 * codes at that equilibrium. Either step minimises the same bound of the total energy over its own variables, so that the energy never
 * rises while β stays.
 */
final class Attraction {
    private final Inference inference;
    private final GenerativeNetwork network;
    private final CodePrior prior;
    private final AttractionOptions options;

    /**
     * Where it ended.
     *
     * @param equilibrium the last, its energies those under the prior means
     * @param responsibilities p, [cues, codes]
     * @param energy per cue, all layers under the code prior
     * @param steps per cue, of all rounds
     */
    record Result(Equilibrium equilibrium, DoubleMatrix responsibilities, double[] energy, int[] steps) {}

    /** Told of every round: β, and the energy of each cue with all its layers, under the code prior. */
    interface Observer {
        void onRound(double beta, double[] energy);
    }

    Attraction(Inference inference, GenerativeNetwork network, CodePrior prior, AttractionOptions options) {
        this.inference = inference;
        this.network = network;
        this.prior = prior;
        this.options = options;
    }

    /**
     * @param start p to begin with, [cues, codes]
     * @param observer called after every round
     */
    Result run(Matrix cues, Clamp clamp, DoubleMatrix start, Observer observer) {
        int[] steps = new int[cues.rows()];
        Stage stage = stage(options.sharpness().get(0));
        Matrix means = prior.means(start);
        Equilibrium end = inference.run(stage.under(means), cues, clamp);
        add(end.steps(), steps);
        Weighed found = new Weighed(start, new double[0]);
        boolean moved = true; // since the codes were weighed
        for (double sharpness : options.sharpness()) {
            Stage under = stage;
            stage = stage(sharpness);
            boolean settled = false;
            for (int round = 0; round < options.rounds() && !settled; round++) {
                Weighed next = weigh(stage, end);
                observer.onRound(stage.beta, next.energy);
                settled = largestChange(found.p, next.p) <= options.tolerance();
                found = next;
                Matrix before = means;
                means = prior.means(found.p);
                moved = under.sharpness != sharpness || !means.equals(before);
                under = stage;
                if (!moved) {
                    break; // where these means lead, all stand already
                }
                end = inference.run(stage.under(means), end.values(), clamp);
                add(end.steps(), steps);
            }
        }
        Weighed last = moved ? weigh(stage, end) : found;
        return new Result(end, last.p, last.energy, steps);
    }

    /** p at an equilibrium, and its energy under the code prior. */
    private record Weighed(DoubleMatrix p, double[] energy) {}

    private Stage stage(double sharpness) {
        return new Stage(
                network.withPriorPrecision(network.priorPrecision() * sharpness),
                sharpness,
                sharpness / prior.spacing());
    }

    /** A β, and the network with the λ that goes with it. */
    private static final class Stage {
        private final GenerativeNetwork at;
        private final double sharpness;
        private final double beta;

        Stage(GenerativeNetwork at, double sharpness, double beta) {
            this.at = at;
            this.sharpness = sharpness;
            this.beta = beta;
        }

        GenerativeNetwork under(Matrix means) {
            return at.withPriorMeans(PriorMeans.perCue(means));
        }
    }

    private Weighed weigh(Stage stage, Equilibrium end) {
        DoubleMatrix p = prior.logits(end.values().layer(network.hiddenLayers()), stage.beta);
        double[] energy = CodePrior.normalise(p);
        for (int cue = 0; cue < energy.length; cue++) {
            energy[cue] *= -stage.at.priorPrecision() / stage.beta;
            for (int l = 0; l < network.hiddenLayers(); l++) {
                energy[cue] += end.energy()[cue][l];
            }
        }
        return new Weighed(p, energy);
    }

    private static void add(int[] more, int[] steps) {
        for (int cue = 0; cue < steps.length; cue++) {
            steps[cue] += more[cue];
        }
    }

    private static double largestChange(DoubleMatrix a, DoubleMatrix b) {
        double largest = 0;
        for (int i = 0; i < a.data().length; i++) {
            largest = Math.max(largest, Math.abs(a.data()[i] - b.data()[i]));
        }
        return largest;
    }
}
