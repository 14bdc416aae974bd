package dev.engram.experiments.attractors;

import static dev.engram.experiments.attractors.Trial.CODES;
import static dev.engram.experiments.salvatori.Contest.MEMORY;

import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.salvatori.Answers;
import dev.engram.experiments.salvatori.Damage;
import dev.engram.experiments.salvatori.Fractions;
import dev.engram.io.PatternSet;
import dev.engram.memory.Mask;
import dev.engram.memory.Region;
import dev.engram.memory.Score;
import dev.engram.memory.attractor.AttractorMemory;
import java.util.Arrays;
import java.util.List;

/** Noise, completion and unmarked damage: what a cell of each does. */
final class Tasks {
    static final String NOISE = "noise";
    static final String COMPLETION = "completion";
    static final String UNMARKED = "unmarked damage";
    static final List<Damage.Noisy> NOISES =
            List.of(Damage.Noisy.ofVariance(0.2), Damage.Noisy.ofStandardDeviation(0.2));
    static final double SIXTY_FOURTH = 1.0 / 64;
    static final List<Double> PARTS = List.of(Fractions.THIRTY_SECOND, SIXTY_FOURTH);
    /** Of the stored patterns shown whole and clean: what the network by itself cannot do better. */
    static final String OWN = "largest mean squared error from clean cues";

    private static final int SHOWN = 10;

    private Tasks() {}

    static void noise(Workbench bench, PatternSet set, int hidden) {
        Trial trial = new Trial(bench, set.patterns(), set.shape(), hidden);
        AttractorMemory memory = trial.memory();
        trial.contest()
                .enterReady(CODES, memory)
                .enterReady(Trial.ORIGINALS, memory.withOriginals(set.patterns()))
                .enterBaselines();
        double[] own = Score.of(set.patterns(), memory.recall(set.patterns(), 1).patterns())
                .errors();
        bench.measure(
                bench.setting().with(MEMORY, CODES),
                OWN,
                Arrays.stream(own).max().orElseThrow());
        NOISES.forEach(trial::ask);
    }

    static void completion(Workbench bench, PatternSet set, int hidden) {
        Trial trial = new Trial(bench, set.patterns(), set.shape(), hidden);
        trial.contest().enterReady(CODES, trial.memory()).enterBaselines();
        for (double part : PARTS) {
            Damage damage = new Damage.Part(part);
            Answers answers = trial.ask(damage);
            Mask mask = Mask.known(new Region.Edge(Region.Edge.Side.TOP, part), set.shape(), 1, bench.seed());
            trial.judge(damage, trial.memory().complete(answers.cues(), mask));
            sheet(bench, Fractions.words(part), answers);
        }
    }

    static void unmarked(Workbench bench, PatternSet set, int hidden) {
        Trial trial = new Trial(bench, set.patterns(), set.shape(), hidden);
        trial.contest().enterReady(CODES, new Recovering(trial.memory())).enterBaselines();
        for (Unmarked.Filling filling : Unmarked.Filling.values()) {
            Damage damage = new Unmarked(filling);
            Answers answers = trial.ask(damage);
            trial.judge(damage, trial.memory().recover(answers.cues()));
            sheet(bench, filling.words(), answers);
        }
    }

    private static void sheet(Workbench bench, String name, Answers answers) {
        bench.sheet(name, answers.sheet(SHOWN, List.copyOf(answers.answers().keySet())));
    }
}
