package dev.engram.experiments.attractors;

import static dev.engram.experiments.attractors.Trial.CODES;
import static dev.engram.experiments.kit.Fractions.THIRTY_SECOND;
import static dev.engram.experiments.kit.Parts.MEMORY;

import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.kit.Answers;
import dev.engram.experiments.kit.Case;
import dev.engram.experiments.kit.Fractions;
import dev.engram.experiments.kit.Question;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Damage;
import dev.engram.memory.Score;
import dev.engram.memory.attractor.AttractorMemory;
import java.util.Arrays;
import java.util.List;

/** What is computed for noise, completion and unmarked damage. */
final class Tasks {
    static final String NOISE_TASK = "noise";
    static final String COMPLETION = "completion";
    static final String UNMARKED = "unmarked damage";
    static final List<Question> NOISES = List.of(Question.ofVariance(0.2), Question.ofStandardDeviation(0.2));
    static final double SIXTY_FOURTH = 1.0 / 64;
    static final List<Double> PARTS = List.of(THIRTY_SECOND, SIXTY_FOURTH);
    /** Of the stored patterns shown whole and clean: what the network by itself cannot do better. */
    static final String OWN = "largest mean squared error from clean cues";

    static final List<Question> SQUARES =
            Arrays.stream(Damage.Cover.values()).map(Question::unmarked).toList();

    private static final int SHOWN = 10;

    private Tasks() {}

    static void noise(Workbench bench, Case of) {
        Trial trial = new Trial(bench, of);
        Matrix patterns = trial.stored();
        AttractorMemory memory = trial.memory();
        trial.contest()
                .enterReady(CODES, memory)
                .enterReady(Trial.ORIGINALS, memory.withOriginals(patterns))
                .enterBaselines();
        double[] own = Score.of(patterns, memory.recall(patterns, 1).patterns()).errors();
        bench.measure(
                bench.setting().with(MEMORY, CODES),
                OWN,
                Arrays.stream(own).max().orElseThrow());
        NOISES.forEach(trial::ask);
    }

    static void completion(Workbench bench, Case of) {
        Trial trial = new Trial(bench, of);
        trial.contest().enterReady(CODES, trial.memory()).enterBaselines();
        for (double part : PARTS) {
            Answers answers = trial.askAndJudge(Question.known(part));
            bench.sheet(Fractions.words(part), answers.sheet(SHOWN));
        }
    }

    static void unmarked(Workbench bench, Case of) {
        Trial trial = new Trial(bench, of);
        trial.contest().enterReady(CODES, trial.memory()).enterBaselines();
        for (Question square : SQUARES) {
            bench.sheet(square.value(), trial.askAndJudge(square).sheet(SHOWN));
        }
    }
}
