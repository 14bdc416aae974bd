package dev.engram.memory.pcn;

import dev.engram.inference.Annealing;
import dev.engram.inference.Engine;
import dev.engram.inference.EngineCost;
import dev.engram.inference.Equilibrium;
import dev.engram.inference.Inference;
import dev.engram.inference.InferenceObserver;
import dev.engram.inference.InferencePlan;
import dev.engram.inference.MaskCache;
import dev.engram.inference.StopRule;
import dev.engram.learning.Learning;
import dev.engram.learning.LearningObserver;
import dev.engram.learning.PatternBlocks;
import dev.engram.learning.PatternSpan;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Learned;
import dev.engram.memory.Mask;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Recall;
import dev.engram.memory.Score;
import dev.engram.memory.internal.Cues;
import dev.engram.memory.internal.Stream;
import dev.engram.network.Clamp;
import dev.engram.network.Generative;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.LinearMap;
import dev.engram.optimiser.LearningState;
import dev.engram.optimiser.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * An associative memory whose patterns live in the weights of a generative predictive-coding network.
 *
 * <p>Learning is Algorithm 1. Recall clamps the whole noisy cue and answers with the prediction μ^0 at equilibrium (the function F of
 * section 3, which may be iterated). Completion clamps the known values and answers with x^0 at equilibrium (Algorithm 2); with one
 * hidden layer its prior precision is annealed, since the pull of the memory vector is what limits it.
 *
 * <p>Source: Salvatori et al. 2021, "Associative Memories via Predictive Coding"; what departs from it is listed in
 * docs/references.md.
 */
public final class PredictiveCodingMemory implements AssociativeMemory, Generative {
    private static final int COMPLETION_DECADES = 6;
    private static final int MASKS_REMEMBERED = 4;
    private static final double AUDITED_TO = 1e-5; // mean squared error, a hundredth of what counts as recovered

    private final GenerativeNetwork network;
    private final Inference recallInference;
    private final Inference completionInference;

    private PredictiveCodingMemory(
            GenerativeNetwork network, Inference recallInference, Inference completionInference) {
        this.network = network;
        this.recallInference = recallInference;
        this.completionInference = completionInference;
    }

    /** A memory over an already learned network, which is kept, not copied. */
    public static PredictiveCodingMemory of(GenerativeNetwork network, LinearAlgebra la) {
        Inference inference =
                Inference.forNetwork(network).withLinearAlgebra(la).withMasks(MaskCache.of(MASKS_REMEMBERED));
        Annealing annealing = network.hiddenLayers() == 1 ? Annealing.decades(COMPLETION_DECADES) : Annealing.none();
        return new PredictiveCodingMemory(network, inference, inference.withAnnealing(annealing));
    }

    /** {@link #of(GenerativeNetwork, LinearAlgebra)} with the shared linear algebra. */
    public static PredictiveCodingMemory of(GenerativeNetwork network) {
        return of(network, LinearAlgebra.shared());
    }

    /**
     * Stores patterns in a new network. Whether they come back is not looked at: for that show them to {@link #recall(Matrix)}, or
     * learn by {@link MemoryModel#learn}.
     *
     * @param patterns [patterns, values], at least one, finite; values are best in [0, 1]
     * @param observer called after every weight update; may stop the learning
     * @throws IllegalArgumentException if there is no pattern or one holds NaN or infinite values
     */
    public static Learned<PredictiveCodingMemory> learn(
            Matrix patterns, PredictiveCodingOptions options, LearningObserver observer) {
        return learn(patterns, options, observer, LinearAlgebra.shared());
    }

    /** {@link #learn(Matrix, PredictiveCodingOptions, LearningObserver)} on the given linear algebra. */
    public static Learned<PredictiveCodingMemory> learn(
            Matrix patterns, PredictiveCodingOptions options, LearningObserver observer, LinearAlgebra la) {
        return train(patterns, options, observer, Optional.empty(), la).learned;
    }

    /**
     * What was learned, and how to audit it: in the coordinates of the patterns' span, where it was learned there, the errors are the same but
     * for a factor, and cost nothing in the number of values.
     *
     * @param asked the memory to audit
     * @param shown the patterns to show it
     * @param share mean squared errors of the patterns over those of what is shown
     */
    public record Trained(
            Learned<PredictiveCodingMemory> learned, PredictiveCodingMemory asked, Matrix shown, double share) {}

    /** {@link #learn(Matrix, PredictiveCodingOptions, LearningObserver, LinearAlgebra)} with the audit. */
    static Learned<PredictiveCodingMemory> learnAudited(
            Matrix patterns, PredictiveCodingOptions options, MemoryModel.Watch watch, LinearAlgebra la) {
        return audited(train(patterns, options, watch.observer(), watch.resumed(), la), patterns.columns(), watch);
    }

    private static Learned<PredictiveCodingMemory> audited(Trained trained, int values, MemoryModel.Watch watch) {
        PredictiveCodingMemory asked = trained.asked.forAudit(values);
        Learned<PredictiveCodingMemory> audited = Learned.audited(trained.learned, asked, trained.shown, watch);
        return audited.with(audited.audit().times(trained.share)).with(trained.learned.memory());
    }

    /** Learning, and what it takes to audit it. */
    static Trained train(
            Matrix patterns,
            PredictiveCodingOptions options,
            LearningObserver observer,
            Optional<LearningState> from,
            LinearAlgebra la) {
        Cues.requirePatterns(patterns);
        PatternBlocks blocks = PatternBlocks.of(patterns);
        if (options.learnsFromSums(patterns.rows(), patterns.columns())) {
            return trainFromSums(blocks, () -> patterns, options, observer, from, la);
        }
        Engine engine = options.engineFor(patterns.rows(), patterns.columns());
        return engine == Engine.SPAN
                ? trainInSpan(blocks, () -> patterns, options, observer, from, la)
                : train(patterns, engine, options, observer, from, la);
    }

    /** The same of patterns in parts, a sample of which is shown. */
    private static Trained train(
            PatternBlocks patterns,
            PredictiveCodingOptions options,
            LearningObserver observer,
            Optional<LearningState> from,
            LinearAlgebra la) {
        Supplier<Matrix> sample = () -> patterns.rows(Learned.asked(patterns.count()));
        if (options.learnsFromSums(patterns.count(), patterns.values())) {
            return trainFromSums(patterns, sample, options, observer, from, la);
        }
        Engine engine = options.engineInParts(patterns.count(), patterns.values());
        if (engine == Engine.SPAN) {
            return trainInSpan(patterns, sample, options, observer, from, la);
        }
        GenerativeNetwork initial = initial(patterns.values(), patterns.count(), options);
        Learning.Result result =
                options.learning(la, engine).learn(initial, patterns, codesSeed(options), observer, from);
        Learned<PredictiveCodingMemory> learned = learned(result.network(), result, la);
        return new Trained(learned, learned.memory(), sample.get(), 1);
    }

    private static Trained train(
            Matrix patterns,
            Engine engine,
            PredictiveCodingOptions options,
            LearningObserver observer,
            Optional<LearningState> from,
            LinearAlgebra la) {
        GenerativeNetwork initial = initial(patterns.columns(), patterns.rows(), options);
        Learning.Result result = learn(initial, patterns, engine, options, observer, from, la);
        Learned<PredictiveCodingMemory> learned = learned(result.network(), result, la);
        return new Trained(learned, learned.memory(), patterns, 1);
    }

    /** More patterns than hidden nodes: in the coordinates of their span where that has fewer dimensions than there are values. */
    private static Trained trainFromSums(
            PatternBlocks patterns,
            Supplier<Matrix> shown,
            PredictiveCodingOptions options,
            LearningObserver observer,
            Optional<LearningState> from,
            LinearAlgebra la) {
        options.engineFor(patterns.count(), patterns.values()); // or says why not
        if (patterns.count() >= patterns.values()) {
            Learning.Result result = learn(patterns, options, observer, from, la);
            Learned<PredictiveCodingMemory> learned = learned(result.network(), result, la);
            return new Trained(learned, learned.memory(), shown.get(), 1);
        }
        PatternSpan span = patterns.span(la);
        LearningObserver onPixels = onPixels(span, patterns.values(), observer);
        Learning.Result result = learn(PatternBlocks.of(span.coordinates()), options, onPixels, from, la);
        return trained(span, patterns.values(), result, la);
    }

    /** Tells of learning on coordinates as of that on pixels. */
    private static LearningObserver onPixels(PatternSpan span, int values, LearningObserver observer) {
        double share = (double) span.dimensions() / values;
        return p ->
                observer.onUpdate(p.with(share, () -> span.expand(p.network().get())));
    }

    /** What was learned on coordinates. */
    private static Trained trained(PatternSpan span, int values, Learning.Result result, LinearAlgebra la) {
        return new Trained(
                learned(compact(la, span.expand(result.network())), result, la),
                of(result.network(), la),
                span.coordinates(),
                (double) span.dimensions() / values);
    }

    /** A memory of the network that a learning has led to; where that is not finite, it diverged. */
    private static Learned<PredictiveCodingMemory> learned(
            GenerativeNetwork network, Learning.Result result, LinearAlgebra la) {
        Outcome outcome = network.isFinite() ? result.outcome() : Outcome.DIVERGED;
        return Learned.unaudited(of(network, la), outcome, result.updates());
    }

    private static Learning.Result learn(
            PatternBlocks patterns,
            PredictiveCodingOptions options,
            LearningObserver observer,
            Optional<LearningState> from,
            LinearAlgebra la) {
        GenerativeNetwork initial = initial(patterns.values(), patterns.count(), options);
        return options.batchLearning(la).learn(initial, patterns, codesSeed(options), observer, from);
    }

    /** {@link #learnAudited(Matrix, PredictiveCodingOptions, MemoryModel.Watch, LinearAlgebra)} of patterns in parts. */
    static Learned<PredictiveCodingMemory> learnAudited(
            PatternBlocks given, PredictiveCodingOptions options, MemoryModel.Watch watch, LinearAlgebra la) {
        PatternBlocks patterns = Cues.checked(given);
        return audited(train(patterns, options, watch.observer(), watch.resumed(), la), patterns.values(), watch);
    }

    private static Learning.Result learn(
            GenerativeNetwork initial,
            Matrix patterns,
            Engine engine,
            PredictiveCodingOptions options,
            LearningObserver observer,
            Optional<LearningState> from,
            LinearAlgebra la) {
        return options.learning(la, engine).learn(initial, patterns, codesSeed(options), observer, from);
    }

    private static long codesSeed(PredictiveCodingOptions options) {
        SplittableRandom random = Stream.LEARNING.of(options.seed());
        random.split(); // the initial network's
        return random.split().nextLong();
    }

    /** The network before it has learned, with the given number of sensory nodes. */
    private static GenerativeNetwork initial(int sensory, int patterns, PredictiveCodingOptions options) {
        List<Integer> sizes = options.sizes(sensory, patterns);
        SplittableRandom random = Stream.LEARNING.of(options.seed()).split();
        return GenerativeNetwork.random(
                sizes, options.activation(), options.initialisation(), options.priorPrecision(), random);
    }

    /** Learns on the coordinates of the common span; what comes out is kept in whichever form is smaller. */
    private static Trained trainInSpan(
            PatternBlocks patterns,
            Supplier<Matrix> shown,
            PredictiveCodingOptions options,
            LearningObserver observer,
            Optional<LearningState> from,
            LinearAlgebra la) {
        PatternSpan span;
        GenerativeNetwork initial;
        if (options.startsAtZero()) {
            span = patterns.span(la);
            initial = initial(Math.max(1, span.dimensions()), patterns.count(), options);
        } else {
            GenerativeNetwork onPixels = initial(patterns.values(), patterns.count(), options);
            span = PatternSpan.of(la, patterns.gathered(), onPixels.weights(1));
            initial = span.project(onPixels);
        }
        if (span.dimensions() == 0) { // nothing but zeros
            return train(shown.get(), Engine.AUTO, options, observer, from, la);
        }
        LearningObserver onPixels = onPixels(span, patterns.values(), observer);
        Learning.Result result = learn(initial, span.coordinates(), Engine.AUTO, options, onPixels, from, la);
        return trained(span, patterns.values(), result, la);
    }

    /**
     * The same network with its sensory weights as a matrix where the span has more directions than the matrix columns. Where it has fewer the
     * span answers sooner; it is smaller, or at most twice as large.
     */
    public static GenerativeNetwork compact(LinearAlgebra la, GenerativeNetwork network) {
        LinearMap sensory = network.map(1);
        return sensory instanceof LinearMap.Dense || sensory.directions() <= network.size(1)
                ? network
                : network.withSensoryMap(new LinearMap.Dense(sensory.matrix(la)));
    }

    @Override
    public PredictiveCodingMemory watchedBy(InferenceObserver observer) {
        return new PredictiveCodingMemory(
                network, recallInference.withObserver(observer), completionInference.withObserver(observer));
    }

    /** The same memory with other ways to infer: one for recall, one for completion. */
    public PredictiveCodingMemory withInference(Inference forRecall, Inference forCompletion) {
        return new PredictiveCodingMemory(network, forRecall, forCompletion);
    }

    @Override
    public List<EngineCost> recallCosts(int cues) {
        return InferencePlan.of(recallInference, network, Clamp.all(values()), cues);
    }

    @Override
    public List<EngineCost> completionCosts(int cues, Mask mask) {
        return InferencePlan.of(completionInference, network, mask.clamp(), cues);
    }

    @Override
    public GenerativeNetwork network() {
        return network;
    }

    @Override
    public String model() {
        return "pcn";
    }

    @Override
    public int values() {
        return network.size(0);
    }

    @Override
    public long bytes() {
        return Float.BYTES * network.parameters();
    }

    /** F(cue) of section 3: all of the cue is clamped; the answer is μ^0 at equilibrium. */
    @Override
    public Recall recall(Matrix cues, int iterations) {
        Cues.require(this, cues);
        Cues.requireIterations(iterations);
        Clamp all = Clamp.all(values());
        Equilibrium equilibrium = recallInference.run(network, cues, all);
        for (int k = 1; k < iterations; k++) {
            equilibrium = recallInference.run(network, equilibrium.prediction(), all);
        }
        return result(equilibrium, equilibrium.prediction());
    }

    /** Algorithm 2: the known values are clamped, the others free; the answer is x^0 at equilibrium. */
    @Override
    public Recall complete(Matrix given, Mask mask) {
        Matrix cues = Cues.known(this, given, mask);
        Equilibrium equilibrium = completionInference.run(network, cues, mask.clamp());
        return result(equilibrium, equilibrium.values().layer(0));
    }

    /**
     * The same memory for an audit of its patterns. In deeper networks first-order steps end where the energy left, which they cannot raise, is
     * no more than an error of {@value #AUDITED_TO}: what is then found of an error is right to that.
     */
    private PredictiveCodingMemory forAudit(int values) {
        if (network.hiddenLayers() == 1) {
            return this;
        }
        StopRule stop = recallInference.stop().orEnergy(AUDITED_TO * values / 2);
        return withInference(recallInference.withStop(stop), completionInference);
    }

    /** |x - μ^0|² is twice the energy of the sensory layer. */
    @Override
    public Score regenerated(Matrix patterns) {
        Cues.require(this, patterns);
        double[][] energy = recallInference.energies(network, patterns, Clamp.all(values()));
        return new Score(
                Arrays.stream(energy).mapToDouble(e -> 2 * e[0] / values()).toArray());
    }

    private static Recall result(Equilibrium equilibrium, Matrix patterns) {
        double[] energy = new double[patterns.rows()];
        for (int cue = 0; cue < energy.length; cue++) {
            energy[cue] = equilibrium.totalEnergy(cue);
        }
        return new Recall(patterns, energy, equilibrium.residual(), equilibrium.steps(), equilibrium.status());
    }
}
