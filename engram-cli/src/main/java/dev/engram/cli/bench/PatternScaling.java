package dev.engram.cli.bench;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.Progress;
import dev.engram.io.NumberText;
import dev.engram.io.file.ScratchFolder;
import dev.engram.io.memory.MemoryFile;
import dev.engram.io.memory.Provenance;
import dev.engram.io.memory.Software;
import dev.engram.io.memory.StoredMemory;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Learned;
import dev.engram.memory.Mask;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Recall;
import dev.engram.memory.Score;
import dev.engram.memory.Shape;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a memory of N made-up patterns costs, with the default options of {@code learn}: learning with its audit, its file, the completion of
 * cues of which the first quarter is known, one query, and memory. Learning, file and completion are single runs.
 */
final class PatternScaling {
    /** The most cues that are completed together. */
    static final int MOST_CUES = 256;

    /** The known part of a cue. */
    static final double KNOWN = 0.25;

    private static final double NANOS = 1e9;

    private final Context context;
    private final int sensory;
    private final int queries;
    private final PredictiveCodingOptions model;

    /**
     * @param sensory values of a pattern
     * @param seed of patterns and learning
     * @param queries how many are measured, after the first; at least 1
     */
    PatternScaling(Context context, int sensory, long seed, int queries) {
        this.context = context;
        this.sensory = sensory;
        this.queries = queries;
        this.model = PredictiveCodingOptions.defaults().withSeed(seed);
    }

    /** Why so many patterns cannot be measured here; empty where they can. */
    Optional<String> obstacle(int patterns) {
        long memory = Runtime.getRuntime().maxMemory();
        if ((double) patterns * sensory * Float.BYTES > Math.min(memory, (double) Integer.MAX_VALUE * Float.BYTES)) {
            return Optional.of("the patterns alone take %s; the heap has %s"
                    .formatted(
                            NumberText.bytes((long) ((double) patterns * sensory * Float.BYTES)),
                            NumberText.bytes(memory)));
        }
        return model.obstacle(patterns, Shape.of(sensory), memory);
    }

    /**
     * @throws CommandException if it was cancelled, or the memory cannot be learned or written
     */
    PatternRow measure(int count) {
        context.interruption().requireGoingOn();
        PeakMemory.reset();
        Matrix patterns = MadeUpPatterns.draw(count, sensory, model.seed());
        Timed<Learned<PredictiveCodingMemory>> learned = timed(() -> learn(patterns));
        PredictiveCodingMemory memory = learned.result().memory();
        Timed<Long> written = write(learned.result(), count);
        int cues = Math.min(count, MOST_CUES);
        Timed<Recall> completed = timed(() -> complete(memory, patterns.slice(0, cues)));
        double query = query(memory, patterns);
        Score score = Score.of(patterns.slice(0, cues), completed.result().patterns());
        Score audit = learned.result().audit();
        return new PatternRow(
                count,
                memory.network().size(1),
                learned.seconds(),
                written.seconds(),
                written.result(),
                cues,
                completed.seconds() / cues,
                query,
                PeakMemory.sinceReset(),
                audit.errors().length,
                audit.recovered(Score.COMPLETION_THRESHOLD),
                score.recovered(Score.COMPLETION_THRESHOLD));
    }

    private Learned<PredictiveCodingMemory> learn(Matrix patterns) {
        Progress progress =
                new Progress(context.terminal(), "learning %d patterns".formatted(patterns.rows()), model.updates());
        try {
            Watch watch = new Watch(progress);
            Learned<PredictiveCodingMemory> learned =
                    model.learn(patterns, Shape.of(sensory), model.seed(), watch, context.la());
            context.interruption().requireGoingOn();
            return learned;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw CommandException.failed("%d patterns: %s".formatted(patterns.rows(), e.getMessage()));
        } finally {
            progress.end();
        }
    }

    /** Shows how far learning is, and stops it when cancelled. */
    private final class Watch implements MemoryModel.Watch {
        private final Progress progress;
        private int made;

        Watch(Progress progress) {
            this.progress = progress;
        }

        @Override
        public boolean onUpdate(int update, int updates, double trainingError) {
            made = update;
            progress.at(update, "");
            return !context.interruption().isCancelled();
        }

        @Override
        public boolean onAudit(int audited, int patterns) {
            progress.at(made, 1, "audited %d of %d".formatted(audited, patterns));
            return !context.interruption().isCancelled();
        }
    }

    /** The size of the memory's file, which is deleted again. */
    private Timed<Long> write(Learned<PredictiveCodingMemory> learned, int patterns) {
        Provenance provenance = Provenance.of(
                learned,
                patterns,
                "made up",
                model.seed(),
                model.describe(),
                Score.COMPLETION_THRESHOLD,
                Software.current(context.la().description()));
        StoredMemory stored = new StoredMemory(learned.memory(), Shape.of(sensory), provenance);
        List<Timed<Long>> written = new ArrayList<>();
        context.interruption().write(() -> written.add(writtenOnce(stored)));
        return written.get(0);
    }

    private static Timed<Long> writtenOnce(StoredMemory stored) {
        try {
            try (ScratchFolder folder = ScratchFolder.create("bench")) {
                Path file = folder.path().resolve("memory.engram");
                return timed(() -> {
                    MemoryFile.write(file, stored);
                    return file.toFile().length();
                });
            }
        } catch (IOException e) {
            throw CommandException.failed(
                    "The temporary file cannot be made: %s. Maybe set ENGRAM_JAVA_OPTS=-Djava.io.tmpdir=FOLDER."
                            .formatted(e.getMessage()));
        }
    }

    private Recall complete(PredictiveCodingMemory memory, Matrix cues) {
        Progress progress = new Progress(context.terminal(), "completing", cues.rows());
        try {
            Recall recall = memory.watchedBy(step -> {
                        progress.at(0, "step %d".formatted(step.step()));
                        return !context.interruption().isCancelled();
                    })
                    .complete(cues, known());
            context.interruption().requireGoingOn();
            return recall;
        } catch (ArithmeticException e) {
            throw CommandException.failed("The memory cannot complete its patterns: %s".formatted(e.getMessage()));
        } finally {
            progress.end();
        }
    }

    /** Median seconds of one cue alone, with a mask the memory has seen. */
    private double query(PredictiveCodingMemory memory, Matrix patterns) {
        double[] seconds = new double[queries];
        for (int i = -1; i < queries; i++) { // the one below 0 is the warm-up
            Matrix cue = patterns.rows(Math.floorMod(i, patterns.rows()));
            double time = timed(() -> complete(memory, cue)).seconds();
            if (i >= 0) {
                seconds[i] = time;
            }
        }
        Arrays.sort(seconds);
        return seconds[seconds.length / 2];
    }

    private Mask known() {
        BitSet first = new BitSet(sensory);
        first.set(0, Math.max(1, (int) (KNOWN * sensory)));
        return Mask.known(sensory, List.of(first));
    }

    private static <T> Timed<T> timed(Supplier<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        return new Timed<>(result, (System.nanoTime() - start) / NANOS);
    }

    private record Timed<T>(T result, double seconds) {}
}
