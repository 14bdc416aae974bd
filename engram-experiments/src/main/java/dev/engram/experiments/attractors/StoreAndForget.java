package dev.engram.experiments.attractors;

import static dev.engram.experiments.attractors.Trial.CODES;
import static dev.engram.experiments.kit.Fractions.THIRTY_SECOND;
import static dev.engram.experiments.kit.MetricNames.LEARNING_SECONDS;
import static dev.engram.experiments.kit.Parts.MEMORY;

import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.kit.Case;
import dev.engram.experiments.kit.Contest;
import dev.engram.experiments.kit.Question;
import dev.engram.io.PatternSet;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Answer;
import dev.engram.memory.Calibration;
import dev.engram.memory.attractor.AttractionOptions;
import dev.engram.memory.attractor.AttractorMemory;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import java.util.List;
import java.util.stream.IntStream;

/** Compares pictures written one at a time with pictures learned together, and forgets every fifth. */
final class StoreAndForget {
    static final String STORING = "one-shot store";
    static final String FORGETTING = "forgetting";
    static final String WRITTEN = "codes, written one by one";
    static final String BEFORE = "codes, before forgetting";
    static final String AFTER = "codes, after forgetting";
    /** One more picture beside all others, the last. */
    static final String WRITE_SECONDS = "last write, seconds";

    static final String FORGET_SECONDS = "forgetting, seconds";
    static final String FORGOTTEN = "forgotten patterns";
    /** Of those that were forgotten. */
    static final String UNFAMILIAR = "unfamiliar fraction of the forgotten";
    /** Of those that were never stored. */
    static final String STRANGE = "unfamiliar fraction of never stored";

    static final List<Question> QUESTIONS =
            List.of(Question.known(THIRTY_SECOND), Question.known(Tasks.SIXTY_FOURTH), Question.ofVariance(0.2));
    private static final int EVERY = 5;

    private StoreAndForget() {}

    static void store(Workbench bench, Case of) {
        Trial trial = new Trial(bench, of);
        Matrix all = trial.stored();
        int last = all.rows() - 1;
        PredictiveCodingOptions options =
                PredictiveCodingOptions.defaults().withHidden(of.hidden()).withSeed(bench.seed());
        Matrix first = all.slice(0, 1);
        CellSetting written = bench.setting().with(MEMORY, WRITTEN);
        AttractorMemory most = bench.timed(written, LEARNING_SECONDS, () -> AttractorMemory.learn(
                        PredictiveCodingMemory.learn(first, options, progress -> bench.goesOn(), bench.la())
                                .memory()
                                .network(),
                        first,
                        AttractionOptions.defaults(),
                        bench.la())
                .store(all.slice(1, last), bench.seed()));
        AttractorMemory complete =
                bench.timed(written, WRITE_SECONDS, () -> most.store(all.slice(last, last + 1), bench.seed()));
        trial.contest()
                .enterReady(CODES, trial.memory())
                .enterReady(WRITTEN, complete)
                .enterBaselines();
        QUESTIONS.forEach(trial::ask);
    }

    /** The data are the stored pictures, and then as many that are not. */
    static void forget(Workbench bench, Case of) {
        PatternSet set = bench.patterns(of.set());
        Trial trial = new Trial(bench, of);
        Matrix stored = trial.stored();
        Matrix unseen = set.patterns().slice(stored.rows(), set.count());
        int[] gone =
                IntStream.range(0, stored.rows()).filter(i -> i % EVERY == 0).toArray();
        int[] kept =
                IntStream.range(0, stored.rows()).filter(i -> i % EVERY != 0).toArray();
        AttractorMemory before = trial.memory();
        CellSetting forgotten = bench.setting().with(MEMORY, AFTER);
        AttractorMemory after = bench.timed(forgotten, FORGET_SECONDS, () -> before.forget(gone))
                .calibrated(Calibration.FALSE_ALARM_RATE);
        Contest contest = new Contest(bench, stored.rows(kept), set.shape())
                .enterReady(BEFORE, before)
                .enterReady(AFTER, after)
                .enterBaselines();
        QUESTIONS.forEach(contest::ask);
        bench.measure(forgotten, FORGOTTEN, gone.length);
        bench.measure(forgotten, UNFAMILIAR, unfamiliar(after, stored.rows(gone)));
        bench.measure(forgotten, STRANGE, unfamiliar(after, unseen));
    }

    private static double unfamiliar(AttractorMemory memory, Matrix cues) {
        return memory.recall(cues).answers().stream()
                        .filter(Answer.Unfamiliar.class::isInstance)
                        .count()
                / (double) cues.rows();
    }
}
