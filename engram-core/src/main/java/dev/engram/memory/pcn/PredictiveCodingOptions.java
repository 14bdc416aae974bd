package dev.engram.memory.pcn;

import dev.engram.inference.Engine;
import dev.engram.inference.EngineCost;
import dev.engram.inference.Inference;
import dev.engram.inference.Solver;
import dev.engram.learning.BatchLearning;
import dev.engram.learning.Learning;
import dev.engram.learning.LearningPlan;
import dev.engram.learning.LearningRule;
import dev.engram.learning.LocalLeastSquares;
import dev.engram.learning.PatternBlocks;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Learned;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Shape;
import dev.engram.memory.internal.Described;
import dev.engram.network.Activation;
import dev.engram.network.Initialisation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a predictive-coding memory is built and trained. {@link #defaults()} is for two layers, {@link #deep} for more.
 *
 * @param layers as the paper counts: 2 is a sensory and one hidden layer; at least 2
 * @param hidden value nodes in each hidden layer; 0 leaves the choice to {@link #hiddenFor}
 * @param activation f of Eq. 1
 * @param rule how weights are updated
 * @param updates U, the most weight updates
 * @param inferenceSteps T, inference steps before each update
 * @param start where each update's inference begins
 * @param startNoise standard deviation of the noise that sets the patterns' top layers apart at the start
 * @param tolerance the share of the patterns' variance as squared errors of all layers at which learning has converged; 0 makes all updates
 * @param priorPrecision λ, positive
 * @param initialisation of weights and memory vector
 * @param engine how it is computed
 * @param seed of everything random
 */
public record PredictiveCodingOptions(
        int layers,
        int hidden,
        Activation activation,
        LearningRule rule,
        int updates,
        int inferenceSteps,
        Learning.Start start,
        double startNoise,
        double tolerance,
        double priorPrecision,
        Initialisation initialisation,
        Engine engine,
        long seed)
        implements MemoryModel {
    private static final int FEWEST_HIDDEN = 32;
    private static final int MARGIN = 16;
    private static final double CONVERGED = 1e-2; // of the patterns' variance, the squared errors left that are enough
    private static final double CONVERGED_DEEP = 1e-5; // completion needs small errors in the hidden layers too
    private static final int FEWEST_STEPS = 10;
    private static final double RIDGE_OF_THREE = 0.1;
    private static final double RIDGE_PER_LAYER = 0.65;

    public PredictiveCodingOptions {
        if (layers < 2) {
            throw new IllegalArgumentException(
                    "The number of layers (%d) must be at least 2: sensory and one hidden.".formatted(layers));
        }
        if (hidden < 0) {
            throw new IllegalArgumentException(
                    "The number of hidden value nodes (%d) must be at least 1, or 0 to choose it.".formatted(hidden));
        }
        if (updates < 1 || inferenceSteps < 1) {
            throw new IllegalArgumentException(
                    "Updates (%d) and inference steps (%d) must be at least 1.".formatted(updates, inferenceSteps));
        }
    }

    /**
     * Two layers of ReLU units trained by local least squares: most units active at rest, codes that differ by a little independent noise,
     * weights that start at 0 and interpolate the patterns. That is what completion needs (docs/decisions/002-codes-and-weights.md).
     */
    public static PredictiveCodingOptions defaults() {
        LearningRule rule = new LocalLeastSquares(1e-5, 0.1);
        Initialisation draw = new Initialisation(1, 0.5, 0, 2);
        return new PredictiveCodingOptions(
                2, 0, Activation.RELU, rule, 10, 20, Learning.Start.WARM, 0.02, CONVERGED, 1, draw, Engine.AUTO, 0);
    }

    /**
     * More layers: a weaker prior, a zero-mean memory vector, a stronger ridge; the patterns' codes are set apart by small random sensory
     * weights instead of noise. The ridge falls from 0.1 with three layers to 0.005 with ten; inference takes two steps for each layer, at least
     * 10 (docs/decisions/002-codes-and-weights.md).
     */
    public static PredictiveCodingOptions deep(int layers) {
        double ridge = RIDGE_OF_THREE * Math.pow(RIDGE_PER_LAYER, Math.max(0, Math.min(layers, 10) - 3));
        LearningRule rule = new LocalLeastSquares(ridge, 0.1);
        Initialisation draw = new Initialisation(0, 0.5, 0.01, 2);
        int steps = Math.max(FEWEST_STEPS, 2 * layers);
        return new PredictiveCodingOptions(
                layers,
                0,
                Activation.RELU,
                rule,
                40,
                steps,
                Learning.Start.WARM,
                0,
                CONVERGED_DEEP,
                0.1,
                draw,
                Engine.AUTO,
                0);
    }

    /** The defaults for a given number of layers. */
    public static PredictiveCodingOptions forLayers(int layers) {
        return layers == 2 ? defaults() : deep(layers);
    }

    public PredictiveCodingOptions withHidden(int nodes) {
        return with(draft -> draft.hidden = nodes);
    }

    public PredictiveCodingOptions withActivation(Activation f) {
        return with(draft -> draft.activation = f);
    }

    public PredictiveCodingOptions withRule(LearningRule newRule) {
        return with(draft -> draft.rule = newRule);
    }

    public PredictiveCodingOptions withUpdates(int count) {
        return with(draft -> draft.updates = count);
    }

    public PredictiveCodingOptions withInferenceSteps(int steps) {
        return with(draft -> draft.steps = steps);
    }

    /** With another training error at which learning ends; 0 makes all the updates. */
    public PredictiveCodingOptions withTolerance(double share) {
        return with(draft -> draft.tolerance = share);
    }

    public PredictiveCodingOptions withPriorPrecision(double lambda) {
        return with(draft -> draft.precision = lambda);
    }

    public PredictiveCodingOptions withEngine(Engine newEngine) {
        return with(draft -> draft.engine = newEngine);
    }

    public PredictiveCodingOptions withSeed(long newSeed) {
        return with(draft -> draft.seed = newSeed);
    }

    private PredictiveCodingOptions with(Consumer<Draft> change) {
        Draft draft = new Draft();
        change.accept(draft);
        return draft.options();
    }

    /** The components, while one of them changes. */
    private final class Draft {
        private int hidden = hidden();
        private Activation activation = activation();
        private LearningRule rule = rule();
        private int updates = updates();
        private int steps = inferenceSteps();
        private double tolerance = tolerance();
        private double precision = priorPrecision();
        private Engine engine = engine();
        private long seed = seed();

        PredictiveCodingOptions options() {
            Initialisation draw = initialisation;
            return new PredictiveCodingOptions(
                    layers,
                    hidden,
                    activation,
                    rule,
                    updates,
                    steps,
                    start,
                    startNoise,
                    tolerance,
                    precision,
                    draw,
                    engine,
                    seed);
        }
    }

    @Override
    public String name() {
        return "pcn";
    }

    @Override
    public Map<String, String> describe() {
        return Described.join(
                Described.of(
                        "layers", layers,
                        "hidden", Described.orWord(hidden, "auto"),
                        "activation", activation.word()),
                rule.describe(),
                Described.of(
                        "updates", updates,
                        "inference_steps", inferenceSteps,
                        "start", Described.word(start),
                        "start_noise", startNoise,
                        "tolerance", tolerance,
                        "prior_precision", priorPrecision,
                        "memory_mean", initialisation.memoryMean(),
                        "memory_std", initialisation.memoryStd(),
                        "sensory_std", initialisation.sensoryStd(),
                        "hidden_gain", initialisation.hiddenGain(),
                        "engine", Described.word(engine)));
    }

    @Override
    public double bytesNeeded(int patterns, Shape shape) {
        return wanted(patterns, shape).stream()
                .mapToDouble(EngineCost::bytes)
                .min()
                .orElse(0);
    }

    @Override
    public List<EngineCost> costs(int patterns, Shape shape) {
        return costs(patterns, shape.values());
    }

    private List<EngineCost> costs(int patterns, int values) {
        LearningPlan plan = plan(patterns, values);
        return learnsFromSums(patterns, values) ? plan.ofSums() : plan.costs();
    }

    /** What is learned from sums, but for patterns of more values than there are patterns: their span has to be found of all of them. */
    @Override
    public boolean learnsInBlocks(int patterns, Shape shape) {
        return learnsFromSums(patterns, shape.values()) && patterns >= shape.values();
    }

    /**
     * Whether such patterns, of which there are more than hidden nodes, are learned from sums over them ({@link BatchLearning}): two layers by
     * local least squares from weights of 0.
     */
    boolean learnsFromSums(int patterns, int values) {
        return layers == 2
                && rule instanceof LocalLeastSquares
                && startNoise > 0
                && startsAtZero()
                && patterns > hiddenFor(patterns, values);
    }

    /** Whether the sensory weights start at 0. */
    boolean startsAtZero() {
        return initialisation.sensoryStd() == 0;
    }

    /** From sums, from the span, or with every part inferring its own patterns; whatever the rule can learn in parts. */
    @Override
    public boolean learnsInParts(int patterns, Shape shape) {
        return rule.learnsInParts();
    }

    private List<EngineCost> wanted(int patterns, Shape shape) {
        return costs(patterns, shape).stream()
                .filter(c -> engine == Engine.AUTO || engine == c.engine())
                .toList();
    }

    /** A plan knows the memory, and which engines apply. */
    @Override
    public Optional<String> obstacle(int patterns, Shape shape, long memory) {
        List<EngineCost> costs = wanted(patterns, shape);
        return costs.stream().anyMatch(EngineCost::isPossible)
                ? Optional.empty()
                : costs.stream().map(c -> c.engine() + " " + c.obstacle()).findFirst();
    }

    @Override
    public Learned<PredictiveCodingMemory> learn(
            PatternBlocks patterns, Shape shape, long seed, Watch watch, LinearAlgebra la) {
        return PredictiveCodingMemory.learnAudited(patterns, withSeed(seed), watch, la);
    }

    @Override
    public Learned<PredictiveCodingMemory> learn(
            Matrix patterns, Shape shape, long seed, Watch watch, LinearAlgebra la) {
        return PredictiveCodingMemory.learnAudited(patterns, withSeed(seed), watch, la);
    }

    /** Without the audit, for callers that audit what they make of it. */
    public PredictiveCodingMemory.Trained learnUnaudited(Matrix patterns, long seed, Watch watch, LinearAlgebra la) {
        return PredictiveCodingMemory.train(patterns, withSeed(seed), watch.observer(), watch.resumed(), la);
    }

    /**
     * The size of a hidden layer. Chosen, it is what the patterns can span, r = min(patterns, values), and with two layers a tenth more and {@value
     * #MARGIN}, so that the units that stay silent leave enough to fit them all; with more layers 2r. At least {@value #FEWEST_HIDDEN}.
     */
    public int hiddenFor(int patterns, int values) {
        int spanned = spanned(patterns, values);
        int chosen = layers == 2 ? spanned + (spanned + 9) / 10 + MARGIN : 2 * spanned;
        return hidden > 0 ? hidden : Math.max(FEWEST_HIDDEN, chosen);
    }

    /** How many dimensions the patterns span at most. */
    public static int spanned(int patterns, int values) {
        return Math.min(patterns, values);
    }

    /** The sizes of all layers, with a given number of sensory nodes. */
    List<Integer> sizes(int sensory, int patterns) {
        List<Integer> sizes = new ArrayList<>(List.of(sensory));
        sizes.addAll(Collections.nCopies(layers - 1, hiddenFor(patterns, sensory)));
        return sizes;
    }

    /** What each engine would cost for a given number of patterns and values, with the memory this process may use. */
    public LearningPlan plan(int patterns, int values) {
        long memory = Runtime.getRuntime().maxMemory();
        return new LearningPlan(
                patterns, sizes(values, patterns), updates, inferenceSteps, startsAtZero(), rule.turns(), memory);
    }

    /**
     * The engine these options take.
     *
     * @throws IllegalArgumentException if it does not apply, saying why
     */
    Engine engineFor(int patterns, int values) {
        return EngineCost.choose(costs(patterns, values), engine);
    }

    /**
     * The same of patterns in parts: the span where that is the cheapest way, and fits; else what each part shall
     * take for itself.
     *
     * @throws IllegalArgumentException if the span was asked for and cannot be found of parts, saying why
     */
    Engine engineInParts(int patterns, int values) {
        String together = "with first weights that are random the span is found of all patterns at once";
        List<EngineCost> costs = plan(patterns, values).costs().stream()
                .map(cost -> cost.unless(startsAtZero() || cost.engine() != Engine.SPAN, together))
                .toList();
        if (engine == Engine.SPAN) {
            return EngineCost.choose(costs, engine);
        }
        EngineCost fewest = Collections.min(costs, Comparator.comparingDouble(EngineCost::operations));
        return engine == Engine.AUTO && fewest.engine() == Engine.SPAN && fewest.isPossible() ? Engine.SPAN : engine;
    }

    /** For {@link #learnsFromSums}. */
    BatchLearning batchLearning(LinearAlgebra la) {
        Inference inference = (new Solver.Newton().appliesTo(activation)
                        ? Inference.newton()
                        : Inference.gradient(inferenceSteps))
                .withLinearAlgebra(la);
        return new BatchLearning((LocalLeastSquares) rule, updates, inference, startNoise / 2, tolerance);
    }

    Learning learning(LinearAlgebra la, Engine forInference) {
        Inference inference =
                Inference.gradient(inferenceSteps).withLinearAlgebra(la).withEngine(forInference);
        return new Learning(rule, updates, inference, start, startNoise, tolerance);
    }
}
