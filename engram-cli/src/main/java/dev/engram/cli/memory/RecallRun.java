package dev.engram.cli.memory;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.console.Progress;
import dev.engram.cli.console.Terminal;
import dev.engram.cli.options.Choices;
import dev.engram.inference.Engine;
import dev.engram.inference.EngineCost;
import dev.engram.inference.Inference;
import dev.engram.inference.InferenceObserver;
import dev.engram.inference.MaskCache;
import dev.engram.inference.Status;
import dev.engram.io.NumberText;
import dev.engram.io.PatternSet;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Answer;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Identified;
import dev.engram.memory.Mask;
import dev.engram.memory.Recall;
import dev.engram.memory.attractor.AttractorMemory;
import dev.engram.memory.attractor.Familiarity;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import dev.engram.network.Clamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Shows cues to a memory, a batch at a time, with progress; can be cancelled after every step. */
public final class RecallRun {
    /** Cues that share a mask share most of the work. */
    private static final int BATCH = 256;

    private static final int BATCH_OF_MASKS = 16;

    /** Unknown damage differs from cue to cue, and takes several rounds. */
    private static final int BATCH_OF_DAMAGE = 64;

    private static final int MASKS_REMEMBERED = 4;

    private final Context context;
    private final AssociativeMemory memory;
    private final PatternSet cues;
    private final boolean explains;
    private final MaskCache masks = MaskCache.of(MASKS_REMEMBERED);

    RecallRun(Context context, AssociativeMemory memory, PatternSet cues, boolean explains) {
        this.context = context;
        this.explains = explains;
        this.memory = memory;
        this.cues = cues;
    }

    /** One that does not explain. */
    static RecallRun of(Context context, AssociativeMemory memory, PatternSet cues) {
        return new RecallRun(context, memory, cues, false);
    }

    /** The patterns for all cues; with codes what the memory says of each, as it was shown first. */
    Identified recall(int iterations) {
        explain(pcn -> pcn.recallPlan(cues.count()));
        return run("recalling", BATCH, false, (m, from, to) -> {
            if (!(m instanceof AttractorMemory attractors)) {
                return unsaid(m.recall(part(from, to), iterations));
            }
            Identified first = attractors.identify(part(from, to));
            return iterations == 1
                    ? first
                    : new Identified(
                            attractors.recall(first.recall().patterns(), iterations - 1),
                            first.answers(),
                            first.trust());
        });
    }

    /** The completions of all cues; with codes what the memory says of each. */
    Identified complete(Mask mask) {
        explain(pcn -> pcn.completionPlan(cues.count(), mask));
        int batch = mask.rows() == 1 ? BATCH : BATCH_OF_MASKS;
        return run(
                "completing",
                batch,
                false,
                (m, from, to) -> m instanceof AttractorMemory attractors
                        ? attractors.identify(part(from, to), part(mask, from, to))
                        : unsaid(m.complete(part(from, to), part(mask, from, to))));
    }

    /** The patterns for cues with damage nobody marked, and what was trusted; for memories with codes. */
    Identified recover() {
        return run("recovering", BATCH_OF_DAMAGE, true, (m, from, to) -> ((AttractorMemory) m).recover(part(from, to)));
    }

    /** How new the cues are; for memories with codes. */
    NoveltyScores novelty() {
        Progress progress = new Progress(context.terminal(), "judging", cues.count());
        NoveltyScores all =
                new NoveltyScores(new double[cues.count()], new double[cues.count()], new double[cues.count()][]);
        try {
            for (int from = 0; from < cues.count(); from += BATCH) {
                int to = Math.min(cues.count(), from + BATCH);
                Familiarity part = ((AttractorMemory) watched(progress, from)).familiarity(part(from, to));
                context.interruption().requireGoingOn();
                for (int cue = from; cue < to; cue++) {
                    all.scores()[cue] = part.novelty()[cue - from];
                    all.errors()[cue] = mean(part.errors(), cue - from, cue - from + 1);
                    all.energy()[cue] = part.energy()[cue - from];
                }
                progress.at(to, "");
            }
        } finally {
            progress.end();
        }
        return all;
    }

    /** What a memory without codes gives back: it says nothing of the cues. */
    private static Identified unsaid(Recall recall) {
        return new Identified(
                recall, List.of(), Matrix.zeros(0, recall.patterns().columns()));
    }

    private void explain(Function<PredictiveCodingMemory, List<EngineCost>> plan) {
        if (explains && memory instanceof PredictiveCodingMemory pcn) {
            Explanation.print(context.terminal(), "inference", plan.apply(pcn), Engine.AUTO);
        }
    }

    private interface Question {
        Identified ask(AssociativeMemory memory, int from, int to);
    }

    /** @param trust whether what was trusted is wanted, as large as the patterns */
    private Identified run(String what, int batch, boolean trust, Question question) {
        Progress progress = new Progress(context.terminal(), what, cues.count());
        Recall all = new Recall(
                Matrix.zeros(cues.count(), memory.values()),
                new double[cues.count()],
                new double[cues.count()],
                new int[cues.count()],
                Collections.nCopies(cues.count(), Status.CANCELLED));
        List<Status> status = new ArrayList<>();
        List<Answer> answers = new ArrayList<>();
        Matrix trusted = Matrix.zeros(trust ? cues.count() : 0, memory.values());
        for (int from = 0; from < cues.count(); from += batch) {
            int done = from;
            int to = Math.min(cues.count(), from + batch);
            Identified identified = answer(question, watched(progress, done), from, to, progress);
            context.interruption().requireGoingOn();
            Recall part = identified.recall();
            put(part.patterns(), all.patterns(), from);
            if (trust) {
                put(identified.trust(), trusted, from);
            }
            answers.addAll(identified.answers());
            System.arraycopy(part.energy(), 0, all.energy(), from, to - from);
            System.arraycopy(part.residual(), 0, all.residual(), from, to - from);
            System.arraycopy(part.steps(), 0, all.steps(), from, to - from);
            status.addAll(part.status());
            progress.at(to, "");
        }
        progress.end();
        return new Identified(
                new Recall(all.patterns(), all.energy(), all.residual(), all.steps(), status), answers, trusted);
    }

    private static void put(Matrix rows, Matrix into, int from) {
        System.arraycopy(rows.data(), 0, into.data(), from * into.columns(), rows.data().length);
    }

    private static Identified answer(Question question, AssociativeMemory memory, int from, int to, Progress progress) {
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
        InferenceObserver observer = step -> {
            progress.at(done, "step %d".formatted(step.step()));
            return !context.interruption().isCancelled();
        };
        if (memory instanceof AttractorMemory attractors) {
            return attractors.withInference(
                    Inference.forNetwork(attractors.network()).withMasks(masks).withObserver(observer));
        }
        return memory instanceof PredictiveCodingMemory pcn ? pcn.watchedBy(observer) : memory;
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
    static void summarise(Terminal terminal, Identified identified, double seconds) {
        Recall recall = identified.recall();
        int cues = recall.patterns().rows();
        terminal.line("%s in %s: %d converged; mean residual %s, mean steps %s."
                .formatted(
                        NumberText.count(cues, "cue"),
                        NumberText.duration(seconds),
                        recall.count(Status.CONVERGED),
                        NumberText.brief(mean(recall.residual())),
                        NumberText.brief(Arrays.stream(recall.steps()).average().orElse(0))));
        if (!identified.answers().isEmpty()) {
            terminal.line(AnswerText.summary(identified.answers()));
        }
        if (identified.trust().rows() > 0) {
            terminal.line("Trusted %s of the values."
                    .formatted(NumberText.percent(
                            mean(identified.trust(), 0, identified.trust().rows()))));
        }
        advise(terminal, recall, "cues");
    }

    /** What is to be known of those that did not converge. */
    public static void advise(Terminal terminal, Recall recall, String items) {
        for (Status status : Status.values()) {
            long count = recall.count(status);
            if (count > 0 && status != Status.CONVERGED) {
                String line = "%d of %d %s: %s %s"
                        .formatted(count, recall.patterns().rows(), items, status.meaning(), status.advice())
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
    static void describe(JsonOutput json, Identified identified, PatternSet cues, double seconds) {
        json.with("cues", cues.count());
        describe(json, identified.recall(), cues.names(), seconds);
        if (!identified.answers().isEmpty()) {
            AnswerText.describe(json, identified.answers(), cues.names());
        }
        if (identified.trust().rows() > 0) {
            json.with(
                    "trusted_fraction",
                    mean(identified.trust(), 0, identified.trust().rows()));
        }
    }

    /** How each came to its end. */
    public static void describe(JsonOutput json, Recall recall, List<String> names, double seconds) {
        JsonOutput counts = new JsonOutput();
        for (Status status : Status.values()) {
            Optional.of(recall.count(status))
                    .filter(n -> n > 0)
                    .ifPresent(n -> counts.with(Choices.spelled(status), n));
        }
        List<JsonOutput> items = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            items.add(new JsonOutput()
                    .with("name", names.get(i))
                    .with("status", Choices.spelled(recall.status().get(i)))
                    .with("energy", recall.energy()[i])
                    .with("residual", recall.residual()[i])
                    .with("steps", recall.steps()[i]));
        }
        json.with("status", counts)
                .with("mean_residual", mean(recall.residual()))
                .with("mean_energy", mean(recall.energy()))
                .with("seconds", seconds)
                .with("items", items);
    }

    private static double mean(Matrix matrix, int fromRow, int toRow) {
        double sum = 0;
        for (int at = fromRow * matrix.columns(); at < toRow * matrix.columns(); at++) {
            sum += matrix.data()[at];
        }
        return sum / ((double) (toRow - fromRow) * matrix.columns());
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }
}
