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
import dev.engram.memory.CueBatches;
import dev.engram.memory.Identifier;
import dev.engram.memory.Mask;
import dev.engram.memory.Recall;
import dev.engram.memory.attractor.AttractorMemory;
import dev.engram.memory.attractor.Familiarity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Shows cues to a memory, a batch at a time, with progress; can be cancelled after every step.
 *
 * <p>What a cue is shown together with is the same however many cues there are, and whether they are all in memory or come block by block: those
 * of the 256 it is among, counted from the first of all, that can be asked together. So is the answer, to the last bit.
 */
final class RecallRun {
    /** How many cues are asked together at most. */
    static final int BATCH = CueBatches.TOGETHER;

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
        sayLacking();
        return run("recalling", CueBatches.recalling(cues, Mask.present(cues), iterations));
    }

    /** The completions of all cues; with codes what the memory says of each. */
    Recall complete(Mask mask) {
        explain(memory.completionCosts(cues.rows(), mask));
        return run("completing", CueBatches.completing(cues, mask));
    }

    private void sayLacking() {
        if (shared.isEmpty()) {
            sayLacking(context, lacking(cues), cues.rows());
        }
    }

    /** How many of these cues lack values. */
    static int lacking(Matrix cues) {
        Mask present = Mask.present(cues);
        return (int) IntStream.range(0, cues.rows())
                .filter(cue -> present.knownValues(cue) < present.values())
                .count();
    }

    /** Tells the user of them. */
    static void sayLacking(Context context, int lacking, int cues) {
        if (lacking > 0) {
            context.terminal()
                    .note("%d of %s have missing values: these are completed, and their known values stay as they are."
                            .formatted(lacking, NumberText.count(cues, "cue")));
        }
    }

    /** The patterns for cues with damage nobody marked, and what was trusted. */
    Recall recover() {
        sayLacking();
        return run("recovering", CueBatches.recovering(cues, Mask.present(cues)));
    }

    /** What the memory says of whole cues, which it is asked to recall where it cannot name them otherwise. */
    List<Answer> answers() {
        Optional<Identifier> identifier = memory.identifier();
        if (identifier.isEmpty()) {
            return recall(1).answers();
        }
        List<Answer> answers = new ArrayList<>();
        for (int[] rows : CueBatches.together(cues.rows())) {
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
            for (int[] rows : CueBatches.together(cues.rows())) {
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

    private Recall run(String what, List<CueBatches.Batch> batches) {
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
        for (CueBatches.Batch batch : batches) {
            int[] rows = batch.rows();
            Recall part = answer(batch, memory.watchedBy(observer(progress, done)), rows, progress);
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

    private Recall answer(CueBatches.Batch batch, AssociativeMemory asked, int[] rows, Progress progress) {
        try {
            return batch.ask(asked);
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

    private static double mean(Matrix matrix, int fromRow, int toRow) {
        double sum = 0;
        for (int at = fromRow * matrix.columns(); at < toRow * matrix.columns(); at++) {
            sum += matrix.data()[at];
        }
        return sum / ((double) (toRow - fromRow) * matrix.columns());
    }
}
