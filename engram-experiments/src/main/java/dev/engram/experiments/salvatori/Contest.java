package dev.engram.experiments.salvatori;

import dev.engram.experiments.frame.Setting;
import dev.engram.experiments.frame.Workbench;
import dev.engram.inference.Annealing;
import dev.engram.inference.Inference;
import dev.engram.inference.MaskCache;
import dev.engram.io.PatternSet;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Score;
import dev.engram.memory.Shape;
import dev.engram.memory.baseline.AffineSpan;
import dev.engram.memory.baseline.NearestNeighbour;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Memories that have stored the same pictures and are shown the same damaged ones; what comes of it goes to the bench. */
public final class Contest {
    public static final String MEMORY = "memory";
    public static final String RECOVERED = "recovered fraction";
    public static final String ERROR = "mean squared error";
    public static final String BYTES = "bytes stored";
    public static final String CUES = "cues";
    public static final String LEARNING_SECONDS = "learning, seconds";
    public static final String ANSWERING_SECONDS = "answering, seconds";

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
    private final Map<String, AssociativeMemory> memories = new LinkedHashMap<>();

    /** @param cues how many of the pictures are asked for, from the first */
    Contest(Workbench bench, PatternSet set, int cues) {
        this(bench, set.patterns(), set.shape(), cues);
    }

    public Contest(Workbench bench, Matrix stored, Shape shape, int cues) {
        this.bench = bench;
        this.stored = stored;
        this.shape = shape;
        this.originals = stored.slice(0, Math.min(cues, stored.rows()));
        bench.measure(bench.setting(), CUES, originals.rows());
    }

    /** Lets a memory learn, and in. */
    Contest enter(String name, Supplier<? extends AssociativeMemory> learning) {
        return enterReady(name, bench.timed(of(name), LEARNING_SECONDS, learning));
    }

    /** Lets a memory in that has learned before. */
    public Contest enterReady(String name, AssociativeMemory memory) {
        bench.requireGoingOn();
        memories.put(name, memory);
        bench.measure(of(name), BYTES, memory.bytes());
        return this;
    }

    /** The two memories that the paper leaves out. */
    public Contest enterBaselines() {
        return enter(NEAREST, () -> new NearestNeighbour(stored))
                .enter(SPAN, () -> new AffineSpan(LinearAlgebra.shared(), stored));
    }

    /** The paper's network with two layers, asked in two ways. */
    PredictiveCodingMemory enterNetwork(int hidden) {
        PredictiveCodingOptions options =
                PredictiveCodingOptions.defaults().withHidden(hidden).withSeed(bench.seed());
        PredictiveCodingMemory memory = bench.timed(
                of(PAPER), LEARNING_SECONDS, () -> bench.timed(of(ANNEALED), LEARNING_SECONDS, () -> learn(options)));
        Inference paper = Inference.newton().withMasks(MaskCache.of(MASKS));
        Inference annealed = paper.withAnnealing(Annealing.decades(DECADES));
        PredictiveCodingMemory asInThePaper = memory.withInference(paper, paper);
        enterReady(PAPER, asInThePaper);
        enterReady(ANNEALED, memory.withInference(annealed, annealed));
        return asInThePaper;
    }

    /** A network that has learned what is stored. */
    public PredictiveCodingMemory learn(PredictiveCodingOptions options) {
        PredictiveCodingMemory memory = PredictiveCodingMemory.learn(stored, options, progress -> bench.goesOn())
                .memory();
        bench.requireGoingOn();
        return memory.watchedBy(step -> bench.goesOn());
    }

    /** Shows the damaged pictures to all memories, and keeps the fraction recovered, the error and the time. */
    public Answers ask(Damage damage) {
        Question question = damage.ask(originals, shape, bench.seed());
        Map<String, Matrix> answers = new LinkedHashMap<>();
        memories.forEach((name, memory) -> {
            Setting asked = damage.on(bench.setting()).with(MEMORY, name);
            Matrix answer = bench.timed(asked, ANSWERING_SECONDS, () -> question.answerOf(memory));
            bench.requireGoingOn();
            record(asked, damage, answer);
            answers.put(name, answer);
        });
        return new Answers(shape, originals, question.cues(), answers);
    }

    /** Scores an answer and keeps its numbers. */
    Score record(Setting asked, Damage damage, Matrix answer) {
        Score score = Score.of(originals, answer);
        bench.measure(asked, RECOVERED, score.recoveredFraction(damage.threshold()));
        bench.measure(asked, ERROR, score.mean());
        return score;
    }

    public Matrix originals() {
        return originals;
    }

    Matrix stored() {
        return stored;
    }

    private Setting of(String name) {
        return bench.setting().with(MEMORY, name);
    }
}
