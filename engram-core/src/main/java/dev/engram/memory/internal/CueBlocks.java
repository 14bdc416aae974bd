package dev.engram.memory.internal;

import dev.engram.inference.Status;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Answer;
import dev.engram.memory.Mask;
import dev.engram.memory.Recall;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Many cues, a block at a time: so many that products over them are worth it, and so few that matrices [cues, codes] stay small beside the
 * memory.
 */
public final class CueBlocks {
    private static final int MOST = 512;
    private static final int LEAST = 16;
    static final int NUMBERS = 1 << 21; // of a matrix [cues, codes]

    private final int size;

    public CueBlocks(int codes) {
        this.size = size(codes);
    }

    /** How many cues a block has. */
    public static int size(int codes) {
        return Math.max(LEAST, Math.min(MOST, NUMBERS / codes));
    }

    /** Visits 0 to cues-1 in order. */
    public void forEach(int cues, Consumer<int[]> visitor) {
        forEach(IntStream.range(0, cues).toArray(), visitor);
    }

    private void forEach(int[] order, Consumer<int[]> visitor) {
        for (int from = 0; from < order.length; from += size) {
            visitor.accept(Arrays.copyOfRange(order, from, Math.min(order.length, from + size)));
        }
    }

    /** The answers to whole cues. */
    public Recall recall(Matrix cues, Function<Matrix, Recall> answer) {
        return inOrder(cues, Optional.empty(), answer);
    }

    /** The answers to cues of which the answer says what was trusted. */
    public Recall recover(Matrix cues, Function<Matrix, Recall> answer) {
        return inOrder(cues, Optional.of(Matrix.zeros(cues.rows(), cues.columns())), answer);
    }

    private Recall inOrder(Matrix cues, Optional<Matrix> trust, Function<Matrix, Recall> answer) {
        int[] order = IntStream.range(0, cues.rows()).toArray();
        return answered(cues, order, trust, block -> answer.apply(cues.rows(block)));
    }

    /** A block of cues of which some values are known. */
    public interface Completion {
        /** @param numbers of the cues, among all */
        Recall complete(Matrix cues, Mask mask, int[] numbers);
    }

    /** The answers to partial cues; those with the same mask come one after the other. */
    public Recall complete(Matrix cues, Mask mask, Completion answer) {
        int[] order = mask.clamp().groups(cues.rows()).stream()
                .flatMapToInt(Arrays::stream)
                .toArray();
        return answered(
                cues, order, Optional.empty(), block -> answer.complete(cues.rows(block), mask.cues(block), block));
    }

    private Recall answered(Matrix cues, int[] order, Optional<Matrix> trust, Function<int[], Recall> answer) {
        int n = order.length;
        Matrix patterns = Matrix.zeros(n, cues.columns());
        double[] energy = new double[n];
        double[] residual = new double[n];
        int[] steps = new int[n];
        Status[] status = new Status[n];
        Answer[] answers = new Answer[n];
        forEach(order, block -> {
            Recall part = answer.apply(block);
            patterns.setRows(block, part.patterns());
            part.trust().ifPresent(found -> trust.orElseThrow().setRows(block, found));
            for (int k = 0; k < block.length; k++) {
                energy[block[k]] = part.energy()[k];
                residual[block[k]] = part.residual()[k];
                steps[block[k]] = part.steps()[k];
                status[block[k]] = part.status().get(k);
                answers[block[k]] = part.answers().get(k);
            }
        });
        return new Recall(patterns, energy, residual, steps, Arrays.asList(status), Arrays.asList(answers), trust);
    }
}
