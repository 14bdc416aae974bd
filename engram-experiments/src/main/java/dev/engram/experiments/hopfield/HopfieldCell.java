package dev.engram.experiments.hopfield;

import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.Workbench;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Score;
import dev.engram.memory.hopfield.HopfieldNetwork;
import dev.engram.memory.hopfield.HopfieldOptions;
import dev.engram.memory.hopfield.HopfieldRule;
import dev.engram.memory.hopfield.PredictiveHopfield;
import dev.engram.memory.hopfield.PredictiveHopfieldOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** One draw of patterns, stored by every rule at every load, and recalled from flipped units. */
final class HopfieldCell {
    static final String RECALLED = "recalled fraction";
    static final String CORRELATION = "correlation with the PC-trained weights";
    static final String STEPS = "steps watched";
    static final String RISES = "rises of the energy";
    static final String RISE = "largest rise of the energy";
    static final String PC = "PC-trained";
    static final String HEBB = "Hebb";
    static final List<String> OTHERS = List.of(HEBB, "Storkey", "pseudo-inverse");
    static final List<String> RULES = List.of(PC, HEBB, "Storkey", "pseudo-inverse");
    /** The PC-trained network again, brought to rest by its own inference instead of by signs. */
    static final String PC_INFERENCE = "PC by inference";

    static final List<Double> LOADS = List.of(0.02, 0.05, 0.1, 0.14, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0);
    static final double LOAD = 0.1;
    static final double FLIPPED = 0.1;
    static final List<Double> FLIPS =
            IntStream.rangeClosed(0, 10).mapToObj(i -> i / 20.0).toList();
    static final double SHOWN_FLIPS = 0.3;
    /** Inference takes many times as long as recall by signs. */
    static final int INFERRED_DRAWS = 3;

    static final PredictiveHopfieldOptions OPTIONS = PredictiveHopfieldOptions.defaults();
    static final String WEIGHTS = "weights, ";
    static final String UPDATES = "updates";
    static final String INFERENCE = "inference";

    private static final double EXACT = 1e-9;

    private final LinearAlgebra la;
    private final Map<String, Descent> descents = new LinkedHashMap<>();
    private final Workbench bench;
    private final int units;
    private final int draw;
    private final Matrix all;

    /** @param all as many patterns as units; the first P of them are stored */
    HopfieldCell(Workbench bench, int units, int draw, Matrix all) {
        this.bench = bench;
        this.la = bench.la();
        this.units = units;
        this.draw = draw;
        this.all = all;
    }

    void run() {
        LOADS.forEach(this::store);
        descents.forEach((rule, descent) -> {
            CellSetting setting = bench.setting()
                    .with("recall by", RULES.contains(rule) ? UPDATES : INFERENCE)
                    .with("rule", rule);
            bench.measure(setting, STEPS, descent.steps());
            bench.measure(setting, RISES, descent.rises());
            bench.measure(setting, RISE, descent.largest());
        });
    }

    private void store(double load) {
        Matrix patterns = all.slice(0, Math.max(1, (int) Math.round(load * units)));
        CellSetting setting = bench.setting().with("load", load);
        PredictiveHopfield trained = bench.timed(
                setting.with("rule", PC), "seconds of training", () -> PredictiveHopfield.learn(patterns, OPTIONS, la));
        Map<String, HopfieldNetwork> networks = networks(trained, patterns);
        compareWeights(networks, setting, load == LOAD);
        for (double flips : load == LOAD ? FLIPS : List.of(0.0, FLIPPED)) {
            bench.requireGoingOn();
            Matrix cues = BinaryPatterns.flipped(patterns, flips, bench.seed(), draw);
            networks.forEach((rule, network) -> {
                Recalled recalled = Recalled.bySigns(network, cues, la);
                keep(recalled, setting.with("flipped", flips), rule, patterns);
                if (load == LOAD && flips == SHOWN_FLIPS && rule.equals(PC)) {
                    bench.curve(UPDATES, recalled.energy());
                }
            });
        }
        if (load == LOAD && draw < INFERRED_DRAWS) {
            infer(trained, patterns, setting);
        }
    }

    private void infer(PredictiveHopfield trained, Matrix patterns, CellSetting setting) {
        for (double flips : FLIPS) {
            bench.requireGoingOn();
            Matrix cues = BinaryPatterns.flipped(patterns, flips, bench.seed(), draw);
            Recalled recalled = Recalled.byInference(trained, cues);
            keep(recalled, setting.with("flipped", flips), PC_INFERENCE, patterns);
            if (flips == SHOWN_FLIPS) {
                bench.curve(INFERENCE, recalled.energy());
            }
        }
    }

    private Map<String, HopfieldNetwork> networks(PredictiveHopfield trained, Matrix patterns) {
        HopfieldOptions options = HopfieldOptions.defaults().withSeed(bench.seed());
        Map<String, HopfieldNetwork> networks = new LinkedHashMap<>();
        networks.put(PC, trained.classical(options));
        networks.put(HEBB, HopfieldNetwork.learn(patterns, options.withRule(HopfieldRule.HEBB), la));
        networks.put("Storkey", HopfieldNetwork.learn(patterns, options.withRule(HopfieldRule.STORKEY), la));
        networks.put(
                "pseudo-inverse", HopfieldNetwork.learn(patterns, options.withRule(HopfieldRule.PSEUDO_INVERSE), la));
        return networks;
    }

    /** The triangles stand for the weights off the diagonal: all of these matrices are symmetric. */
    private void compareWeights(Map<String, HopfieldNetwork> networks, CellSetting setting, boolean kept) {
        Map<String, float[]> triangles = new LinkedHashMap<>();
        networks.forEach((rule, network) -> triangles.put(rule, network.triangle()));
        float[] trained = Objects.requireNonNull(triangles.remove(PC));
        triangles.forEach((rule, triangle) ->
                bench.measure(setting.with("rule", rule), CORRELATION, Correlation.of(trained, triangle)));
        if (kept && units == Hopfield.FEW_UNITS && draw == 0) {
            networks.forEach((rule, network) -> bench.curve(WEIGHTS + rule, doubles(network.weights())));
        }
    }

    private void keep(Recalled recalled, CellSetting setting, String rule, Matrix patterns) {
        double fraction = Score.of(patterns, recalled.answers()).recoveredFraction(EXACT);
        bench.measure(setting.with("rule", rule), RECALLED, fraction);
        descents.merge(rule, recalled.descent(), Descent::and);
    }

    private static double[] doubles(Matrix matrix) {
        return IntStream.range(0, matrix.data().length)
                .mapToDouble(i -> matrix.data()[i])
                .toArray();
    }
}
