package dev.engram.experiments.salvatori;

import static dev.engram.experiments.kit.Contest.PAPER;
import static dev.engram.experiments.kit.MetricNames.BYTES;
import static dev.engram.experiments.kit.Parts.MEMORY;

import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.kit.Contest;
import dev.engram.experiments.kit.Question;
import dev.engram.inference.Annealing;
import dev.engram.inference.Inference;
import dev.engram.io.NumberText;
import dev.engram.io.PatternSet;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Score;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import java.util.ArrayList;
import java.util.List;

/** One network of figure 3: one pass, iterated, and what else may help at recall. */
final class Figure3Cell {
    static final String ITERATED = "PCN, λ = 1, iterated";
    static final String BEST = "PCN, λ = 1, best F";
    static final String ITERATIONS = "iterations";
    private static final List<Integer> TIMES = List.of(1, 2, 3, 5, 10, 20, 30);
    private static final List<Integer> PULLS = List.of(10, 30, 100, 300, 1_000);
    private static final List<Integer> STEPS = List.of(1, 3, 10, 30, 100, 300);

    private static final int MOST_HIDDEN_IN_DEPTH = 512;
    private static final int MOST_PATTERNS_IN_DEPTH = 250;
    private static final int DEEP_LAYERS = 3;
    private static final String DEEPER = "PCN, λ = 1, %d layers".formatted(DEEP_LAYERS);

    private final Workbench bench;
    private final PatternSet set;
    private final int hidden;
    private final Contest contest;

    Figure3Cell(Workbench bench, PatternSet set, int hidden, int cues) {
        this.bench = bench;
        this.set = set;
        this.hidden = hidden;
        this.contest = new Contest(bench, set, cues);
    }

    /** The largest F. */
    static int most() {
        return TIMES.get(TIMES.size() - 1);
    }

    /** What was tried besides the paper's way, by name; the third layer not in every cell. */
    static List<String> tried() {
        List<String> names = new ArrayList<>();
        PULLS.forEach(pull -> names.add(pulled(pull)));
        STEPS.forEach(steps -> names.add(stopped(steps)));
        names.add(DEEPER);
        return names;
    }

    private static boolean triesDepth(int patterns, int hidden) {
        return hidden <= MOST_HIDDEN_IN_DEPTH && patterns <= MOST_PATTERNS_IN_DEPTH;
    }

    /** What one takes, on the scale of {@link dev.engram.experiments.kit.Case}: asking in all these ways, and learning with a third layer. */
    static double cost(int patterns, int hidden, int cues) {
        double asking = 200.0 * cues * hidden * patterns;
        double depth = triesDepth(patterns, hidden) ? 400.0 * patterns * hidden * hidden : 0;
        return 1e9 + asking + depth;
    }

    /** Whether a third layer is among what was tried. */
    static boolean triedDepth(Results here) {
        return !here.where(MEMORY, DEEPER).isEmpty();
    }

    private static String pulled(int pull) {
        return "PCN, λ = " + pull;
    }

    private static String stopped(int steps) {
        return "PCN, λ = 1, " + NumberText.count(steps, "step");
    }

    void run() {
        PredictiveCodingMemory network = contest.enterBaselines().enterNetwork(hidden);
        for (int pull : PULLS) {
            Inference stronger = Inference.newton().withAnnealing(new Annealing(List.of((double) pull)));
            contest.enterReady(pulled(pull), network.withInference(stronger, stronger));
        }
        for (int steps : STEPS) {
            Inference shorter = Inference.gradient(steps);
            contest.enterReady(stopped(steps), network.withInference(shorter, shorter));
        }
        if (triesDepth(set.count(), hidden)) {
            PredictiveCodingOptions deep =
                    PredictiveCodingOptions.deep(DEEP_LAYERS).withHidden(hidden).withSeed(bench.seed());
            contest.enter(DEEPER, () -> contest.learn(deep));
        }
        bench.measure(bench.setting().with(MEMORY, BEST), BYTES, network.bytes());
        for (Question noise : Figure3.NOISES) {
            double variance = noise.noise().variance();
            CellSetting asked = noise.on(bench.setting());
            bench.measure(
                    asked,
                    Figure3.EXPECTED,
                    variance * set.count() / set.shape().values());
            bench.measure(asked, Figure3.LEAST, LinearLimit.of(bench.la(), set.patterns(), variance));
            iterate(network, noise, contest.ask(noise).of(PAPER).patterns());
        }
    }

    private void iterate(PredictiveCodingMemory network, Question noise, Matrix onePass) {
        CellSetting asked = noise.on(bench.setting());
        Matrix answer = onePass;
        BestAnswer best = new BestAnswer(noise.damage().threshold(), onePass);
        for (int iterations = 1; iterations <= most(); iterations++) {
            if (iterations > 1) {
                answer = network.recall(answer).patterns();
                bench.requireGoingOn();
            }
            if (TIMES.contains(iterations)) {
                Score score = contest.record(
                        asked.with(ITERATIONS, iterations).with(MEMORY, ITERATED), noise.damage(), answer);
                best.offer(score, answer, iterations);
            }
        }
        CellSetting bestAsked = asked.with(MEMORY, BEST);
        contest.record(bestAsked, noise.damage(), best.answer());
        bench.measure(bestAsked, ITERATIONS, best.iterations());
    }
}
