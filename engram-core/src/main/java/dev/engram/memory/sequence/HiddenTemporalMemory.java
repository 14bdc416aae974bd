package dev.engram.memory.sequence;

import dev.engram.inference.Annealing;
import dev.engram.inference.Equilibrium;
import dev.engram.inference.Inference;
import dev.engram.inference.MaskCache;
import dev.engram.inference.Status;
import dev.engram.learning.PatternSpan;
import dev.engram.learning.TemporalLearning;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Learned;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Recall;
import dev.engram.memory.internal.Cues;
import dev.engram.memory.internal.Stream;
import dev.engram.network.Clamp;
import dev.engram.network.Generative;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.LinearMap;
import dev.engram.network.ValueNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Temporal predictive coding with a hidden layer: a state generates each frame and predicts the next state, so that what was before decides
 * what comes after a frame which occurs in several places.
 *
 * <pre>
 *   E_t = ½ |x_t - W f(z_t)|² + ½ λ |z_t - μ_t|²        μ_1 = b,   μ_{t+1} = H f(z_t)
 *   shown x_t:     z_t = argmin E_t,   answer W f(μ_{t+1})
 *   shown nothing: z_t = μ_t,          answer W f(μ_{t+1})
 * </pre>
 *
 * <p>A shown frame is one inference on the generative network whose memory vector is μ_t. Only the first has its precision annealed: it must
 * find its state with no past to go by.
 *
 * <p>Source: Tang, Barron and Bogacz 2023, "Sequential memory with temporal predictive coding", the two-layer model; learning is {@link
 * TemporalLearning}, on the coordinates of the frames' span.
 */
public final class HiddenTemporalMemory implements SequenceMemory, Generative {
    private static final int FIRST_DECADES = 3;

    private final LinearAlgebra la;
    private final GenerativeNetwork network;
    private final LinearMap transition;
    private final Inference inference;

    private HiddenTemporalMemory(LinearAlgebra la, GenerativeNetwork network, LinearMap transition) {
        this.la = la;
        this.network = network;
        this.transition = transition;
        this.inference = Inference.forNetwork(network).withLinearAlgebra(la).withMasks(MaskCache.of(1));
    }

    /**
     * A memory over learned parameters, which are kept, not copied.
     *
     * @param network W, b and λ; one hidden layer
     * @param transition H, [n, n]
     */
    public static HiddenTemporalMemory of(GenerativeNetwork network, LinearMap transition, LinearAlgebra la) {
        int n = network.size(1);
        if (network.hiddenLayers() != 1 || transition.rows() != n || transition.columns() != n) {
            throw new IllegalArgumentException(
                    "The network %s and a transition of %d rows and %d columns do not make a sequence memory: one hidden layer, which predicts itself, was expected."
                            .formatted(network, transition.rows(), transition.columns()));
        }
        return new HiddenTemporalMemory(la, network, transition);
    }

    /** Stores sequences in a new memory. */
    public static Learned<HiddenTemporalMemory> learn(
            Sequences sequences, HiddenTemporalOptions options, LinearAlgebra la) {
        return learn(sequences, options, la, MemoryModel.Watch.NONE);
    }

    /** The same, with progress and a way to stop. */
    public static Learned<HiddenTemporalMemory> learn(
            Sequences sequences, HiddenTemporalOptions options, LinearAlgebra la, MemoryModel.Watch watch) {
        PatternSpan span = PatternSpan.of(la, sequences.all());
        SplittableRandom random = Stream.LEARNING.of(options.seed());
        List<Integer> sizes = List.of(Math.max(1, span.dimensions()), options.hiddenFor(sequences.count()));
        GenerativeNetwork initial = GenerativeNetwork.random(
                sizes, options.activation(), options.initialisation(), options.priorPrecision(), random.split());
        boolean nothing = span.dimensions() == 0;
        Matrix frames = nothing ? Matrix.zeros(sequences.count(), 1) : span.coordinates();
        double share = (double) frames.columns() / sequences.values();
        TemporalLearning.Result result = new TemporalLearning(
                        options.rule(), options.updates(), options.inferenceSteps(), options.startNoise(), la)
                .learn(
                        initial,
                        frames,
                        sequences.lengths(),
                        random.split().nextLong(),
                        p -> watch.observer().onUpdate(p.with(share, p.network())),
                        watch.resumed());
        LinearMap.Spanned spanned = new LinearMap.Spanned(
                nothing ? Matrix.zeros(1, sequences.values()) : span.basis(),
                result.network().weights(1));
        GenerativeNetwork network = GenerativeNetwork.ofMaps(
                options.activation(),
                List.of(TemporalMemory.compact(la, spanned)),
                result.network().memoryVector(),
                options.priorPrecision());
        HiddenTemporalMemory memory = of(network, new LinearMap.Dense(result.transition()), la);
        return new Learned<>(memory, result.outcome(), result.updates(), memory.audit(sequences, watch)).checked();
    }

    /** The same memory with another λ for recall. */
    public HiddenTemporalMemory withPriorPrecision(double lambda) {
        return new HiddenTemporalMemory(la, network.withPriorPrecision(lambda), transition);
    }

    @Override
    public GenerativeNetwork network() {
        return network;
    }

    /** H, [n, n]. */
    public LinearMap transition() {
        return transition;
    }

    @Override
    public String model() {
        return "tpc-hidden";
    }

    @Override
    public int values() {
        return network.size(0);
    }

    @Override
    public long bytes() {
        return Float.BYTES * (network.parameters() + transition.values());
    }

    /** What the memory believes after each frame shown. */
    private record Following(Recall recall, Matrix expected) {}

    @Override
    public Recall follow(Matrix frames) {
        Cues.requireFrames(values(), frames);
        return following(frames).recall;
    }

    private Following following(Matrix frames) {
        int count = frames.rows();
        Matrix expected = Matrix.wrap(1, network.size(1), network.memoryVector());
        Matrix answers = Matrix.zeros(count, values());
        double[] energy = new double[count];
        double[] residual = new double[count];
        int[] steps = new int[count];
        List<Status> status = new ArrayList<>();
        for (int t = 0; t < count; t++) {
            GenerativeNetwork here = GenerativeNetwork.ofMaps(
                    network.activation(), List.of(network.map(1)), expected.row(0), network.priorPrecision());
            Inference how = t == 0 ? inference.withAnnealing(Annealing.decades(FIRST_DECADES)) : inference;
            Equilibrium found = how.run(here, frames.slice(t, t + 1), Clamp.all(values()));
            energy[t] = found.totalEnergy(0);
            residual[t] = found.residual()[0];
            steps[t] = found.steps()[0];
            Matrix following = next(found.values().layer(1));
            Matrix answer = frame(following);
            boolean finite = following.isFinite() && answer.isFinite(); // where not, what was expected before stays
            status.add(finite ? found.status().get(0) : Status.DIVERGED);
            expected = finite ? following : expected;
            answers.setRow(t, finite ? answer : frame(expected), 0);
        }
        return new Following(new Recall(answers, energy, residual, steps, status), expected);
    }

    @Override
    public Recall replay(Matrix cue, int steps) {
        Cues.requireFrames(values(), cue);
        Cues.requireSteps(steps);
        Following shown = following(cue);
        int last = cue.rows() - 1;
        Matrix states = Matrix.zeros(steps, network.size(1));
        Matrix state = shown.expected;
        for (int t = 0; t < steps; t++) {
            states.setRow(t, state, 0);
            state = next(state);
        }
        Recall recalled = Replay.closedForm(frame(states), new double[steps]);
        List<Status> status = new ArrayList<>(recalled.status());
        if (status.get(0) == Status.CONVERGED) {
            status.set(0, shown.recall.status().get(last));
        }
        double[] residual = new double[steps];
        residual[0] = shown.recall.residual()[last];
        int[] taken = new int[steps];
        taken[0] = shown.recall.steps()[last];
        return new Recall(recalled.patterns(), recalled.energy(), residual, taken, status);
    }

    /** H f(z). */
    private Matrix next(Matrix z) {
        Matrix next = Matrix.zeros(z.rows(), z.columns());
        transition.predict(la, 1, network.activation().values(z), 0, next);
        return next;
    }

    /** W f(z). */
    private Matrix frame(Matrix z) {
        return ValueNodes.predict(la, network, z, 0);
    }
}
