package dev.engram.cli.memory;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.options.CheckpointOptions;
import dev.engram.io.file.FileStore;
import dev.engram.io.file.Inputs;
import dev.engram.io.file.MemoryFileException;
import dev.engram.io.file.OutputException;
import dev.engram.io.memory.LearningCheckpoint;
import dev.engram.io.memory.Software;
import dev.engram.linalg.Tensor;
import dev.engram.optimiser.LearningState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The checkpoints of one learning: written now and then beside the memory to come, resumed from when the same command is given again, and
 * removed when the memory is written. Another thread count, processor or Java is warned of; anything else that differs is refused.
 */
public final class Checkpoints {
    private static final String COMPUTED = "computed "; // what changes no more than the rounding
    private static final double NANOS = 1e9;
    private static final double LIMIT_SHARE = 0.25; // of a time limit, between two
    private static final double COST = 0.05; // the most of the time that writing them may take

    private final Context context;
    private final Path file;
    private final Supplier<Map<String, String>> of;
    private final LongSupplier nanoTime;
    private final Optional<LearningState> resumed;
    private double pause;
    private long last;
    private boolean warned;

    private Checkpoints(
            Context context,
            Path file,
            Supplier<Map<String, String>> of,
            double every,
            LongSupplier nanoTime,
            Optional<LearningState> resumed) {
        this.context = context;
        this.file = file;
        this.of = of;
        this.nanoTime = nanoTime;
        this.resumed = resumed;
        this.pause = every;
        this.last = nanoTime.getAsLong();
    }

    /**
     * Looks for what a stopped run of the same learning has left.
     *
     * @param memory to be written
     * @param of what this is the learning of; asked when there is a checkpoint to compare with or to write
     * @throws CommandException (wrong usage) if there is a checkpoint of another learning
     * @throws MemoryFileException if there is one that is damaged
     */
    public static Checkpoints open(
            Context context, Path memory, CheckpointOptions options, Supplier<Map<String, String>> of) {
        return open(context, memory, options, of, System::nanoTime);
    }

    static Checkpoints open(
            Context context,
            Path memory,
            CheckpointOptions options,
            Supplier<Map<String, String>> of,
            LongSupplier nanoTime) {
        Path file = LearningCheckpoint.beside(memory);
        if (options.startsOver()) {
            remove(file);
        }
        double every = context.interruption()
                .timeLimit()
                .map(limit -> Math.min(options.every(), LIMIT_SHARE * limit))
                .orElse(options.every());
        Optional<LearningState> resumed =
                Files.exists(file) ? Optional.of(same(context, file, of.get())) : Optional.empty();
        Checkpoints checkpoints = new Checkpoints(context, file, of, every, nanoTime, resumed);
        resumed.ifPresent(state -> {
            context.terminal().line("Resuming after update %d, kept in %s.".formatted(state.update(), file));
            checkpoints.tell(state.update());
        });
        return checkpoints;
    }

    private static LearningState same(Context context, Path file, Map<String, String> here) {
        LearningCheckpoint kept;
        try {
            kept = LearningCheckpoint.read(file);
        } catch (MemoryFileException e) {
            throw new MemoryFileException.Corrupt("%s Or begin again with --start-over.".formatted(e.getMessage()));
        }
        kept.difference(here, name -> !name.startsWith(COMPUTED)).ifPresent(difference -> {
            throw CommandException.wrongUsage(
                    "%s is the checkpoint of another learning: %s. Maybe give what it was begun with, to resume it, or add --start-over."
                            .formatted(file, difference));
        });
        kept.difference(here, name -> name.startsWith(COMPUTED)).ifPresent(difference -> context.terminal()
                .warning("%s: the memory may differ in rounding from one learned in one go.".formatted(difference)));
        return kept.state();
    }

    /** What decides the bits of a memory: options, seed, patterns and software. */
    public static Map<String, String> of(Map<String, String> options, long seed, String digest, Context context) {
        Software software = Software.current(context.la().description());
        Map<String, String> of = new LinkedHashMap<>(options);
        of.put("seed", String.valueOf(seed));
        of.put("digest of the patterns", digest);
        of.put("version of Engram", software.engram());
        of.put(COMPUTED + "by", software.blas());
        of.put(COMPUTED + "in Java", software.java());
        of.put(COMPUTED + "on", software.os());
        return of;
    }

    /** Where to resume; empty for a learning that begins. */
    public Optional<LearningState> resumed() {
        return resumed;
    }

    /** Writes a checkpoint, if it is time for one. */
    public void offer(Supplier<LearningState> state) {
        long before = nanoTime.getAsLong();
        if ((before - last) / NANOS < pause) {
            return;
        }
        LearningCheckpoint checkpoint = new LearningCheckpoint(of.get(), state.get());
        if (checkpoint.state().tensors().values().stream().allMatch(Tensor::isFinite)) { // else it will have diverged
            write(checkpoint);
        }
        last = nanoTime.getAsLong();
        pause = Math.max(pause, (last - before) / NANOS / COST);
    }

    /** A checkpoint that cannot be written ends no learning. */
    private void write(LearningCheckpoint checkpoint) {
        try {
            context.interruption().write(() -> {
                checkpoint.write(FileStore.REAL, file);
                tell(checkpoint.state().update());
            });
        } catch (OutputException e) {
            if (!warned) {
                warned = true;
                context.terminal()
                        .warning("no checkpoint could be kept, so that a stopped learning would begin again: %s"
                                .formatted(e.getMessage()));
            }
        }
    }

    private void tell(int update) {
        context.interruption().whenCancelled("cancelled; the same command resumes after update %d.".formatted(update));
    }

    /** To be called when the memory is written. */
    public void done() {
        remove(file);
        context.interruption().whenWritten();
    }

    private static void remove(Path file) {
        try {
            FileStore.REAL.delete(file);
        } catch (IOException e) {
            throw new OutputException(
                    "The checkpoint %s cannot be removed: %s. Maybe remove it by hand."
                            .formatted(file, Inputs.reason(e)),
                    e);
        }
    }
}
