package dev.engram.memory.attractor;

import dev.engram.inference.Equilibrium;
import dev.engram.inference.Inference;
import dev.engram.inference.InferenceObserver;
import dev.engram.inference.MaskCache;
import dev.engram.inference.Status;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Answer;
import dev.engram.memory.Calibration;
import dev.engram.memory.EditableMemory;
import dev.engram.memory.Identifier;
import dev.engram.memory.Mask;
import dev.engram.memory.MemoryAudit;
import dev.engram.memory.Recall;
import dev.engram.memory.Score;
import dev.engram.memory.internal.Calibrations;
import dev.engram.memory.internal.CueBlocks;
import dev.engram.memory.internal.Cues;
import dev.engram.memory.internal.DamagedSearch;
import dev.engram.memory.internal.ExactSearch;
import dev.engram.memory.internal.Judgement;
import dev.engram.memory.internal.Lazy;
import dev.engram.memory.internal.References;
import dev.engram.memory.internal.Trust;
import dev.engram.network.Clamp;
import dev.engram.network.Generative;
import dev.engram.network.GenerativeNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

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
 * <p>How much the cue is trusted against the prior is a ratio of precisions, {@link AttractionOptions#noisePrecision} and
 * {@link AttractionOptions#completionPrecision}; it divides λ.
 *
 * <p>Salvatori et al. 2021 propose recurrent connections in the top layer in their outlook; the energy of the codes is that of Ramsauer et al.
 * 2021 with Euclidean similarity (docs/beyond.md).
 */
public final class AttractorMemory implements EditableMemory, Generative {
    private static final int MASKS_REMEMBERED = 4;
    private static final double LEAST_VARIANCE = 1e-6; // of known values: a thousandth of a grey level's
    private static final double LEAST_SHARE = 1e-3; // of the patterns' variance, where that is less

    private final GenerativeNetwork network;
    private final Codes codes;
    private final AttractionOptions options;
    private final Inference inference;
    private final LinearAlgebra la;
    private final Lazy<CodePrior> prior;
    private final Lazy<References> reconstructions; // of values
    private final Lazy<Whole> whole;
    private final int
            patternValues; // what the sensory layer stands for: its nodes, or the values that these are coordinates of
    private final Calibrations calibrations;
    private final Optional<Matrix> originals;

    /** How whole cues are answered: in coordinates, with what the codes generate there, and what is remembered of inference there. */
    private record Whole(WholeCues cues, References reconstructions, MaskCache masks) {}

    private AttractorMemory(
            GenerativeNetwork network, Codes codes, AttractionOptions options, Inference inference, LinearAlgebra la) {
        if (codes.nodes() != network.size(network.hiddenLayers())) {
            throw new IllegalArgumentException("The codes have %d values, the top layer %d value nodes."
                    .formatted(codes.nodes(), network.size(network.hiddenLayers())));
        }
        this.network = network;
        this.codes = codes;
        this.options = options;
        this.inference = inference;
        this.la = la;
        this.prior = new Lazy<>(() -> new CodePrior(la, codes));
        this.reconstructions = new Lazy<>(this::generated);
        this.whole = new Lazy<>(this::whole);
        this.patternValues = network.size(0);
        this.calibrations = Calibrations.none(reconstructions::get, options.agreement());
        this.originals = Optional.empty();
    }

    private AttractorMemory(
            AttractorMemory other,
            AttractionOptions options,
            Inference inference,
            int patternValues,
            Calibrations calibrations,
            Optional<Matrix> originals) {
        this.network = other.network;
        this.codes = other.codes;
        this.options = options;
        this.inference = inference;
        this.la = other.la;
        this.prior = other.prior;
        boolean same = patternValues == other.patternValues;
        this.reconstructions = same ? other.reconstructions : new Lazy<>(this::generated);
        this.whole = same ? other.whole : new Lazy<>(this::whole);
        this.patternValues = patternValues;
        this.calibrations = calibrations;
        this.originals = originals;
    }

    private References generated() {
        return Reconstructions.of(la, network, codes.values(), patternValues);
    }

    private Whole whole() {
        WholeCues cues = new WholeCues(la, network);
        References there = cues.network() == network
                ? reconstructions.get()
                : Reconstructions.of(la, cues.network(), codes.values(), patternValues);
        return new Whole(cues, there, MaskCache.of(1));
    }

    /** A memory over a learned network and codes, which are kept, not copied. */
    public static AttractorMemory of(
            GenerativeNetwork network, Codes codes, AttractionOptions options, LinearAlgebra la) {
        Inference inference =
                Inference.forNetwork(network).withLinearAlgebra(la).withMasks(MaskCache.of(MASKS_REMEMBERED));
        return new AttractorMemory(network, codes, options, inference, la);
    }

    /** {@link #of(GenerativeNetwork, Codes, AttractionOptions, LinearAlgebra)} with defaults and the shared linear algebra. */
    public static AttractorMemory of(GenerativeNetwork network, Codes codes) {
        return of(network, codes, AttractionOptions.defaults(), LinearAlgebra.shared());
    }

    /**
     * Puts the codes of the stored patterns in the place of the memory vector: one inference of each, shown whole.
     *
     * @param patterns [patterns, values], those the network has learned
     */
    public static AttractorMemory learn(
            GenerativeNetwork network, Matrix patterns, AttractionOptions options, LinearAlgebra la) {
        return of(network, codesOf(network, patterns, la), options, la);
    }

    /** {@link #learn(GenerativeNetwork, Matrix, AttractionOptions, LinearAlgebra)} with defaults and the shared linear algebra. */
    public static AttractorMemory learn(GenerativeNetwork network, Matrix patterns) {
        return learn(network, patterns, AttractionOptions.defaults(), LinearAlgebra.shared());
    }

    /** The values of the top layer at the equilibrium of each pattern shown whole, under the network's own prior. */
    public static Codes codesOf(GenerativeNetwork network, Matrix patterns, LinearAlgebra la) {
        Cues.requirePatterns(patterns);
        WholeCues whole = new WholeCues(la, network);
        Inference inference =
                Inference.forNetwork(network).withLinearAlgebra(la).withMasks(MaskCache.of(1));
        Clamp all = Clamp.all(whole.network().size(0));
        Matrix codes = Matrix.zeros(patterns.rows(), network.size(network.hiddenLayers()));
        new CueBlocks(codes.columns()).forEach(patterns.rows(), block -> {
            Matrix coordinates = whole.shown(patterns.rows(block)).coordinates();
            Equilibrium equilibrium = inference.run(whole.network(), coordinates, all);
            codes.setRows(block, equilibrium.values().layer(network.hiddenLayers()));
        });
        return Codes.of(codes);
    }

    /**
     * The same memory, its sensory nodes being coordinates of patterns with that many values: what is said of whole cues is said as of these
     * values.
     */
    AttractorMemory ofPatternsWith(int newValues) {
        return new AttractorMemory(this, options, inference, newValues, calibrations, originals);
    }

    /** The same memory answering in another way. */
    public AttractorMemory with(AttractionOptions newOptions) {
        return new AttractorMemory(this, newOptions, inference, patternValues, calibrations, originals);
    }

    /** The same memory with another inference between two weighings of the codes. */
    public AttractorMemory withInference(Inference newInference) {
        return new AttractorMemory(this, options, newInference, patternValues, calibrations, originals);
    }

    /** The same memory with another threshold of novelty for whole cues; for others it is calibrated when asked, at the same rate. */
    public AttractorMemory with(Calibration newCalibration) {
        Calibrations none = Calibrations.none(reconstructions::get, options.agreement());
        return with(
                newCalibration.heldOut() == 0
                        ? none
                        : none.at(newCalibration.falseAlarmRate()).with(Mask.all(patternValues), newCalibration));
    }

    private AttractorMemory with(Calibrations newCalibrations) {
        return new AttractorMemory(this, options, inference, patternValues, newCalibrations, originals);
    }

    /**
     * The same memory calibrated on itself: each stored pattern in turn is shown as if its own code were not there, which makes it a picture of
     * the same kind that is not stored. From about 1/rate patterns on.
     */
    @Override
    public AttractorMemory calibrated(double rate) {
        return with(Calibrations.ofWhole(whole.get().reconstructions, options.agreement(), rate));
    }

    private CueBlocks blocks() {
        return new CueBlocks(codes.size());
    }

    private static void put(double[] part, double[] all, int from) {
        System.arraycopy(part, 0, all, from, part.length);
    }

    /** The same memory calibrated on cues that are not stored, with their values known as the mask says. */
    public AttractorMemory calibrated(Matrix given, Mask mask, double rate) {
        Matrix unseen = Cues.known(this, given, mask);
        double[] novelty = new double[unseen.rows()];
        blocks().forEach(unseen.rows(), block -> {
            Matrix cues = unseen.rows(block);
            double[] found = mask.clamp().isAll()
                    ? judged(whole.get().cues.shown(cues)).novelty()
                    : judged(cues, Trust.of(mask.cues(block))).novelty();
            put(found, novelty, block[0]);
        });
        return with(calibrations.at(rate).with(mask, Calibration.of(novelty, rate)));
    }

    /**
     * The same memory with the patterns themselves kept beside it, to be given back bit for bit.
     *
     * @param patterns [patterns, values], in the order of the codes; kept, not copied
     */
    public AttractorMemory withOriginals(Matrix patterns) {
        if (patterns.rows() != codes.size() || patterns.columns() != values()) {
            throw new IllegalArgumentException(
                    "The originals have shape [%d, %d]; the memory has %d codes of %d values."
                            .formatted(patterns.rows(), patterns.columns(), codes.size(), values()));
        }
        return new AttractorMemory(this, options, inference, patternValues, calibrations, Optional.of(patterns));
    }

    /**
     * The memory with more patterns, each written by one step of the sensory weights that changes nothing for the others ({@link OneShot}), and a code
     * of its own. The threshold of novelty stays as it was calibrated.
     *
     * @param patterns [patterns, values]; the originals are kept where the others' are
     * @param seed of the new codes
     * @throws IllegalArgumentException if the first hidden layer has no room for them
     */
    @Override
    public AttractorMemory store(Matrix patterns, long seed) {
        Cues.requireMore(this, patterns);
        return edited(
                new OneShot(la).store(network, codes, patterns, seed), originals.map(kept -> kept.below(patterns)));
    }

    @Override
    public int room() {
        return Math.max(0, network.size(1) - codes.size());
    }

    /**
     * The memory without some of its patterns. What only they had is taken out of weights, codes and originals: no state of the network generates it
     * any more. What they shared with the others stays, and so does their part in how the network came to be (the memory vector, the layers
     * above the first, the others' codes).
     *
     * @param patterns their indices; at least one pattern must stay
     */
    @Override
    public AttractorMemory forget(int... patterns) {
        int[] kept = Cues.kept(codes.size(), patterns);
        int[] gone = Arrays.stream(patterns).sorted().distinct().toArray();
        return edited(new OneShot(la).forget(network, codes, kept, gone), originals.map(all -> all.rows(kept)));
    }

    private AttractorMemory edited(OneShot.Edited parts, Optional<Matrix> newOriginals) {
        AttractorMemory edited = of(parts.network(), parts.codes(), options, la);
        return new AttractorMemory(edited, options, edited.inference, patternValues, edited.calibrations, newOriginals)
                .with(calibration());
    }

    @Override
    public Optional<Identifier> identifier() {
        return Optional.of(new ExactSearch(la, reconstructions::get, calibrations));
    }

    /** Recalls everything it holds, and measures the room that is left. */
    @Override
    public Optional<MemoryAudit> audit() {
        Matrix shown = originals.orElseGet(
                () -> reconstructions.get().of(IntStream.range(0, codes.size()).toArray()));
        Recall found = recall(shown);
        Score errors = Score.of(shown, found.patterns());
        double[] own = new OneShot(la).own(network, codes);
        return Optional.of(new MemoryAudit(errors, found.answers(), own, network.size(1)));
    }

    /** Of whole cues. */
    public Calibration calibration() {
        return calibrations.of(Mask.all(patternValues));
    }

    /** The patterns, where they are kept. */
    public Optional<Matrix> originals() {
        return originals;
    }

    @Override
    public GenerativeNetwork network() {
        return network;
    }

    public Codes codes() {
        return codes;
    }

    public AttractionOptions options() {
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
        long kept = originals.map(m -> (long) Float.BYTES * m.data().length).orElse(0L);
        return Float.BYTES * network.parameters() + codes.bytes() + kept;
    }

    @Override
    public AttractorMemory watchedBy(InferenceObserver observer) {
        return withInference(inference.withObserver(observer));
    }

    @Override
    public Recall recall(Matrix cues, int iterations) {
        Cues.require(this, cues);
        Cues.requireIterations(iterations);
        Recall first = recallOnce(cues);
        Recall last = first;
        for (int k = 1; k < iterations; k++) {
            last = recallOnce(last.patterns());
        }
        return last.withAnswers(first.answers());
    }

    private Recall recallOnce(Matrix cues) {
        return blocks().recall(cues, block -> {
            WholeCues.Shown shown = whole.get().cues.shown(block);
            Matrix errors = errors(shown);
            Attraction.Result found = attracted(shown, errors);
            Matrix patterns = whole.get().cues.values(found.equilibrium().prediction());
            return answered(judged(errors).answers(wholeThreshold()), result(found, patterns, shown.outside()));
        });
    }

    private static Recall result(Attraction.Result found, Matrix patterns, double[] outside) {
        Equilibrium end = found.equilibrium();
        double[] energy = new double[outside.length];
        Arrays.setAll(energy, cue -> found.energy()[cue] + 0.5 * outside[cue]);
        return new Recall(patterns, energy, end.residual(), found.steps(), end.status());
    }

    /** Of whole cues at every code, [cues, codes]. */
    private Matrix errors(WholeCues.Shown shown) {
        Matrix errors = whole.get().reconstructions.squaredErrors(shown.coordinates(), Trust.all(patternValues));
        int n = codes.size();
        for (int at = 0; at < errors.data().length; at++) {
            errors.data()[at] += (float) shown.outside()[at / n];
        }
        return errors;
    }

    private Attraction.Result attracted(WholeCues.Shown shown, Matrix errors) {
        Whole here = whole.get();
        Inference there = inference.withMasks(here.masks);
        Clamp all = Clamp.all(shown.coordinates().columns());
        return attraction(
                        named -> here.cues.watched(there, shown, named), here.cues.network(), options.noisePrecision())
                .run(
                        shown.coordinates(),
                        all,
                        evidence(here.reconstructions, errors, Trust.all(patternValues)),
                        (beta, e) -> {});
    }

    private IntToDoubleFunction wholeThreshold() {
        double threshold = calibration().threshold();
        return cue -> threshold;
    }

    private Judgement judged(WholeCues.Shown shown) {
        return judged(errors(shown));
    }

    private Judgement judged(Matrix errors) {
        return new Judgement(whole.get().reconstructions, errors, Trust.all(patternValues), options.agreement());
    }

    private Judgement judged(Matrix cues, Trust trust) {
        Matrix errors = reconstructions.get().squaredErrors(cues, trust);
        return new Judgement(reconstructions.get(), errors, trust, options.agreement());
    }

    /** What is said of the cues; and the original, where it is kept and that is recalled. */
    private Recall answered(List<Answer> answers, Recall recall) {
        originals.ifPresent(kept -> {
            for (int cue = 0; cue < answers.size(); cue++) {
                if (answers.get(cue) instanceof Answer.Recalled recalled) {
                    recall.patterns().setRow(cue, kept, recalled.index());
                }
            }
        });
        return recall.withAnswers(answers);
    }

    @Override
    public Recall complete(Matrix given, Mask mask) {
        Matrix cues = Cues.known(this, given, mask);
        IntToDoubleFunction thresholds = calibrations.thresholds(mask);
        return blocks().complete(cues, mask, (block, known, numbers) -> {
            Weighed found = weighed(block, known, options.completionPrecision(), end -> end.values()
                    .layer(0));
            Judgement judgement =
                    new Judgement(reconstructions.get(), found.errors(), Trust.of(known), options.agreement());
            return answered(judgement.answers(k -> thresholds.applyAsDouble(numbers[k])), found.recall());
        });
    }

    /** Recall from cues with a damaged part that is not marked ({@link Recovery}); the result says which values were trusted. */
    @Override
    public Recall recover(Matrix cues) {
        Cues.require(this, cues);
        DamagedSearch damaged = calibrations.damaged();
        return blocks().recover(cues, block -> {
            DamagedSearch.Found found = damaged.search(block);
            double truncation =
                    lesser(options.truncation(), reconstructions.get().variance());
            Recovery.Result result = new Recovery(options.rounds(), truncation, this::recalled)
                    .run(block, reconstructions.get().of(found.nearest()));
            Judgement judgement = judged(block, Trust.of(result.trust()));
            return answered(judgement.answers(calibrations.familiar(block, found), found.novelty()), result.recall())
                    .withTrust(result.trust());
        });
    }

    /** A size that is right for pictures, or, of patterns that vary less, one by their variance; where they do not vary there is none. */
    private static double lesser(double ofPictures, double byVariance) {
        return byVariance > 0 ? Math.min(ofPictures, byVariance) : ofPictures;
    }

    /** Recall of whole cues, without a word on them. */
    private Recall recalled(Matrix cues) {
        WholeCues.Shown shown = whole.get().cues.shown(cues);
        Attraction.Result found = attracted(shown, errors(shown));
        return result(found, whole.get().cues.values(found.equilibrium().prediction()), shown.outside());
    }

    /** |x - μ^0|² is twice the energy of the sensory layer; nothing is predicted at its size. */
    @Override
    public Score regenerated(Matrix patterns) {
        Cues.require(this, patterns);
        if (originals.isPresent()) { // which come back themselves
            return EditableMemory.super.regenerated(patterns);
        }
        double[] errors = new double[patterns.rows()];
        blocks().forEach(patterns.rows(), block -> {
            WholeCues.Shown shown = whole.get().cues.shown(patterns.rows(block));
            double[][] energy = attracted(shown, errors(shown)).equilibrium().energy();
            for (int k = 0; k < block.length; k++) {
                errors[block[k]] = (2 * energy[k][0] + shown.outside()[k]) / patternValues;
            }
        });
        return new Score(errors);
    }

    /**
     * How new whole cues are: how far each has gone from the nearest stored pattern towards another, 0 at a stored pattern (with noise or
     * without), near ½ between them; with the error of each value and the energy of each layer at the answer.
     */
    public Familiarity familiarity(Matrix cues) {
        Cues.require(this, cues);
        double[] novelty = new double[cues.rows()];
        Matrix squares = Matrix.zeros(cues.rows(), values());
        double[][] energy = new double[cues.rows()][];
        blocks().forEach(cues.rows(), block -> {
            WholeCues.Shown shown = whole.get().cues.shown(cues.rows(block));
            Matrix errors = errors(shown);
            put(judged(errors).novelty(), novelty, block[0]);
            Equilibrium end = attracted(shown, errors).equilibrium();
            Matrix left = shown.cues().minus(whole.get().cues.values(end.prediction()));
            for (int at = 0; at < left.data().length; at++) {
                left.data()[at] *= left.data()[at];
            }
            squares.setRows(block, left);
            for (int k = 0; k < block.length; k++) {
                energy[block[k]] = end.energy()[k];
                energy[block[k]][0] += 0.5 * shown.outside()[k];
            }
        });
        return new Familiarity(novelty, squares, energy);
    }

    /** What was given back; p, and the squared error of the known values, for every cue and code. */
    record Weighed(Recall recall, DoubleMatrix responsibilities, Matrix errors) {}

    /** Inference under the codes, with the given precision of the cue relative to the prior. */
    private Attraction attraction(Function<int[], Inference> by, GenerativeNetwork of, double precision) {
        return new Attraction(by, of.withPriorPrecision(of.priorPrecision() / precision), prior.get(), options);
    }

    /** @param reading what of an equilibrium is the answer */
    Weighed weighed(Matrix cues, Mask mask, double precision, Function<Equilibrium, Matrix> reading) {
        Attraction attraction = attraction(named -> inference, network, precision);
        Trust trust = Trust.of(mask);
        Matrix errors = reconstructions.get().squaredErrors(cues, trust);
        DoubleMatrix start = evidence(reconstructions.get(), errors, trust);
        int n = cues.rows();
        Matrix patterns = Matrix.zeros(n, values());
        DoubleMatrix responsibilities = DoubleMatrix.zeros(n, codes.size());
        double[] energy = new double[n];
        double[] residual = new double[n];
        int[] steps = new int[n];
        Status[] status = new Status[n];
        for (int[] group : mask.clamp().groups(n)) {
            DoubleMatrix first = start.rows(group);
            Attraction.Result result =
                    attraction.run(cues.rows(group), mask.clamp().cues(group), first, (beta, e) -> {});
            patterns.setRows(group, reading.apply(result.equilibrium()));
            responsibilities.setRows(group, result.responsibilities());
            for (int i = 0; i < group.length; i++) {
                int cue = group[i];
                energy[cue] = result.energy()[i];
                residual[cue] = result.equilibrium().residual()[i];
                steps[cue] = result.steps()[i];
                status[cue] = result.equilibrium().status().get(i);
            }
        }
        Recall recall = new Recall(patterns, energy, residual, steps, Arrays.asList(status));
        return new Weighed(recall, responsibilities, errors);
    }

    /**
     * How probable each code is from the cue's error at the code alone, the precision of the cue being the likeliest for each code:
     * p_i ∝ w_i (|x_K - μ_K(c_i)|² / |K|)^(-|K|/2), [cues, codes].
     */
    private DoubleMatrix evidence(References compared, Matrix errors, Trust trust) {
        DoubleMatrix energies = errors.toDouble();
        double least = lesser(LEAST_VARIANCE, LEAST_SHARE * compared.variance());
        la.parallel(errors.rows(), cue -> {
            double known = trust.known(cue);
            for (int i = cue * codes.size(); i < (cue + 1) * codes.size(); i++) {
                energies.data()[i] = 0.5 * known * Math.log(energies.data()[i] / Math.max(1, known) + least);
            }
        });
        DoubleMatrix p = prior.get().logitsOf(energies);
        CodePrior.normalise(p);
        return p;
    }
}
