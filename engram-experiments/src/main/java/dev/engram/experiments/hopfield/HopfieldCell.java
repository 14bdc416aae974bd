package dev.engram.experiments.hopfield;

import dev.engram.experiments.frame.Setting;
import dev.engram.experiments.frame.Workbench;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.HopfieldNetwork;
import dev.engram.memory.HopfieldOptions;
import dev.engram.memory.HopfieldRule;
import dev.engram.memory.Mask;
import dev.engram.memory.PredictiveHopfield;
import dev.engram.memory.PredictiveHopfieldOptions;
import dev.engram.memory.Score;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One draw of patterns, stored by every rule at every load, and recalled from flipped units. */
final class HopfieldCell {
    static final String RECALLED = "recalled fraction";
    static final String RISE = "largest rise of the energy";
    static final String PC = "PC-trained";
    static final String HEBB = "Hebb";
    static final List<String> RULES = List.of(PC, HEBB, "Storkey", "pseudo-inverse");
    static final List<Double> LOADS = List.of(0.02, 0.05, 0.1, 0.14, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0);
    static final double LOAD = 0.1;
    static final double FLIPPED = 0.1;
    static final List<Double> FLIPS =
            IntStream.rangeClosed(0, 10).mapToObj(i -> i / 20.0).toList();
    static final String WEIGHTS = "weights, ";
    static final String UPDATES = "updates";
    static final String INFERENCE = "inference";

    private static final double EXACT = 1e-9;
    private static final int SWEEPS = 8;

    private final Workbench bench;
    private final int units;
    private final int draw;
    private final Matrix all;

    /** @param all as many patterns as units; the first P of them are stored */
    HopfieldCell(Workbench bench, int units, int draw, Matrix all) {
        this.bench = bench;
        this.units = units;
        this.draw = draw;
        this.all = all;
    }

    void run() {
        LOADS.forEach(this::store);
    }

    private void store(double load) {
        bench.requireGoingOn();
        Matrix patterns = all.slice(0, Math.max(1, (int) Math.round(load * units)));
        LinearAlgebra la = LinearAlgebra.shared();
        Setting setting = bench.setting().with("load", load);
        PredictiveHopfield trained = bench.timed(
                setting.with("rule", PC),
                "seconds of training",
                () -> PredictiveHopfield.learn(patterns, PredictiveHopfieldOptions.defaults(), la));
        HopfieldOptions options = HopfieldOptions.defaults().withSeed(bench.seed());
        Map<String, HopfieldNetwork> networks = new LinkedHashMap<>();
        networks.put(PC, trained.classical(options));
        networks.put(HEBB, HopfieldNetwork.learn(patterns, HopfieldRule.HEBB, options));
        networks.put("Storkey", HopfieldNetwork.learn(patterns, HopfieldRule.STORKEY, options));
        networks.put("pseudo-inverse", HopfieldNetwork.learn(patterns, HopfieldRule.PSEUDO_INVERSE, options));
        for (double flips : load == LOAD ? FLIPS : List.of(0.0, FLIPPED)) {
            Matrix cues = Patterns.flipped(patterns, flips, bench.seed(), draw);
            networks.forEach((rule, network) -> bench.measure(
                    setting.with("flipped", flips).with("rule", rule),
                    RECALLED,
                    Score.of(patterns, network.recall(cues).patterns()).recoveredFraction(EXACT)));
        }
        if (load == LOAD) {
            networks.forEach((rule, network) -> keepWeights(rule, network.weights()));
            Matrix cues = Patterns.flipped(patterns, 3 * FLIPPED, bench.seed(), draw);
            updates(trained, options, cues);
            inference(trained, cues);
        }
    }

    private void keepWeights(String rule, Matrix weights) {
        if (units == Hopfield.FEW_UNITS) {
            bench.curve(
                    WEIGHTS + rule,
                    IntStream.range(0, weights.data().length)
                            .mapToDouble(i -> weights.data()[i])
                            .toArray());
        }
    }

    /** The energy of every cue after every sweep: the same updates, stopped one sweep later each time. */
    private void updates(PredictiveHopfield trained, HopfieldOptions options, Matrix cues) {
        double[] before =
                trained.classical(options).complete(cues, Mask.all(units)).energy();
        double[] mean = new double[SWEEPS + 1];
        mean[0] = mean(before);
        double rise = 0;
        for (int sweeps = 1; sweeps <= SWEEPS; sweeps++) {
            double[] after =
                    trained.classical(options.withSweeps(sweeps)).recall(cues).energy();
            for (int cue = 0; cue < after.length; cue++) {
                rise = Math.max(rise, (after[cue] - before[cue]) / Math.abs(before[cue]));
            }
            before = after;
            mean[sweeps] = mean(after);
        }
        keepEnergy(UPDATES, mean, rise);
    }

    private void inference(PredictiveHopfield trained, Matrix cues) {
        List<Double> energies = new ArrayList<>();
        trained.infer(cues, step -> energies.add(step.totalEnergy() / cues.rows()));
        double rise = 0;
        for (int step = 1; step < energies.size(); step++) {
            rise = Math.max(rise, (energies.get(step) - energies.get(step - 1)) / energies.get(0));
        }
        keepEnergy(INFERENCE, energies.stream().mapToDouble(Double::doubleValue).toArray(), rise);
    }

    private void keepEnergy(String how, double[] curve, double rise) {
        bench.curve(how, curve);
        bench.measure(bench.setting().with("recall by", how), RISE, rise);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
