package dev.engram.memory;

import dev.engram.inference.Engine;
import dev.engram.inference.EngineCost;
import dev.engram.learning.GradientRule;
import dev.engram.learning.Learning;
import dev.engram.learning.LearningRule;
import dev.engram.learning.LocalLeastSquares;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.attractor.AttractorMemory;
import dev.engram.memory.attractor.AttractorOptions;
import dev.engram.memory.autoencoder.Autoencoder;
import dev.engram.memory.autoencoder.AutoencoderOptions;
import dev.engram.memory.baseline.AffineSpan;
import dev.engram.memory.baseline.NearestNeighbour;
import dev.engram.memory.covariance.CovarianceMemory;
import dev.engram.memory.covariance.CovarianceOptions;
import dev.engram.memory.hopfield.HopfieldNetwork;
import dev.engram.memory.hopfield.HopfieldOptions;
import dev.engram.memory.hopfield.HopfieldRule;
import dev.engram.memory.hopfield.ModernHopfield;
import dev.engram.memory.hopfield.ModernHopfieldOptions;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import dev.engram.memory.sparse.SparseQuantisedHopfield;
import dev.engram.memory.sparse.SparseQuantisedOptions;
import dev.engram.network.GenerativeNetwork;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The models there are. */
public final class Models {
    private static final int AUDITED_TOGETHER = 256;
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private Models() {}

    public record PredictiveCoding(PredictiveCodingOptions options) implements MemoryModel {
        @Override
        public String name() {
            return "pcn";
        }

        @Override
        public Map<String, String> describe() {
            Map<String, String> named = new LinkedHashMap<>();
            named.put("layers", String.valueOf(options.layers()));
            named.put("hidden", options.hidden() == 0 ? "auto" : String.valueOf(options.hidden()));
            named.put("activation", word(options.activation()));
            describe(options.rule(), named);
            named.put("updates", String.valueOf(options.updates()));
            named.put("inference_steps", String.valueOf(options.inferenceSteps()));
            named.put("start", word(options.start()));
            named.put("start_noise", String.valueOf(options.startNoise()));
            named.put("prior_precision", String.valueOf(options.priorPrecision()));
            named.put("memory_mean", String.valueOf(options.initialisation().memoryMean()));
            named.put("memory_std", String.valueOf(options.initialisation().memoryStd()));
            named.put("sensory_std", String.valueOf(options.initialisation().sensoryStd()));
            named.put("hidden_gain", String.valueOf(options.initialisation().hiddenGain()));
            named.put("engine", word(options.engine()));
            return Collections.unmodifiableMap(named);
        }

        public static void describe(LearningRule rule, Map<String, String> named) {
            if (rule instanceof LocalLeastSquares squares) {
                named.put("learning", "local-least-squares");
                named.put("ridge", String.valueOf(squares.ridge()));
                named.put("memory_rate", String.valueOf(squares.memoryRate()));
            } else if (rule instanceof GradientRule gradient) {
                named.put("learning", "gradient");
                named.put("learning_rate", String.valueOf(gradient.learningRate()));
                named.put("optimiser", gradient.optimiser().word());
            }
        }

        @Override
        public boolean keepsPatterns() {
            return false;
        }

        @Override
        public double bytesNeeded(int patterns, Shape shape) {
            double weights = (double) Float.BYTES * options.hiddenFor(patterns) * shape.values();
            double least = costs(patterns, shape).stream()
                    .mapToDouble(EngineCost::bytes)
                    .min()
                    .orElse(0);
            return weights + least;
        }

        /** A plan knows the memory, and which engines apply. */
        @Override
        public Optional<String> obstacle(int patterns, Shape shape, long memory) {
            List<EngineCost> costs = costs(patterns, shape);
            return costs.stream().anyMatch(EngineCost::isPossible)
                    ? Optional.empty()
                    : costs.stream().map(c -> c.engine() + " " + c.obstacle()).findFirst();
        }

        private List<EngineCost> costs(int patterns, Shape shape) {
            return options.plan(patterns, shape.values()).costs().stream()
                    .filter(c -> options.engine() == Engine.AUTO || options.engine() == c.engine())
                    .toList();
        }

        @Override
        public Learned learn(Matrix patterns, Shape shape, long seed, Watch watch, LinearAlgebra la) {
            return audited(network(patterns, seed, watch, la), patterns, watch);
        }

        private PredictiveCodingMemory.Learned network(Matrix patterns, long seed, Watch watch, LinearAlgebra la) {
            return PredictiveCodingMemory.learn(
                    patterns,
                    options.withSeed(seed),
                    p -> watch.onUpdate(p.update(), p.updates(), p.trainingError()),
                    la);
        }
    }

    record Attractors(PredictiveCoding network) implements MemoryModel {
        @Override
        public String name() {
            return network.name();
        }

        @Override
        public Map<String, String> describe() {
            Map<String, String> named = new LinkedHashMap<>(network.describe());
            named.put("prior", "codes");
            return Collections.unmodifiableMap(named);
        }

        @Override
        public boolean keepsPatterns() {
            return false;
        }

        /** The network's, the codes, and while they are in use what they generate, twice. */
        @Override
        public double bytesNeeded(int patterns, Shape shape) {
            double each = network.options.hiddenFor(patterns) + 2.0 * shape.values();
            return network.bytesNeeded(patterns, shape) + Float.BYTES * patterns * each;
        }

        @Override
        public Optional<String> obstacle(int patterns, Shape shape, long memory) {
            return network.obstacle(patterns, shape, memory)
                    .or(() -> MemoryModel.super.obstacle(patterns, shape, memory));
        }

        @Override
        public Learned learn(Matrix patterns, Shape shape, long seed, Watch watch, LinearAlgebra la) {
            PredictiveCodingMemory.Learned learned = network.network(patterns, seed, watch, la);
            if (learned.outcome() == Learning.Outcome.DIVERGED) {
                return audited(learned, patterns, watch);
            }
            GenerativeNetwork taught = learned.memory().network();
            AttractorMemory memory = AttractorMemory.of(
                    taught, AttractorMemory.codesOf(taught, patterns, la), AttractorOptions.defaults(), la);
            Score audit = audited(memory, patterns, watch).audit();
            return new Learned(memory, learned.outcome(), learned.updates(), audit);
        }
    }

    record Hopfield(HopfieldRule rule, HopfieldOptions options) implements MemoryModel {
        @Override
        public String name() {
            return "hopfield";
        }

        @Override
        public Map<String, String> describe() {
            return named(
                    "rule", word(rule),
                    "threshold", options.threshold(),
                    "updates", word(options.updates()),
                    "sweeps", options.sweeps());
        }

        @Override
        public boolean keepsPatterns() {
            return false;
        }

        /** 1 above the threshold, else 0. */
        @Override
        public Matrix asStored(Matrix patterns) {
            Matrix binary = Matrix.zeros(patterns.rows(), patterns.columns());
            for (int i = 0; i < binary.data().length; i++) {
                binary.data()[i] = patterns.data()[i] > options.threshold() ? 1 : 0;
            }
            return binary;
        }

        @Override
        public double bytesNeeded(int patterns, Shape shape) {
            double values = shape.values();
            return Float.BYTES * (rule.matrices() * values * values + 8 * patterns * values);
        }

        @Override
        public Optional<String> obstacle(int patterns, Shape shape, long memory) {
            long values = shape.values();
            return values * values > LONGEST_ARRAY
                    ? Optional.of("its weights are %1$,d x %1$,d, more than one array can hold".formatted(values))
                    : MemoryModel.super.obstacle(patterns, shape, memory);
        }

        @Override
        public Learned learn(Matrix patterns, Shape shape, long seed, Watch watch, LinearAlgebra la) {
            return audited(
                    HopfieldNetwork.learn(patterns, rule, options.withSeed(seed), la), asStored(patterns), watch);
        }
    }

    record Modern(ModernHopfieldOptions options) implements MemoryModel {
        @Override
        public String name() {
            return "modern-hopfield";
        }

        @Override
        public Map<String, String> describe() {
            Map<String, String> named = new LinkedHashMap<>();
            named.put("similarity", options.similarity().word());
            named.putAll(options.separation().describe());
            return Collections.unmodifiableMap(named);
        }

        @Override
        public boolean keepsPatterns() {
            return true;
        }

        @Override
        public double bytesNeeded(int patterns, Shape shape) {
            return (Float.BYTES + 2.0 * Double.BYTES) * patterns * shape.values();
        }

        @Override
        public Learned learn(Matrix patterns, Shape shape, long seed, Watch watch, LinearAlgebra la) {
            return audited(ModernHopfield.learn(patterns, options, la), patterns, watch);
        }
    }

    record SparseQuantised(SparseQuantisedOptions options) implements MemoryModel {
        @Override
        public String name() {
            return "sparse-quantised-hopfield";
        }

        @Override
        public Map<String, String> describe() {
            return named(
                    "sides",
                    options.sides().stream().map(String::valueOf).collect(Collectors.joining(",")),
                    "units",
                    options.units() == 0 ? "auto" : options.units(),
                    "novelty",
                    options.novelty(),
                    "bottom_up",
                    options.bottomUp());
        }

        @Override
        public boolean keepsPatterns() {
            return options.units() == 0 && options.novelty() > 1;
        }

        @Override
        public double bytesNeeded(int patterns, Shape shape) {
            double nodes = options.sides().get(0) * options.sides().get(0);
            return 2.0 * Float.BYTES * patterns * shape.values() + 256 * nodes * patterns;
        }

        @Override
        public Optional<String> obstacle(int patterns, Shape shape, long memory) {
            try {
                options.withShape(shape);
            } catch (IllegalArgumentException e) {
                return Optional.ofNullable(e.getMessage());
            }
            return MemoryModel.super.obstacle(patterns, shape, memory);
        }

        @Override
        public Learned learn(Matrix patterns, Shape shape, long seed, Watch watch, LinearAlgebra la) {
            return audited(SparseQuantisedHopfield.learn(patterns, options.withShape(shape), la), patterns, watch);
        }
    }

    record Covariance(CovarianceOptions options) implements MemoryModel {
        @Override
        public String name() {
            return "covariance";
        }

        @Override
        public Map<String, String> describe() {
            return named("form", word(options.form()), "ridge", options.ridge());
        }

        @Override
        public boolean keepsPatterns() {
            return false;
        }

        @Override
        public double bytesNeeded(int patterns, Shape shape) {
            return spanBytes(patterns, shape);
        }

        @Override
        public Learned learn(Matrix patterns, Shape shape, long seed, Watch watch, LinearAlgebra la) {
            return audited(CovarianceMemory.learn(patterns, options, la), patterns, watch);
        }
    }

    record Span() implements MemoryModel {
        @Override
        public String name() {
            return "affine-span";
        }

        @Override
        public Map<String, String> describe() {
            return Map.of();
        }

        @Override
        public boolean keepsPatterns() {
            return true;
        }

        @Override
        public double bytesNeeded(int patterns, Shape shape) {
            return spanBytes(patterns, shape);
        }

        @Override
        public Learned learn(Matrix patterns, Shape shape, long seed, Watch watch, LinearAlgebra la) {
            return audited(new AffineSpan(la, patterns), patterns, watch);
        }
    }

    record Nearest() implements MemoryModel {
        @Override
        public String name() {
            return "nearest-neighbour";
        }

        @Override
        public Map<String, String> describe() {
            return Map.of();
        }

        @Override
        public boolean keepsPatterns() {
            return true;
        }

        @Override
        public double bytesNeeded(int patterns, Shape shape) {
            return (double) Float.BYTES * patterns * shape.values();
        }

        @Override
        public Learned learn(Matrix patterns, Shape shape, long seed, Watch watch, LinearAlgebra la) {
            return audited(new NearestNeighbour(la, patterns), patterns, watch);
        }
    }

    record Autoencoding(AutoencoderOptions options) implements MemoryModel {
        @Override
        public String name() {
            return "autoencoder";
        }

        @Override
        public Map<String, String> describe() {
            return named(
                    "hidden_layers",
                    options.hiddenLayers(),
                    "hidden",
                    options.hidden() == 0 ? "auto" : options.hidden(),
                    "activation",
                    word(options.activation()),
                    "gain",
                    options.gain(),
                    "updates",
                    options.updates(),
                    "batch",
                    options.batch() == 0 ? "all" : options.batch(),
                    "optimiser",
                    options.optimiser().word(),
                    "learning_rate",
                    options.optimiser().learningRate(),
                    "iterations",
                    options.iterations(),
                    "tolerance",
                    options.tolerance());
        }

        @Override
        public boolean keepsPatterns() {
            return false;
        }

        /** Weights with their start and their copy, states of Adam in the span, values of the hidden units. */
        @Override
        public double bytesNeeded(int patterns, Shape shape) {
            double values = shape.values();
            double hidden = options.hiddenFor(patterns);
            double weights = 3 * 2 * values * hidden + 5 * options.hiddenLayers() * hidden * hidden;
            return Float.BYTES * (weights + 4 * patterns * values + 4 * options.hiddenLayers() * patterns * hidden);
        }

        @Override
        public Learned learn(Matrix patterns, Shape shape, long seed, Watch watch, LinearAlgebra la) {
            Autoencoder.Learned learned = Autoencoder.learn(
                    patterns,
                    options.withSeed(seed),
                    p -> watch.onUpdate(
                            (p.epoch() - 1) * p.batches() + p.batch(),
                            options.updates(),
                            2 * p.metrics().loss() / patterns.columns()),
                    la);
            return new Learned(
                    learned.memory(),
                    Learning.Outcome.valueOf(learned.outcome().name()),
                    learned.updates(),
                    learned.audit());
        }
    }

    /** What a network has learned; one that diverged has nothing to audit. */
    private static MemoryModel.Learned audited(
            PredictiveCodingMemory.Learned learned, Matrix stored, MemoryModel.Watch watch) {
        Score audit = learned.outcome() == Learning.Outcome.DIVERGED
                ? new Score(new double[0])
                : audited(learned.memory(), stored, watch).audit();
        return new MemoryModel.Learned(learned.memory(), learned.outcome(), learned.updates(), audit);
    }

    /** What a model that learns at once has learned. */
    private static MemoryModel.Learned audited(AssociativeMemory memory, Matrix stored, MemoryModel.Watch watch) {
        double[] errors = new double[stored.rows()];
        int done = 0;
        boolean goesOn = watch.onAudit(0, errors.length);
        while (goesOn && done < errors.length) {
            int to = Math.min(errors.length, done + AUDITED_TOGETHER);
            Matrix part = stored.slice(done, to);
            Score score = Score.of(part, memory.recall(part).patterns());
            System.arraycopy(score.errors(), 0, errors, done, to - done);
            done = to;
            goesOn = watch.onAudit(done, errors.length);
        }
        return new MemoryModel.Learned(
                memory,
                goesOn ? Learning.Outcome.COMPLETED : Learning.Outcome.CANCELLED,
                0,
                new Score(Arrays.copyOf(errors, done)));
    }

    /** What it takes to find the span of so many patterns in double precision. */
    private static double spanBytes(int patterns, Shape shape) {
        return Double.BYTES * (2.5 * patterns * shape.values() + 4.0 * patterns * patterns);
    }

    private static Map<String, String> named(Object... namesAndValues) {
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            named.put(String.valueOf(namesAndValues[i]), String.valueOf(namesAndValues[i + 1]));
        }
        return Collections.unmodifiableMap(named);
    }

    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
