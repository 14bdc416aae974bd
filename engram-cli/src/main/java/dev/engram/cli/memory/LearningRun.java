package dev.engram.cli.memory;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.Progress;
import dev.engram.io.NumberText;
import dev.engram.io.PatternSet;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Learned;
import dev.engram.memory.MemoryModel;

/** Stores patterns, with progress; can be cancelled after every weight update and every part of the audit. */
public final class LearningRun implements MemoryModel.Watch {
    private final Context context;
    private final Progress progress;
    private int made; // weight updates

    private LearningRun(Context context, Progress progress) {
        this.context = context;
        this.progress = progress;
    }

    /** Learns; the caller looks at the outcome. */
    public static Learned<? extends AssociativeMemory> learn(
            Context context, PatternSet set, MemoryModel model, long seed, Progress progress) {
        try {
            return model.learn(set.patterns(), set.shape(), seed, new LearningRun(context, progress), context.la());
        } catch (IllegalArgumentException | ArithmeticException e) {
            // A network too large for Java's arrays, or values beyond what the arithmetic can solve.
            throw CommandException.failed(String.valueOf(e.getMessage()));
        } finally {
            progress.end();
        }
    }

    @Override
    public boolean onUpdate(int update, int updates, double trainingError) {
        made = update;
        progress.at(update, (double) update / updates, "training error %s".formatted(NumberText.brief(trainingError)));
        return !context.interruption().isCancelled();
    }

    @Override
    public boolean onAudit(int audited, int patterns) {
        if (made > 0) {
            progress.at(made, 1, "audited %d of %d".formatted(audited, patterns));
        } else {
            progress.at(audited, (double) audited / patterns, "audited");
        }
        return !context.interruption().isCancelled();
    }
}
