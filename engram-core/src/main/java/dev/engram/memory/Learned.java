package dev.engram.memory;

import dev.engram.linalg.Matrix;
import dev.engram.memory.internal.Sample;
import dev.engram.optimiser.Outcome;
import java.util.Arrays;

/**
 * The result of learning: the memory, and how well it regenerates its patterns.
 *
 * @param <M> the memory
 * @param outcome whether learning ran to its end
 * @param updates weight updates made; 0 for models that have none
 * @param audit the error with which each pattern, or each of those drawn from many, is regenerated as it is stored when shown whole (of sequences: the error with which each
 *     frame but the first is predicted from those before it). Of a learning or an audit that was cancelled perhaps not of all; of one that
 *     diverged, or that was not audited, of none
 */
public record Learned<M>(M memory, Outcome outcome, int updates, Score audit) {
    private static final int AUDITED_TOGETHER = 256;
    private static final int AUDITED_WHOLE = 1_000; // the most patterns that are all audited
    private static final int SAMPLE = 500; // of more

    /** What was learned and not audited. */
    public static <M> Learned<M> unaudited(M memory, Outcome outcome, int updates) {
        return new Learned<>(memory, outcome, updates, new Score(new double[0]));
    }

    /**
     * The audited result of a model that learns in a single step. Of more than {@value #AUDITED_WHOLE} patterns {@value #SAMPLE} are audited,
     * drawn at random and always the same.
     *
     * @param stored what the memory should give back, [patterns, values]
     * @param watch called during the audit; where it stops it, the outcome is {@link Outcome#CANCELLED}
     */
    public static <M extends AssociativeMemory> Learned<M> atOnce(M memory, Matrix stored, MemoryModel.Watch watch) {
        int[] asked = asked(stored.rows());
        double[] errors = new double[asked.length];
        int done = 0;
        boolean goesOn = watch.onAudit(0, errors.length);
        while (goesOn && done < errors.length) {
            int to = Math.min(errors.length, done + AUDITED_TOGETHER);
            Score score = memory.regenerated(stored.rows(Arrays.copyOfRange(asked, done, to)));
            System.arraycopy(score.errors(), 0, errors, done, to - done);
            done = to;
            goesOn = watch.onAudit(done, errors.length);
        }
        return new Learned<>(
                        memory,
                        goesOn ? Outcome.COMPLETED : Outcome.CANCELLED,
                        0,
                        new Score(Arrays.copyOf(errors, done)))
                .checked();
    }

    /** The same; without an audit where it diverged, which it did too where an error of the audit is not a finite number. */
    public Learned<M> checked() {
        return outcome != Outcome.DIVERGED && Arrays.stream(audit.errors()).allMatch(Double::isFinite)
                ? this
                : unaudited(memory, Outcome.DIVERGED, updates);
    }

    /** The patterns that are audited, ascending. */
    public static int[] asked(int patterns) {
        return Sample.of(patterns, AUDITED_WHOLE, SAMPLE);
    }

    /**
     * What a network has learned, with the audit of another memory made of it in place of its own; one that diverged has nothing to audit.
     *
     * @param answering what is audited, and kept
     */
    public static <M extends AssociativeMemory> Learned<M> audited(
            Learned<?> network, M answering, Matrix stored, MemoryModel.Watch watch) {
        if (network.outcome() == Outcome.DIVERGED) {
            return unaudited(answering, network.outcome(), network.updates());
        }
        Learned<M> audited = atOnce(answering, stored, watch);
        return audited.outcome() == Outcome.DIVERGED
                ? unaudited(answering, Outcome.DIVERGED, network.updates())
                : network.with(answering).with(audited.audit());
    }

    /** The same with an audit. */
    public Learned<M> with(Score newAudit) {
        return new Learned<>(memory, outcome, updates, newAudit);
    }

    /** The same of another memory, made of this one. */
    public <N> Learned<N> with(N other) {
        return new Learned<>(other, outcome, updates, audit);
    }
}
