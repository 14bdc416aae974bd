package dev.engram.experiments.hopfield;

import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.Workbench;
import dev.engram.graph.inference.GraphObserver;
import dev.engram.graph.inference.Motion;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Score;
import dev.engram.memory.hopfield.HopfieldOptions;
import dev.engram.memory.hopfield.PredictiveHopfield;
import dev.engram.memory.hopfield.PredictiveHopfieldOptions;
import dev.engram.memory.hopfield.Stability;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One draw of patterns in a loop of 100 units or a ring of three layers: basins, and how stable the states are that it comes to rest in. */
final class RingCell {
    static final String LOOP = "loop of 100";
    static final String RING = "ring of 50-30-20";
    static final Map<String, List<Integer>> NETWORKS = networks();
    static final List<Integer> COUNTS = List.of(5, 10);
    static final int MOST = 10;
    static final int UNITS = 100;

    static final String SIGNS = "signs, one by one";
    static final String MAP = "x → W f(x), ±10";
    static final String FIXED = "inference, ±10, η = 0.02";
    static final String FIXED_SMALL = "inference, ±3, η = 0.02";
    static final String CURVATURE = "inference, ±10, by curvature";
    static final String HALVES = "inference, ±10, half at a time";
    static final List<String> RECALLS = List.of(SIGNS, MAP, FIXED, FIXED_SMALL, CURVATURE, HALVES);
    static final double SMALL = 3;

    static final String RECALLED = "recalled from flipped units";
    static final String STATES = "states at rest";
    static final String LEAST = "least curvature";
    static final String NEAR_ZERO = "share of curvatures near 0";
    static final String UNSTABLE = "share of curvatures below 0";
    static final String GAIN = "largest gain of the map";
    static final String FORCE = "largest force";
    static final String SPECTRUM = "curvatures, ";

    static final String FROM_PATTERNS = "patterns";
    static final String FROM_FLIPPED = "10 % flipped";
    static final String FROM_ANYWHERE = "random states";
    static final double NEAR = 0.01;

    /** Where a state at rest lies. */
    enum Rest {
        STORED("stored pattern"),
        NEGATIVE("negative of one"),
        ORIGIN("x = 0"),
        SPURIOUS("another, E = 0"),
        BETWEEN("another, E > 0");

        private final String words;

        Rest(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    private static final int RANDOM_STARTS = 50;
    private static final int LONG = 2000;
    private static final double EXACT = 1e-9;
    private static final double NO_ENERGY = 1e-4; // of ½|x|² of a pattern
    private static final PredictiveHopfieldOptions OPTIONS = HopfieldCell.OPTIONS;
    private static final PredictiveHopfieldOptions FIXED_STEPS = OPTIONS.withInference(Motion.gradient(0.02), 400);
    private static final PredictiveHopfieldOptions BY_CURVATURE = OPTIONS.withInference(Motion.byCurvature(), 200);

    private final Workbench bench;
    private final String network;
    private final List<Integer> sizes;
    private final int draw;
    private final Map<String, Descent> descents = new LinkedHashMap<>();

    /** @param sizes of the layers */
    RingCell(Workbench bench, String network, List<Integer> sizes, int draw) {
        this.bench = bench;
        this.network = network;
        this.sizes = sizes;
        this.draw = draw;
    }

    private static Map<String, List<Integer>> networks() {
        Map<String, List<Integer>> networks = new LinkedHashMap<>();
        networks.put(LOOP, List.of(UNITS));
        networks.put(RING, List.of(50, 30, 20));
        return networks;
    }

    static CellSetting setting(String network, int draw) {
        return CellSetting.of("network", network).with("draw", draw);
    }

    void run() {
        for (int count : COUNTS) {
            Matrix patterns = BinaryPatterns.random(count, UNITS, bench.seed(), draw);
            CellSetting setting = bench.setting().with("patterns", count);
            basins(patterns, setting);
            if (count == MOST) {
                rests(patterns, setting);
            }
        }
        descents.forEach((recall, descent) -> {
            CellSetting setting = bench.setting()
                    .with("recall by", recall.equals(SIGNS) ? HopfieldCell.UPDATES : HopfieldCell.INFERENCE)
                    .with("rule", network + ", " + recall);
            bench.measure(setting, HopfieldCell.STEPS, descent.steps());
            bench.measure(setting, HopfieldCell.RISES, descent.rises());
            bench.measure(setting, HopfieldCell.RISE, descent.largest());
        });
    }

    /** In a ring, fixed steps let the energy rise: its curvature is in the hundreds. */
    private boolean isLoop() {
        return sizes.size() == 1;
    }

    private PredictiveHopfield learn(Matrix patterns, PredictiveHopfieldOptions options) {
        return PredictiveHopfield.learn(patterns, sizes, options, bench.la());
    }

    private void basins(Matrix patterns, CellSetting setting) {
        PredictiveHopfield ten = learn(patterns, OPTIONS);
        Map<String, PredictiveHopfield> inferring = new LinkedHashMap<>();
        if (isLoop()) {
            inferring.put(FIXED, learn(patterns, FIXED_STEPS));
            inferring.put(FIXED_SMALL, learn(patterns, FIXED_STEPS.withScale(SMALL)));
        }
        inferring.put(CURVATURE, learn(patterns, BY_CURVATURE));
        inferring.put(HALVES, ten);
        for (double flips : HopfieldCell.FLIPS) {
            bench.requireGoingOn();
            Matrix cues = BinaryPatterns.flipped(patterns, flips, bench.seed(), draw);
            Map<String, Recalled> recalls = new LinkedHashMap<>();
            if (isLoop()) {
                HopfieldOptions classical = HopfieldOptions.defaults().withSeed(bench.seed());
                recalls.put(SIGNS, Recalled.bySigns(ten.classical(classical), cues, bench.la()));
            }
            inferring.forEach((recall, trained) -> recalls.put(recall, Recalled.byInference(trained, cues)));
            recalls.forEach((recall, recalled) -> {
                keep(patterns, recalled.answers(), setting, recall, flips);
                descents.merge(recall, recalled.descent(), Descent::and);
            });
            Matrix mapped = Recalled.byMap(ten.weights().toDouble(), cues, OPTIONS.scale(), bench.la());
            keep(patterns, mapped, setting, MAP, flips);
        }
    }

    private void keep(Matrix patterns, Matrix answers, CellSetting setting, String recall, double flips) {
        double fraction = Score.of(patterns, answers).recoveredFraction(EXACT);
        bench.measure(setting.with("recall", recall).with("flipped", flips), RECALLED, fraction);
    }

    private void rests(Matrix patterns, CellSetting setting) {
        Map<String, Matrix> starts = new LinkedHashMap<>();
        starts.put(FROM_PATTERNS, patterns);
        starts.put(FROM_FLIPPED, BinaryPatterns.flipped(patterns, HopfieldCell.FLIPPED, bench.seed(), draw));
        starts.put(FROM_ANYWHERE, BinaryPatterns.random(RANDOM_STARTS, UNITS, ~bench.seed(), draw));
        for (double scale : new double[] {OPTIONS.scale(), SMALL}) {
            PredictiveHopfield trained = learn(
                    patterns,
                    OPTIONS.withScale(scale)
                            .withInference(isLoop() ? Motion.gradient(0.02) : Motion.byCurvature(), LONG));
            DoubleMatrix weights = trained.weights().toDouble();
            starts.forEach((start, cues) -> {
                bench.requireGoingOn();
                DoubleMatrix states = trained.states(trained.infer(cues, GraphObserver.NONE));
                Map<Rest, List<Stability>> found = new EnumMap<>(Rest.class);
                for (int i = 0; i < states.rows(); i++) {
                    Stability stability = Stability.at(states.row(i), weights, bench.la());
                    Rest rest = rest(states.row(i), stability.energy(), patterns, scale);
                    found.computeIfAbsent(rest, r -> new ArrayList<>()).add(stability);
                }
                found.forEach((rest, all) -> measure(
                        all, setting.with("scale", scale).with("start", start).with("rest", rest)));
            });
        }
    }

    static Rest rest(double[] x, double energy, Matrix patterns, double scale) {
        if (Arrays.stream(x).allMatch(value -> Math.abs(value) < 0.05 * scale)) {
            return Rest.ORIGIN;
        }
        if (energy > NO_ENERGY * 0.5 * x.length * scale * scale) {
            return Rest.BETWEEN;
        }
        for (int p = 0; p < patterns.rows(); p++) {
            int agreeing = 0;
            for (int i = 0; i < x.length; i++) {
                agreeing += x[i] > 0 == patterns.get(p, i) > 0 ? 1 : 0;
            }
            if (agreeing == x.length || agreeing == 0) {
                return agreeing == 0 ? Rest.NEGATIVE : Rest.STORED;
            }
        }
        return Rest.SPURIOUS;
    }

    private void measure(List<Stability> all, CellSetting setting) {
        int eigenvalues = all.size() * UNITS;
        double below = 0;
        double near = 0;
        double least = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        double force = 0;
        double[] mean = new double[UNITS];
        for (Stability one : all) {
            below += one.below(-NEAR);
            near += one.below(NEAR) - one.below(-NEAR);
            least = Math.min(least, one.curvatures()[0]);
            largest = Math.max(largest, one.gains()[UNITS - 1]);
            force = Math.max(force, one.force());
            for (int i = 0; i < UNITS; i++) {
                mean[i] += one.curvatures()[i] / all.size();
            }
        }
        bench.measure(setting, STATES, all.size());
        bench.measure(setting, LEAST, least);
        bench.measure(setting, UNSTABLE, below / eigenvalues);
        bench.measure(setting, NEAR_ZERO, near / eigenvalues);
        bench.measure(setting, GAIN, largest);
        bench.measure(setting, FORCE, force);
        if (draw == 0) {
            bench.curve(SPECTRUM + spectrum(setting), mean);
        }
    }

    static String spectrum(CellSetting setting) {
        return "%s, %s, %s".formatted(setting.get("scale"), setting.get("start"), setting.get("rest"));
    }
}
