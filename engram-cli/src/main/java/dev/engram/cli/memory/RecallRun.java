package dev.engram.cli.memory;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.Progress;
import dev.engram.inference.EngineCost;
import dev.engram.inference.InferenceObserver;
import dev.engram.inference.Status;
import dev.engram.io.NumberText;
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
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Shows cues to a memory, a batch at a time, with progress; can be cancelled after every step.
 *
 * <p>What a cue is shown together with is the same however many cues there are, and whether they are all in memory or come block by block: those
 * of the 256 it is among, counted from the first of all, that can be asked together. So is the answer, to the last bit.
 */
final class RecallRun {
    /** Cues that share a mask share most of the work. */
    static final int BATCH = 256;

    private static final int BATCH_OF_MASKS = 16;

    /** Unknown damage differs from cue to cue, and takes several rounds. */
    private static final int BATCH_OF_DAMAGE = 64;

    private final Context context;
    private final AssociativeMemory memory;
    private final Matrix cues;
    private final boolean explains;
    private final int first;
    private final Optional<Progress> shared;

    private RecallRun(
            Context context,
            AssociativeMemory memory,
            Matrix cues,
            boolean explains,
            int first,
            Optional<Progress> shared) {
        this.context = context;
        this.explains = explains;
        this.memory = memory;
        this.cues = cues;
        this.first = first;
        this.shared = shared;
    }

    /** Of all cues there are. */
    RecallRun(Context context, AssociativeMemory memory, Matrix cues) {
        this(context, memory, cues, false, 0, Optional.empty());
    }

    /** The same, which says what each engine would cost. */
    RecallRun explaining(boolean wanted) {
        return new RecallRun(context, memory, cues, wanted, first, shared);
    }

    /**
     * Of some among more cues, which say themselves what is to be said of all.
     *
     * @param from the number of the first, a multiple of {@link #BATCH}
     * @param progress of all
     */
    RecallRun amongMore(int from, Progress progress) {
        return new RecallRun(context, memory, cues, explains, from, Optional.of(progress));
    }

    /** The patterns for all cues; with codes what the memory says of each, as it was shown first. */
    Recall recall(int iterations) {
        explain(memory.recallCosts(cues.rows()));
        return askAll("recalling", BATCH, (m, rows) -> recalled(m, part(rows), iterations), this::completing);
    }

    /** The completions of all cues; with codes what the memory says of each. */
    Recall complete(Mask mask) {
        explain(memory.completionCosts(cues.rows(), mask));
        List<Group> groups = new ArrayList<>();
        for (int[] rows : together()) {
            int batch = part(mask, rows).rows() == 1 ? BATCH : BATCH_OF_MASKS;
            groups.add(new Group(rows, batch, completing(mask)));
        }
        return run("completing", groups);
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

    /** The cues, in parts that do not depend on how many there are. */
    private List<int[]> together() {
        List<int[]> parts = new ArrayList<>();
        for (int from = 0; from < cues.rows(); from += BATCH) {
            parts.add(IntStream.range(from, Math.min(cues.rows(), from + BATCH)).toArray());
        }
        return parts;
    }

    /** Whole cues are asked; those that lack values, which are NaN, are completed instead. */
    private Recall askAll(String what, int batch, Question whole, Function<Mask, Question> lacking) {
        Mask present = Mask.present(cues);
        if (shared.isEmpty()) {
            sayLacking(context, lacking(cues), cues.rows());
        }
        List<Group> groups = new ArrayList<>();
        for (int[] rows : together()) {
            groups.add(new Group(rows(present, true, rows), batch, whole));
            groups.add(new Group(rows(present, false, rows), BATCH_OF_MASKS, lacking.apply(present)));
        }
        return run(what, groups);
    }

    /** How many of these cues lack values. */
    static int lacking(Matrix cues) {
        Mask present = Mask.present(cues);
        return rows(present, false, IntStream.range(0, cues.rows()).toArray()).length;
    }

    /** Tells the user of them. */
    static void sayLacking(Context context, int lacking, int cues) {
        if (lacking > 0) {
            context.terminal()
                    .note("%d of %s have missing values: these are completed, and their known values stay as they are."
                            .formatted(lacking, NumberText.count(cues, "cue")));
        }
    }

    private static boolean isWhole(Mask present, int cue) {
        return present.knownValues(present.rows() == 1 ? 0 : cue) == present.values();
    }

    private static int[] rows(Mask present, boolean whole, int... among) {
        return Arrays.stream(among)
                .filter(cue -> isWhole(present, cue) == whole)
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
        Optional<Identifier> identifier = memory.identifier();
        if (identifier.isEmpty()) {
            return recall(1).answers();
        }
        List<Answer> answers = new ArrayList<>();
        for (int[] rows : together()) {
            context.interruption().requireGoingOn();
            answers.addAll(identifier.get().identify(part(rows), Mask.all(memory.values())));
        }
        return answers;
    }

    /** How new the cues are to a memory with codes. */
    NoveltyScores novelty(AttractorMemory codes) {
        Progress progress = shared.orElseGet(() -> new Progress(context.terminal(), "judging", cues.rows()));
        NoveltyScores all =
                new NoveltyScores(new double[cues.rows()], new double[cues.rows()], new double[cues.rows()][]);
        try {
            for (int[] rows : together()) {
                int from = rows[0];
                Familiarity part =
                        codes.watchedBy(observer(progress, first + from)).familiarity(part(rows));
                context.interruption().requireGoingOn();
                for (int cue : rows) {
                    all.scores()[cue] = part.novelty()[cue - from];
                    all.errors()[cue] = mean(part.errors(), cue - from, cue - from + 1);
                    all.energy()[cue] = part.energy()[cue - from];
                }
                progress.at(first + from + rows.length, "");
            }
        } finally {
            progress.end();
        }
        return all;
    }

    private void explain(List<EngineCost> costs) {
        if (explains && !costs.isEmpty()) {
            String job =
                    shared.isEmpty() ? "inference" : "inference of %s".formatted(NumberText.count(cues.rows(), "cue"));
            Explanation.print(context.terminal(), job, costs, "auto");
        }
    }

    private interface Question {
        Recall ask(AssociativeMemory memory, int[] rows);
    }

    /** Cues that are asked the same, so many together. */
    private record Group(int[] rows, int batch, Question question) {}

    private Recall run(String what, List<Group> groups) {
        Progress progress = shared.orElseGet(() -> new Progress(context.terminal(), what, cues.rows()));
        int count = cues.rows();
        Matrix patterns = Matrix.zeros(count, memory.values());
        double[] energy = new double[count];
        double[] residual = new double[count];
        int[] steps = new int[count];
        Status[] status = new Status[count];
        List<Optional<Answer>> answers = new ArrayList<>(Collections.nCopies(count, Optional.empty()));
        Optional<Matrix> trusted = Optional.empty();
        Optional<Matrix> deviation = Optional.empty();
        int done = first;
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
        if (shared.isEmpty()) {
            progress.end();
        }
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
                    Matrix all = before.orElseGet(() -> Matrix.zeros(cues.rows(), memory.values()));
                    all.setRows(rows, found);
                    return all;
                })
                .or(() -> before);
    }

    private Recall answer(Question question, AssociativeMemory asked, int[] rows, Progress progress) {
        try {
            return question.ask(asked, rows);
        } catch (ArithmeticException e) {
            throw CommandException.failed("The memory cannot answer cues %d to %d: %s"
                    .formatted(first + rows[0], first + rows[rows.length - 1], e.getMessage()));
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
        return cues.rows(rows);
    }

    static Mask part(Mask mask, int... rows) {
        if (mask.rows() == 1) {
            return mask;
        }
        List<BitSet> known = mask.clamp().cues(rows).rows();
        boolean alike = known.stream().distinct().count() == 1;
        return Mask.known(mask.values(), alike ? known.subList(0, 1) : known);
    }

    private static double mean(Matrix matrix, int fromRow, int toRow) {
        double sum = 0;
        for (int at = fromRow * matrix.columns(); at < toRow * matrix.columns(); at++) {
            sum += matrix.data()[at];
        }
        return sum / ((double) (toRow - fromRow) * matrix.columns());
    }
}
