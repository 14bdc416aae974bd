package dev.engram.memory;

import dev.engram.graph.Clamp;
import dev.engram.graph.GenerativeNetwork;
import dev.engram.inference.Equilibrium;
import dev.engram.inference.Inference;
import dev.engram.inference.MaskCache;
import dev.engram.inference.Status;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import java.util.Arrays;

/**
 * A predictive-coding memory whose prior is a memory itself: the stored patterns' codes in place of one memory vector.
 *
 * <pre>
 *   E = Σ_{l&lt;L} ½ |ε^l|² - (λ/β) log Σ_i w_i exp(-β/2 |x^L - c_i|²)
 * </pre>
 *
 * <p>A network with one memory vector interpolates between its patterns when little is known of a cue, or all of it is noisy. Here every
 * pattern is an attractor: inference and the weighing of codes alternate ({@link Attraction}) while β rises. The first weights are those the
 * cue gives each code by itself, from the energy of the cue at the code.
 *
 * <p>How much the cue is trusted against the prior is a ratio of precisions, {@link AttractorOptions#noisePrecision} and
 * {@link AttractorOptions#completionPrecision}; it divides λ.
 *
 * <p>Salvatori et al. 2021 propose recurrent connections in the top layer in their outlook; the energy of the codes is that of Ramsauer et al.
 * 2021 with Euclidean similarity (docs/beyond.md).
 */
public final class AttractorMemory implements AssociativeMemory {
    private static final int MASKS_REMEMBERED = 4;
    private static final double LEAST_VARIANCE = 1e-6; // of known values: a thousandth of a grey level's

    private final GenerativeNetwork network;
    private final Codes codes;
    private final AttractorOptions options;
    private final Inference inference;
    private final LinearAlgebra la;
    private final CodePrior prior;
    private final Reconstructions reconstructions;

    private AttractorMemory(
            GenerativeNetwork network, Codes codes, AttractorOptions options, Inference inference, LinearAlgebra la) {
        if (codes.nodes() != network.size(network.hiddenLayers())) {
            throw new IllegalArgumentException("The codes have %d values, the top layer %d value nodes."
                    .formatted(codes.nodes(), network.size(network.hiddenLayers())));
        }
        this.network = network;
        this.codes = codes;
        this.options = options;
        this.inference = inference;
        this.la = la;
        this.prior = new CodePrior(la, codes);
        this.reconstructions = new Reconstructions(la, network, codes.values());
    }

    /** A memory over a learned network and codes, which are kept, not copied. */
    public static AttractorMemory of(
            GenerativeNetwork network, Codes codes, AttractorOptions options, LinearAlgebra la) {
        Inference inference =
                Inference.forNetwork(network).withLinearAlgebra(la).withMasks(MaskCache.of(MASKS_REMEMBERED));
        return new AttractorMemory(network, codes, options, inference, la);
    }

    /** {@link #of(GenerativeNetwork, Codes, AttractorOptions, LinearAlgebra)} with defaults and the shared linear algebra. */
    public static AttractorMemory of(GenerativeNetwork network, Codes codes) {
        return of(network, codes, AttractorOptions.defaults(), LinearAlgebra.shared());
    }

    /**
     * Puts the codes of the stored patterns in the place of the memory vector: one inference of each, shown whole.
     *
     * @param patterns [patterns, values], those the network has learned
     */
    public static AttractorMemory learn(GenerativeNetwork network, Matrix patterns) {
        return of(network, codesOf(network, patterns, LinearAlgebra.shared()));
    }

    /** The values of the top layer at the equilibrium of each pattern shown whole, under the network's own prior. */
    public static Codes codesOf(GenerativeNetwork network, Matrix patterns, LinearAlgebra la) {
        Cues.requirePatterns(patterns);
        Equilibrium equilibrium = Inference.forNetwork(network)
                .withLinearAlgebra(la)
                .run(network, patterns, Clamp.all(patterns.columns()));
        return Codes.of(equilibrium.values().layer(network.hiddenLayers()));
    }

    /** The same memory answering in another way. */
    public AttractorMemory with(AttractorOptions newOptions) {
        return new AttractorMemory(network, codes, newOptions, inference, la);
    }

    /** The same memory with another inference between two weighings of the codes. */
    public AttractorMemory withInference(Inference newInference) {
        return new AttractorMemory(network, codes, options, newInference, la);
    }

    public GenerativeNetwork network() {
        return network;
    }

    public Codes codes() {
        return codes;
    }

    public AttractorOptions options() {
        return options;
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
        return PredictiveCodingMemory.bytes(network) + codes.bytes();
    }

    @Override
    public Recall recall(Matrix cues, int iterations) {
        Cues.require(this, cues);
        Cues.requireIterations(iterations);
        Answers answers = answers(cues, Mask.all(values()), options.noisePrecision(), Equilibrium::prediction);
        for (int k = 1; k < iterations; k++) {
            answers = answers(
                    answers.recall().patterns(), Mask.all(values()), options.noisePrecision(), Equilibrium::prediction);
        }
        return answers.recall();
    }

    @Override
    public Recall complete(Matrix cues, Mask mask) {
        Cues.require(this, cues, mask);
        return answers(cues, mask, options.completionPrecision(), end -> end.values()
                        .layer(0))
                .recall();
    }

    /** What of an equilibrium is the answer. */
    interface Reading {
        Matrix of(Equilibrium end);
    }

    /** What was given back, and p for every cue and code. */
    record Answers(Recall recall, DoubleMatrix responsibilities) {}

    Answers answers(Matrix cues, Mask mask, double precision, Reading reading) {
        GenerativeNetwork trusting = network.withPriorPrecision(network.priorPrecision() / precision);
        Attraction attraction = new Attraction(inference, trusting, prior, options);
        DoubleMatrix start = evidence(cues, mask);
        int n = cues.rows();
        Matrix patterns = Matrix.zeros(n, values());
        DoubleMatrix responsibilities = DoubleMatrix.zeros(n, codes.size());
        double[] energy = new double[n];
        double[] residual = new double[n];
        int[] steps = new int[n];
        Status[] status = new Status[n];
        for (int[] group : mask.clamp().groups(n)) {
            DoubleMatrix first = rows(start, group);
            Attraction.Result result =
                    attraction.run(cues.rows(group), mask.clamp().cues(group), first, (beta, e) -> {});
            Matrix read = reading.of(result.equilibrium());
            for (int i = 0; i < group.length; i++) {
                int cue = group[i];
                System.arraycopy(read.data(), i * values(), patterns.data(), cue * values(), values());
                System.arraycopy(
                        result.responsibilities().data(),
                        i * codes.size(),
                        responsibilities.data(),
                        cue * codes.size(),
                        codes.size());
                energy[cue] = result.energy()[i];
                residual[cue] = result.equilibrium().residual()[i];
                steps[cue] = result.steps()[i];
                status[cue] = result.equilibrium().status().get(i);
            }
        }
        return new Answers(new Recall(patterns, energy, residual, steps, Arrays.asList(status)), responsibilities);
    }

    /**
     * How probable each code is from the cue's error at the code alone, the precision of the cue being the likeliest for each code:
     * p_i ∝ w_i (|x_K - μ_K(c_i)|² / |K|)^(-|K|/2), [cues, codes].
     */
    private DoubleMatrix evidence(Matrix cues, Mask mask) {
        DoubleMatrix energies = reconstructions
                .squaredErrors(cues, Reconstructions.trust(mask, cues.rows()))
                .toDouble();
        for (int cue = 0; cue < cues.rows(); cue++) {
            int known = mask.knownValues(cue);
            for (int i = cue * codes.size(); i < (cue + 1) * codes.size(); i++) {
                energies.data()[i] = 0.5 * known * Math.log(energies.data()[i] / Math.max(1, known) + LEAST_VARIANCE);
            }
        }
        DoubleMatrix p = prior.logitsOf(energies);
        CodePrior.normalise(p);
        return p;
    }

    private static DoubleMatrix rows(DoubleMatrix matrix, int[] rows) {
        DoubleMatrix chosen = DoubleMatrix.zeros(rows.length, matrix.columns());
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(
                    matrix.data(), rows[i] * matrix.columns(), chosen.data(), i * matrix.columns(), matrix.columns());
        }
        return chosen;
    }
}
