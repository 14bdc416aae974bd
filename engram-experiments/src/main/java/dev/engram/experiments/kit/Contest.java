package dev.engram.experiments.kit;

import static dev.engram.experiments.kit.MetricNames.ANSWERING_SECONDS;
import static dev.engram.experiments.kit.MetricNames.BYTES;
import static dev.engram.experiments.kit.MetricNames.CUES;
import static dev.engram.experiments.kit.MetricNames.ERROR;
import static dev.engram.experiments.kit.MetricNames.LEARNING_SECONDS;
import static dev.engram.experiments.kit.MetricNames.RECOVERED;

import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.frame.Workbench;
import dev.engram.inference.Annealing;
import dev.engram.inference.Inference;
import dev.engram.inference.MaskCache;
import dev.engram.io.PatternSet;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Damage;
import dev.engram.memory.DamagedCues;
import dev.engram.memory.Recall;
import dev.engram.memory.Score;
import dev.engram.memory.Shape;
import dev.engram.memory.baseline.AffineSpan;
import dev.engram.memory.baseline.NearestNeighbour;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/** Compares memories: all store the same pictures and are shown the same damaged ones; the scores and times are recorded. */
public final class Contest {
    public static final String NEAREST = "nearest neighbour";
    public static final String SPAN = "affine span";
    /** As in the paper: the energy of training is the energy of recall. */
    public static final String PAPER = "PCN, λ = 1";
    /** Our default for completion: the pull of the memory vector is lowered step by step. */
    public static final String ANNEALED = "PCN, λ annealed";

    private static final int DECADES = 6;
    private static final int MASKS = 4;

    private final Workbench bench;
    private final Matrix stored;
    private final Shape shape;
    private final Matrix originals;
    private final Kept kept;
    private final Map<String, AssociativeMemory> memories = new LinkedHashMap<>();

    /** Which numbers go to the bench. */
    public enum Kept {
        ANSWERS,
        /** How many cues there were, and the memories' bytes, as well. */
        ANSWERS_AND_COSTS
    }

    /** @param cues how many of the pictures are asked for, from the first */
    public Contest(Workbench bench, PatternSet set, int cues) {
        this(bench, set.patterns(), set.shape(), cues, Kept.ANSWERS_AND_COSTS);
    }

    public Contest(Workbench bench, Matrix stored, Shape shape, int cues, Kept kept) {
        this.bench = bench;
        this.stored = stored;
        this.shape = shape;
        this.originals = stored.slice(0, Math.min(cues, stored.rows()));
        this.kept = kept;
        if (kept == Kept.ANSWERS_AND_COSTS) {
            bench.measure(bench.setting(), CUES, originals.rows());
        }
    }

    /** Of all pictures. */
    public Contest(Workbench bench, PatternSet set) {
        this(bench, set.patterns(), set.shape());
    }

    /** Of all pictures, [pictures, values]. */
    public Contest(Workbench bench, Matrix stored, Shape shape) {
        this(bench, stored, shape, stored.rows(), Kept.ANSWERS_AND_COSTS);
    }

    /** Lets a memory learn, and in. */
    public Contest enter(String name, Supplier<? extends AssociativeMemory> learning) {
        return enterReady(name, bench.timed(of(name), LEARNING_SECONDS, learning));
    }

    /** Lets a memory in that has learned before. */
    public Contest enterReady(String name, AssociativeMemory memory) {
        bench.requireGoingOn();
        memories.put(name, memory);
        if (kept == Kept.ANSWERS_AND_COSTS) {
            bench.measure(of(name), BYTES, memory.bytes());
        }
        return this;
    }

    /** The two memories that the paper leaves out. */
    public Contest enterBaselines() {
        return enter(NEAREST, () -> new NearestNeighbour(bench.la(), stored))
                .enter(SPAN, () -> new AffineSpan(bench.la(), stored));
    }

    /** The paper's network with two layers, asked in two ways. */
    public PredictiveCodingMemory enterNetwork(int hidden) {
        PredictiveCodingMemory memory = bench.timed(
                of(PAPER), LEARNING_SECONDS, () -> bench.timed(of(ANNEALED), LEARNING_SECONDS, () -> learn(hidden)));
        Inference paper = Inference.newton().withMasks(MaskCache.of(MASKS));
        Inference annealed = paper.withAnnealing(Annealing.decades(DECADES));
        PredictiveCodingMemory asInThePaper = memory.withInference(paper, paper);
        enterReady(PAPER, asInThePaper);
        enterReady(ANNEALED, memory.withInference(annealed, annealed));
        return asInThePaper;
    }

    /** A network of two layers that has learned what is stored. */
    public PredictiveCodingMemory learn(int hidden) {
        return learn(PredictiveCodingOptions.defaults().withHidden(hidden).withSeed(bench.seed()));
    }

    /** A network that has learned what is stored. */
    public PredictiveCodingMemory learn(PredictiveCodingOptions options) {
        PredictiveCodingMemory memory = PredictiveCodingMemory.learn(
                        stored, options, progress -> bench.goesOn(), bench.la())
                .memory();
        bench.requireGoingOn();
        return memory.watchedBy(step -> bench.goesOn());
    }

    /** Shows the damaged pictures to all memories, and keeps the fraction recovered, the error and the time. */
    public Answers ask(Question question) {
        DamagedCues cues = question.damage().apply(originals, shape, bench.seed());
        Map<String, Recall> recalls = new LinkedHashMap<>();
        memories.forEach((name, memory) -> {
            CellSetting asked = question.on(bench.setting()).with(Parts.MEMORY, name);
            Recall recall = bench.timed(asked, ANSWERING_SECONDS, () -> cues.ask(memory));
            bench.requireGoingOn();
            record(asked, question.damage(), recall.patterns());
            recalls.put(name, recall);
        });
        return new Answers(shape, originals, cues, recalls);
    }

    /** Scores an answer and keeps its numbers. */
    public Score record(CellSetting asked, Damage damage, Matrix answer) {
        Score score = Score.of(originals, answer);
        bench.measure(asked, RECOVERED, score.recoveredFraction(damage.threshold()));
        bench.measure(asked, ERROR, score.mean());
        return score;
    }

    /** The fraction that a memory recovered, as people read it; "" where it was not asked. */
    public static String recovered(Results here, String memory) {
        return here.where(Parts.MEMORY, memory).percent(RECOVERED);
    }

    /** How many pictures were recovered, of a number of them, by the one fraction that is left. */
    public static OptionalDouble count(int pictures, Results here) {
        OptionalDouble fraction = here.value(RECOVERED);
        return fraction.isEmpty() ? fraction : OptionalDouble.of(Math.rint(pictures * fraction.getAsDouble()));
    }

    /** A memory's mean squared error, as people read it. */
    public static String error(Results here, String memory) {
        return here.where(Parts.MEMORY, memory).brief(ERROR);
    }

    /** What computes. */
    public LinearAlgebra la() {
        return bench.la();
    }

    public Matrix originals() {
        return originals;
    }

    public Matrix stored() {
        return stored;
    }

    private CellSetting of(String name) {
        return bench.setting().with(Parts.MEMORY, name);
    }
}
