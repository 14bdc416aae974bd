package dev.engram.memory;

import dev.engram.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Many cues in the batches in which a memory is asked about them. Cues that are known in the same values share most of the work.
 *
 * <p>What a cue is asked together with is the same however many cues there are: those of the {@value #TOGETHER} it is among, counted from the
 * first of all, that can be asked together. So is the answer, to the last bit.
 */
public final class CueBatches {
    /** The most cues that are asked together. */
    public static final int TOGETHER = 256;

    private static final int OF_MASKS = 16;

    /** Unknown damage differs from cue to cue, and takes several rounds. */
    private static final int OF_DAMAGE = 64;

    private final Matrix cues;
    private final Mask known;

    /** Asks about some cues. */
    private interface Question {
        Recall ask(AssociativeMemory memory, Matrix shown, Mask known);
    }

    /** Cues that are asked together. */
    public final class Batch {
        private final int[] rows;
        private final Question question;

        private Batch(int[] rows, Question question) {
            this.rows = rows;
            this.question = question;
        }

        /** The numbers of the cues, ascending. */
        public int[] rows() {
            return rows.clone();
        }

        /** What the memory answers to them; with what it says of them, where it can. */
        public Recall ask(AssociativeMemory memory) {
            return question.ask(memory, cues.rows(rows), known.cues(rows));
        }
    }

    private CueBatches(Matrix cues, Mask known) {
        this.cues = cues;
        this.known = known;
    }

    /**
     * Recall of whole cues; of those that lack values completion instead.
     *
     * @param known says which values a cue lacks
     * @param iterations F
     */
    public static List<Batch> recalling(Matrix cues, Mask known, int iterations) {
        return new CueBatches(cues, known)
                .byWhole(
                        TOGETHER,
                        (memory, shown, all) -> named(
                                memory,
                                memory.recall(shown, iterations),
                                identifier -> identifier.identify(shown, Mask.all(memory.values()))),
                        CueBatches::completed);
    }

    /** Recovery of whole cues with damage that is not marked, and what was trusted; of those that lack values completion instead. */
    public static List<Batch> recovering(Matrix cues, Mask known) {
        return new CueBatches(cues, known)
                .byWhole(OF_DAMAGE, (memory, shown, all) -> memory.recover(shown), (memory, shown, part) -> {
                    Matrix trust = Matrix.zeros(shown.rows(), shown.columns());
                    Arrays.fill(trust.data(), 1);
                    return completed(memory, shown, part).withTrust(part.blank(trust, 0));
                });
    }

    /** Completion of what is not known. */
    public static List<Batch> completing(Matrix cues, Mask known) {
        CueBatches all = new CueBatches(cues, known);
        List<Batch> batches = new ArrayList<>();
        for (int[] rows : together(cues.rows())) {
            all.addTo(batches, rows, known.cues(rows).rows() == 1 ? TOGETHER : OF_MASKS, CueBatches::completed);
        }
        return batches;
    }

    /** The numbers of so many cues, in parts of those that may be asked together. */
    public static List<int[]> together(int cues) {
        List<int[]> parts = new ArrayList<>();
        for (int from = 0; from < cues; from += TOGETHER) {
            parts.add(IntStream.range(from, Math.min(cues, from + TOGETHER)).toArray());
        }
        return parts;
    }

    private List<Batch> byWhole(int most, Question whole, Question lacking) {
        List<Batch> batches = new ArrayList<>();
        for (int[] rows : together(cues.rows())) {
            addTo(batches, rows(true, rows), most, whole);
            addTo(batches, rows(false, rows), OF_MASKS, lacking);
        }
        return batches;
    }

    private int[] rows(boolean whole, int... among) {
        return Arrays.stream(among)
                .filter(cue -> (known.knownValues(cue) == known.values()) == whole)
                .toArray();
    }

    private void addTo(List<Batch> batches, int[] rows, int most, Question question) {
        for (int from = 0; from < rows.length; from += most) {
            batches.add(new Batch(Arrays.copyOfRange(rows, from, Math.min(rows.length, from + most)), question));
        }
    }

    private static Recall completed(AssociativeMemory memory, Matrix cues, Mask known) {
        Matrix shown = known.blank(cues, 0);
        return named(memory, memory.complete(shown, known), identifier -> identifier.identify(shown, known));
    }

    /** With what the memory says of the cues, where it can but the recall alone does not. */
    private static Recall named(AssociativeMemory memory, Recall recall, Function<Identifier, List<Answer>> ask) {
        return recall.answers().isEmpty()
                ? memory.identifier().map(ask).map(recall::withAnswers).orElse(recall)
                : recall;
    }
}
