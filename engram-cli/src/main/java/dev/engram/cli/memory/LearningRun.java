package dev.engram.cli.memory;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.Progress;
import dev.engram.io.NumberText;
import dev.engram.io.PatternFile;
import dev.engram.io.PatternSet;
import dev.engram.io.PatternSource;
import dev.engram.learning.PatternBlocks;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Learned;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.UnusableValuesException;
import dev.engram.optimiser.LearningState;
import java.util.Optional;
import java.util.function.Supplier;

/** Stores patterns, with progress; can be cancelled after every weight update, every block that is read and every part of the audit. */
public final class LearningRun implements MemoryModel.Watch {
    private final Context context;
    private final Progress progress;
    private final Optional<Checkpoints> checkpoints;
    private int made; // weight updates

    private LearningRun(Context context, Progress progress, Optional<Checkpoints> checkpoints) {
        this.context = context;
        this.progress = progress;
        this.checkpoints = checkpoints;
    }

    /**
     * Learns, from a file in blocks; the caller looks at the outcome.
     *
     * @throws UnusableValuesException if the patterns hold numbers that cannot be learned
     */
    public static Learned<? extends AssociativeMemory> learn(
            Context context, PatternSource source, MemoryModel model, long seed, Progress progress) {
        return learn(context, source, model, seed, progress, Optional.empty());
    }

    /** The same with checkpoints, from which it may be resumed. */
    static Learned<? extends AssociativeMemory> learn(
            Context context,
            PatternSource source,
            MemoryModel model,
            long seed,
            Progress progress,
            Optional<Checkpoints> checkpoints) {
        LearningRun run = new LearningRun(context, progress, checkpoints);
        try {
            return source instanceof PatternFile file
                    ? model.learn(run.watched(file), file.shape(), seed, run, context.la())
                    : model.learn(((PatternSet) source).patterns(), source.shape(), seed, run, context.la());
        } catch (UnusableValuesException e) {
            throw e;
        } catch (IllegalArgumentException | ArithmeticException e) {
            // A network too large for Java's arrays, or values beyond what the arithmetic can solve.
            throw CommandException.failed(String.valueOf(e.getMessage()));
        } finally {
            progress.end();
        }
    }

    /** The same patterns; their reading shows progress and can be cancelled after every block. */
    private PatternBlocks watched(PatternBlocks patterns) {
        return patterns.visitedBy(visitor -> {
            int[] read = {0};
            patterns.forEach(block -> {
                context.interruption().requireGoingOn();
                visitor.accept(block);
                read[0] += block.rows();
                progress.at(made, 0, "read %,d of %,d".formatted(read[0], patterns.count()));
            });
        });
    }

    @Override
    public Optional<LearningState> resumed() {
        return checkpoints.flatMap(Checkpoints::resumed);
    }

    @Override
    public void onState(Supplier<LearningState> state) {
        checkpoints.ifPresent(kept -> kept.offer(state));
    }

    @Override
    public boolean onUpdate(int update, int updates, double trainingError) {
        if (made == 0) {
            resumed().ifPresent(state -> progress.begunAt((double) state.update() / updates));
        }
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
