package dev.engram.cli;

import dev.engram.experiments.report.Numbers;
import dev.engram.graph.Clamp;
import dev.engram.inference.Engine;
import dev.engram.inference.EngineCost;
import dev.engram.inference.Status;
import dev.engram.io.PatternSet;
import dev.engram.io.StoredMemory;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Mask;
import dev.engram.memory.PredictiveCodingMemory;
import dev.engram.memory.Recall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Shows cues to a memory, a batch at a time, with progress; can be cancelled after every step. */
final class RecallRun {
    /** Cues that share a mask share most of the work. */
    private static final int BATCH = 256;

    private static final int BATCH_OF_MASKS = 16;

    private final Context context;
    private final AssociativeMemory memory;
    private final PatternSet cues;
    private final boolean explains;

    RecallRun(Context context, StoredMemory stored, PatternSet cues, boolean explains) {
        this.context = context;
        this.explains = explains;
        this.memory = stored.memory();
        this.cues = cues;
    }

    /** The answers to all cues. */
    Recall recall(int iterations) {
        explain(pcn -> pcn.recallPlan(cues.count()));
        return run("recalling", BATCH, (m, from, to) -> m.recall(part(from, to), iterations));
    }

    /** The completions of all cues. */
    Recall complete(Mask mask) {
        explain(pcn -> pcn.completionPlan(cues.count(), mask));
        int batch = mask.rows() == 1 ? BATCH : BATCH_OF_MASKS;
        return run("completing", batch, (m, from, to) -> m.complete(part(from, to), part(mask, from, to)));
    }

    private void explain(Function<PredictiveCodingMemory, List<EngineCost>> plan) {
        if (explains && memory instanceof PredictiveCodingMemory pcn) {
            Explanation.print(context.terminal(), "inference", plan.apply(pcn), Engine.AUTO);
        }
    }

    private interface Question {
        Recall ask(AssociativeMemory memory, int from, int to);
    }

    private Recall run(String what, int batch, Question question) {
        Progress progress = new Progress(context.terminal(), what, cues.count());
        Recall all = new Recall(
                Matrix.zeros(cues.count(), memory.values()),
                new double[cues.count()],
                new double[cues.count()],
                new int[cues.count()],
                Collections.nCopies(cues.count(), Status.CANCELLED));
        List<Status> status = new ArrayList<>();
        for (int from = 0; from < cues.count(); from += batch) {
            int done = from;
            int to = Math.min(cues.count(), from + batch);
            Recall part = answer(question, watched(progress, done), from, to, progress);
            context.interruption().requireGoingOn();
            System.arraycopy(
                    part.patterns().data(),
                    0,
                    all.patterns().data(),
                    from * memory.values(),
                    part.patterns().data().length);
            System.arraycopy(part.energy(), 0, all.energy(), from, to - from);
            System.arraycopy(part.residual(), 0, all.residual(), from, to - from);
            System.arraycopy(part.steps(), 0, all.steps(), from, to - from);
            status.addAll(part.status());
            progress.at(to, "");
        }
        progress.end();
        return new Recall(all.patterns(), all.energy(), all.residual(), all.steps(), status);
    }

    private static Recall answer(Question question, AssociativeMemory memory, int from, int to, Progress progress) {
        try {
            return question.ask(memory, from, to);
        } catch (ArithmeticException e) {
            throw CommandException.failed(
                    "The memory cannot answer cues %d to %d: %s".formatted(from, to - 1, e.getMessage()));
        } finally {
            progress.end();
        }
    }

    private AssociativeMemory watched(Progress progress, int done) {
        if (memory instanceof PredictiveCodingMemory pcn) {
            return pcn.watchedBy(step -> {
                progress.at(done, "step %d".formatted(step.step()));
                return !context.interruption().isCancelled();
            });
        }
        return memory;
    }

    private Matrix part(int from, int to) {
        return cues.patterns().rows(IntStream.range(from, to).toArray());
    }

    private static Mask part(Mask mask, int from, int to) {
        if (mask.rows() == 1) {
            return mask;
        }
        Clamp rows = mask.clamp().cues(IntStream.range(from, to).toArray());
        return Mask.known(mask.values(), rows.rows());
    }

    /** Says how it went. */
    static void summarise(Terminal terminal, Recall recall, double seconds) {
        int cues = recall.patterns().rows();
        terminal.line("%s in %s: %d converged; mean residual %s, mean steps %s."
                .formatted(
                        Numbers.count(cues, "cue"),
                        Numbers.duration(seconds),
                        recall.count(Status.CONVERGED),
                        Numbers.brief(mean(recall.residual())),
                        Numbers.brief(Arrays.stream(recall.steps()).average().orElse(0))));
        for (Status status : Status.values()) {
            long count = recall.count(status);
            if (count > 0 && status != Status.CONVERGED) {
                String line = "%d of %d cues: %s %s"
                        .formatted(count, cues, status.meaning(), status.advice())
                        .strip();
                if (status.isEquilibrium()) {
                    terminal.note(line);
                } else {
                    terminal.warning(line);
                }
            }
        }
    }

    /** The same for programs. */
    static void describe(Json json, Recall recall, PatternSet cues, double seconds) {
        Json counts = new Json();
        for (Status status : Status.values()) {
            Optional.of(recall.count(status))
                    .filter(n -> n > 0)
                    .ifPresent(n -> counts.with(Choices.spelled(status), n));
        }
        List<Json> items = new ArrayList<>();
        for (int i = 0; i < cues.count(); i++) {
            items.add(new Json()
                    .with("name", cues.names().get(i))
                    .with("status", Choices.spelled(recall.status().get(i)))
                    .with("energy", recall.energy()[i])
                    .with("residual", recall.residual()[i])
                    .with("steps", recall.steps()[i]));
        }
        json.with("cues", cues.count())
                .with("status", counts)
                .with("mean_residual", mean(recall.residual()))
                .with("mean_energy", mean(recall.energy()))
                .with("seconds", seconds)
                .with("items", items);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }
}
