package dev.engram.memory.attractor;

import dev.engram.inference.Equilibrium;
import dev.engram.inference.Inference;
import dev.engram.inference.Status;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.Matrix;
import dev.engram.network.Clamp;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.PriorMeans;
import dev.engram.network.ValueNodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Inference with a {@link CodePrior}, which alternates between the equilibrium under the prior means m = Σ p_i c_i and the weights p of the
 * codes at that equilibrium. Either step minimises the same bound of the total energy over its own variables, so that the energy never
 * rises while β stays.
 *
 * <p>A cue whose means come out the same again stands where they lead, and is left there.
 */
final class Attraction {
    private final Function<int[], Inference> inference; // of some of the cues
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
        this(cues -> inference, network, prior, options);
    }

    /** @param inference of the named ones among the cues */
    Attraction(
            Function<int[], Inference> inference,
            GenerativeNetwork network,
            CodePrior prior,
            AttractionOptions options) {
        this.inference = inference;
        this.network = network;
        this.prior = prior;
        this.options = options;
    }

    /**
     * @param clamp of these cues, all the same
     * @param start p to begin with, [cues, codes]; overwritten
     * @param observer called after every round
     */
    Result run(Matrix cues, Clamp clamp, DoubleMatrix start, Observer observer) {
        Stage stage = stage(options.sharpness().get(0));
        Run run = new Run(cues, clamp, start, stage);
        for (double sharpness : options.sharpness()) {
            boolean isNew = sharpness != stage.sharpness;
            stage = stage(sharpness);
            run.under(stage, isNew, observer);
        }
        return run.result(stage);
    }

    private Stage stage(double sharpness) {
        return new Stage(
                network.withPriorPrecision(network.priorPrecision() * sharpness),
                sharpness,
                sharpness / prior.spacing());
    }

    /** A β, and the network with the λ that goes with it. */
    private record Stage(GenerativeNetwork at, double sharpness, double beta) {
        GenerativeNetwork under(Matrix means) {
            return at.withPriorMeans(PriorMeans.perCue(means));
        }
    }

    /** Where the cues of one run stand. */
    private final class Run {
        private final Clamp clamp;
        private final int[] all;
        private final Matrix means;
        private final DoubleMatrix p;
        private final double[] energy;
        private final int[] steps;
        private final Status[] status;
        private final Equilibrium end; // its contents are overwritten
        private int[] moved; // the cues that moved since the codes were weighed there

        Run(Matrix cues, Clamp clamp, DoubleMatrix start, Stage stage) {
            this.clamp = clamp;
            this.all = IntStream.range(0, cues.rows()).toArray();
            this.p = start;
            this.energy = new double[all.length];
            this.means = prior.means(start);
            this.end = inference.apply(all).run(stage.under(means), cues, clamp);
            this.steps = end.steps().clone();
            this.status = end.status().toArray(new Status[0]);
            this.moved = all;
        }

        void under(Stage stage, boolean isNew, Observer observer) {
            moved = isNew ? all : moved;
            boolean settled = false;
            for (int round = 0; round < options.rounds() && !settled && moved.length > 0; round++) {
                settled = weigh(stage) <= options.tolerance();
                observer.onRound(stage.beta, energy.clone());
                int[] turned = turned();
                settle(stage, isNew && round == 0 ? all : turned);
            }
        }

        /** Weighs the codes where the cues that moved stand; returns by how much a p changed at most. */
        private double weigh(Stage stage) {
            DoubleMatrix found =
                    prior.logits(end.values().layer(network.hiddenLayers()).rows(moved), stage.beta);
            double[] logSums = CodePrior.normalise(found);
            double change = largestChange(p.rows(moved), found);
            p.setRows(moved, found);
            for (int k = 0; k < moved.length; k++) {
                double sum = -stage.at.priorPrecision() / stage.beta * logSums[k];
                for (int l = 0; l < network.hiddenLayers(); l++) {
                    sum += end.energy()[moved[k]][l];
                }
                energy[moved[k]] = sum;
            }
            return change;
        }

        /** The cues among those that moved whose means are others now. */
        private int[] turned() {
            Matrix before = means.rows(moved);
            Matrix now = prior.means(p.rows(moved));
            means.setRows(moved, now);
            return IntStream.range(0, moved.length)
                    .filter(k -> !Arrays.equals(before.row(k), now.row(k)))
                    .map(k -> moved[k])
                    .toArray();
        }

        /** Inference of the named cues under their means. */
        private void settle(Stage stage, int[] named) {
            moved = named;
            if (named.length == 0) {
                return;
            }
            List<Matrix> start = new ArrayList<>();
            end.values().layers().forEach(layer -> start.add(layer.rows(named)));
            Equilibrium part = inference
                    .apply(named)
                    .run(stage.under(means.rows(named)), new ValueNodes(start), clamp.cues(named));
            for (int l = clamp.isAll() ? 1 : 0; l <= network.hiddenLayers(); l++) {
                end.values().layer(l).setRows(named, part.values().layer(l));
            }
            end.prediction().setRows(named, part.prediction());
            for (int k = 0; k < named.length; k++) {
                end.energy()[named[k]] = part.energy()[k];
                end.residual()[named[k]] = part.residual()[k];
                steps[named[k]] += part.steps()[k];
                status[named[k]] = part.status().get(k);
            }
        }

        Result result(Stage stage) {
            if (moved.length > 0) {
                weigh(stage);
            }
            Equilibrium last = new Equilibrium(
                    end.values(), end.prediction(), end.energy(), end.residual(), end.steps(), List.of(status));
            return new Result(last, p, energy, steps);
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
