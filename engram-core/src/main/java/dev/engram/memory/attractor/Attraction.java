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
        DoubleMatrix p = start;
        int[] steps = new int[cues.rows()];
        Stage stage = stage(options.sharpness().get(0));
        Equilibrium end = inference.run(stage.under(p), cues, clamp);
        add(end.steps(), steps);
        for (double sharpness : options.sharpness()) {
            stage = stage(sharpness);
            boolean settled = false;
            for (int round = 0; round < options.rounds() && !settled; round++) {
                DoubleMatrix weighed = weigh(stage, end, observer);
                settled = largestChange(p, weighed) <= options.tolerance();
                p = weighed;
                end = inference.run(stage.under(p), end.values(), clamp);
                add(end.steps(), steps);
            }
        }
        double[][] energy = new double[1][];
        p = weigh(stage, end, (beta, found) -> energy[0] = found);
        return new Result(end, p, energy[0], steps);
    }

    private Stage stage(double sharpness) {
        return new Stage(network.withPriorPrecision(network.priorPrecision() * sharpness), sharpness / prior.spacing());
    }

    /** A β, and the network with the λ that goes with it. */
    private final class Stage {
        private final GenerativeNetwork at;
        private final double beta;

        Stage(GenerativeNetwork at, double beta) {
            this.at = at;
            this.beta = beta;
        }

        GenerativeNetwork under(DoubleMatrix p) {
            return at.withPriorMeans(PriorMeans.perCue(prior.means(p)));
        }
    }

    /** p at the equilibrium, and its energy under the code prior to the observer. */
    private DoubleMatrix weigh(Stage stage, Equilibrium end, Observer observer) {
        DoubleMatrix p = prior.logits(end.values().layer(network.hiddenLayers()), stage.beta);
        double[] energy = CodePrior.normalise(p);
        for (int cue = 0; cue < energy.length; cue++) {
            energy[cue] *= -stage.at.priorPrecision() / stage.beta;
            for (int l = 0; l < network.hiddenLayers(); l++) {
                energy[cue] += end.energy()[cue][l];
            }
        }
        observer.onRound(stage.beta, energy);
        return p;
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
