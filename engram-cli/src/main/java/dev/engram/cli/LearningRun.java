package dev.engram.cli;

import dev.engram.experiments.report.Numbers;
import dev.engram.io.PatternSet;
import dev.engram.memory.PredictiveCodingMemory;
import dev.engram.memory.PredictiveCodingOptions;

/** Stores patterns, with progress; can be cancelled after every weight update. */
final class LearningRun {
    private LearningRun() {}

    /** Learns; the caller looks at the outcome. */
    static PredictiveCodingMemory.Learned learn(
            Context context, PatternSet set, PredictiveCodingOptions options, Progress progress) {
        try {
            return PredictiveCodingMemory.learn(set.patterns(), options, p -> {
                progress.at(p.update(), "training error %s".formatted(Numbers.brief(p.trainingError())));
                return !context.interruption().isCancelled();
            });
        } catch (IllegalArgumentException | ArithmeticException e) {
            // A network too large for Java's arrays, or values beyond what the arithmetic can solve.
            throw CommandException.failed(String.valueOf(e.getMessage()));
        } finally {
            progress.end();
        }
    }
}
