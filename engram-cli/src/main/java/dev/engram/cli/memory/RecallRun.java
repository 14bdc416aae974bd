package dev.engram.cli.memory;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.console.Progress;
import dev.engram.cli.console.Terminal;
import dev.engram.cli.options.Choices;
import dev.engram.inference.EngineCost;
import dev.engram.inference.InferenceObserver;
import dev.engram.inference.Status;
import dev.engram.io.NumberText;
import dev.engram.io.PatternSet;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Answer;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Identifier;
import dev.engram.memory.Mask;
import dev.engram.memory.Recall;
import dev.engram.memory.attractor.AttractorMemory;
import dev.engram.memory.attractor.Familiarity;
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

    private final Context context;
    private final AssociativeMemory memory;
    private final PatternSet cues;
    private final boolean explains;

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
    Recall recall(int iterations) {
        explain(memory.recallCosts(cues.count()));
        return askAll("recalling", BATCH, (m, rows) -> recalled(m, part(rows), iterations), this::completing);
    }

    /** The completions of all cues; with codes what the memory says of each. */
    Recall complete(Mask mask) {
        explain(memory.completionCosts(cues.count(), mask));
        int batch = mask.rows() == 1 ? BATCH : BATCH_OF_MASKS;
        return run("completing", List.of(new Group(all(), batch, completing(mask))));
    }

    private Question completing(Mask mask) {
        return (m, rows) -> {
            Mask known = part(mask, rows);
            Matrix shown = known.blank(part(rows), 0);
            return named(m, m.complete(shown, known), identifier -> identifier.identify(shown, known));
        };
    }

    private static Recall recalled(AssociativeMemory memory, Matrix shown, int iterations) {
        return named(
                memory,
                memory.recall(shown, iterations),
                identifier -> identifier.identify(shown, Mask.all(memory.values())));
    }

    /** With what the memory says of the cues, where it can but the recall alone does not. */
    private static Recall named(AssociativeMemory memory, Recall recall, Function<Identifier, List<Answer>> ask) {
        return recall.answers().isEmpty()
                ? memory.identifier().map(ask).map(recall::withAnswers).orElse(recall)
                : recall;
    }

    private int[] all() {
        return IntStream.range(0, cues.count()).toArray();
    }

    /** Whole cues are asked; those that lack values, which are NaN, are completed instead. */
    private Recall askAll(String what, int batch, Question whole, Function<Mask, Question> lacking) {
        Mask present = Mask.present(cues.patterns());
        int[] full = rows(present, true);
        int[] partial = rows(present, false);
        if (partial.length > 0) {
            context.terminal()
                    .note("%d of %s have missing values: these are completed, and their known values stay as they are."
                            .formatted(partial.length, NumberText.count(cues.count(), "cue")));
        }
        return run(
                what,
                List.of(new Group(full, batch, whole), new Group(partial, BATCH_OF_MASKS, lacking.apply(present))));
    }

    private int[] rows(Mask present, boolean whole) {
        return IntStream.range(0, cues.count())
                .filter(cue -> present.knownValues(present.rows() == 1 ? 0 : cue) == present.values() == whole)
                .toArray();
    }

    /** The same, with what was known as what was trusted. */
    private Question completedWithTrust(Mask mask) {
        return (m, rows) -> {
            Recall recall = completing(mask).ask(m, rows);
            Matrix trust = Matrix.zeros(rows.length, memory.values());
            Arrays.fill(trust.data(), 1);
            return recall.withTrust(part(mask, rows).blank(trust, 0));
        };
    }

    /** The patterns for cues with damage nobody marked, and what was trusted. */
    Recall recover() {
        return askAll("recovering", BATCH_OF_DAMAGE, (m, rows) -> m.recover(part(rows)), this::completedWithTrust);
    }

    /** What the memory says of whole cues, which it is asked to recall where it cannot name them otherwise. */
    List<Answer> answers() {
        return memory.identifier()
                .map(identifier -> identifier.identify(cues.patterns(), Mask.all(memory.values())))
                .orElseGet(() -> recall(1).answers());
    }

    /** How new the cues are to a memory with codes. */
    NoveltyScores novelty(AttractorMemory codes) {
        Progress progress = new Progress(context.terminal(), "judging", cues.count());
        NoveltyScores all =
                new NoveltyScores(new double[cues.count()], new double[cues.count()], new double[cues.count()][]);
        try {
            for (int from = 0; from < cues.count(); from += BATCH) {
                int to = Math.min(cues.count(), from + BATCH);
                Familiarity part = codes.watchedBy(observer(progress, from))
                        .familiarity(part(IntStream.range(from, to).toArray()));
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

    private void explain(List<EngineCost> costs) {
        if (explains && !costs.isEmpty()) {
            Explanation.print(context.terminal(), "inference", costs, "auto");
        }
    }

    private interface Question {
        Recall ask(AssociativeMemory memory, int[] rows);
    }

    /** Cues that are asked the same, so many together. */
    private record Group(int[] rows, int batch, Question question) {}

    private Recall run(String what, List<Group> groups) {
        Progress progress = new Progress(context.terminal(), what, cues.count());
        int count = cues.count();
        Matrix patterns = Matrix.zeros(count, memory.values());
        double[] energy = new double[count];
        double[] residual = new double[count];
        int[] steps = new int[count];
        Status[] status = new Status[count];
        List<Optional<Answer>> answers = new ArrayList<>(Collections.nCopies(count, Optional.empty()));
        Optional<Matrix> trusted = Optional.empty();
        Optional<Matrix> deviation = Optional.empty();
        int done = 0;
        for (Group group : groups) {
            for (int from = 0; from < group.rows.length; from += group.batch) {
                int[] rows = Arrays.copyOfRange(group.rows, from, Math.min(group.rows.length, from + group.batch));
                Recall part = answer(group.question, memory.watchedBy(observer(progress, done)), rows, progress);
                context.interruption().requireGoingOn();
                patterns.setRows(rows, part.patterns());
                trusted = joined(trusted, part.trust(), rows);
                deviation = joined(deviation, part.deviation(), rows);
                for (int i = 0; i < rows.length; i++) {
                    energy[rows[i]] = part.energy()[i];
                    residual[rows[i]] = part.residual()[i];
                    steps[rows[i]] = part.steps()[i];
                    status[rows[i]] = part.status().get(i);
                    if (!part.answers().isEmpty()) {
                        answers.set(rows[i], Optional.of(part.answers().get(i)));
                    }
                }
                done += rows.length;
                progress.at(done, "");
            }
        }
        progress.end();
        List<Answer> said = answers.stream().flatMap(Optional::stream).toList();
        return new Recall(
                patterns,
                energy,
                residual,
                steps,
                List.of(status),
                said.size() == count ? said : List.of(),
                trusted,
                deviation);
    }

    /** All rows so far with those of this part, where it has any. */
    private Optional<Matrix> joined(Optional<Matrix> before, Optional<Matrix> part, int... rows) {
        return part.map(found -> {
                    Matrix all = before.orElseGet(() -> Matrix.zeros(cues.count(), memory.values()));
                    all.setRows(rows, found);
                    return all;
                })
                .or(() -> before);
    }

    private static Recall answer(Question question, AssociativeMemory memory, int[] rows, Progress progress) {
        try {
            return question.ask(memory, rows);
        } catch (ArithmeticException e) {
            throw CommandException.failed("The memory cannot answer cues %d to %d: %s"
                    .formatted(rows[0], rows[rows.length - 1], e.getMessage()));
        } finally {
            progress.end();
        }
    }

    private InferenceObserver observer(Progress progress, int done) {
        return step -> {
            progress.at(done, "step %d".formatted(step.step()));
            return !context.interruption().isCancelled();
        };
    }

    private Matrix part(int... rows) {
        return cues.patterns().rows(rows);
    }

    private static Mask part(Mask mask, int... rows) {
        if (mask.rows() == 1) {
            return mask;
        }
        return Mask.known(mask.values(), mask.clamp().cues(rows).rows());
    }

    /** Says how it went. */
    static void summarise(Terminal terminal, Recall recall, AnswerText answers, double seconds) {
        int cues = recall.patterns().rows();
        terminal.line("%s in %s: %d converged; mean residual %s, mean steps %s."
                .formatted(
                        NumberText.count(cues, "cue"),
                        NumberText.duration(seconds),
                        recall.count(Status.CONVERGED),
                        NumberText.brief(mean(recall.residual())),
                        NumberText.brief(Arrays.stream(recall.steps()).average().orElse(0))));
        if (!recall.answers().isEmpty()) {
            answers.say(terminal);
        }
        recall.trust()
                .ifPresent(trust -> terminal.line(
                        "Trusted %s of the values.".formatted(NumberText.percent(mean(trust, 0, trust.rows())))));
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
    static void describe(JsonOutput json, Recall recall, PatternSet cues, AnswerText answers, double seconds) {
        json.with("cues", cues.count());
        describe(json, recall, cues.names(), seconds);
        if (!recall.answers().isEmpty()) {
            answers.describe(json);
        }
        recall.trust().ifPresent(trust -> json.with("trusted_fraction", mean(trust, 0, trust.rows())));
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
