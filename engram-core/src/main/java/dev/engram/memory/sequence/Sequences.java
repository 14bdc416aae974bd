package dev.engram.memory.sequence;

import dev.engram.linalg.Matrix;
import dev.engram.memory.internal.Cues;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Patterns in order: one sequence or several, whose frames all have the same number of values.
 *
 * @param frames per sequence, its patterns [frames, values] in order, at least two, finite
 */
public record Sequences(List<Matrix> frames) {
    public Sequences {
        frames = List.copyOf(frames);
        if (frames.isEmpty()) {
            throw new IllegalArgumentException("There is no sequence; at least one is needed.");
        }
        for (Matrix sequence : frames) {
            Cues.requirePatterns(sequence);
            if (sequence.rows() < 2) {
                throw new IllegalArgumentException(
                        "A sequence of %d frame has no next one; at least two frames are needed."
                                .formatted(sequence.rows()));
            }
            if (sequence.columns() != frames.get(0).columns()) {
                throw new IllegalArgumentException(
                        "The sequences have frames of %d and of %d values; they must agree. Maybe they are pictures of different sizes."
                                .formatted(frames.get(0).columns(), sequence.columns()));
            }
        }
    }

    public static Sequences of(Matrix... frames) {
        return new Sequences(List.of(frames));
    }

    /** How many values a frame has. */
    public int values() {
        return frames.get(0).columns();
    }

    /** How many frames each sequence has. */
    public List<Integer> lengths() {
        return frames.stream().map(Matrix::rows).toList();
    }

    /** How many frames there are in all. */
    public int count() {
        return frames.stream().mapToInt(Matrix::rows).sum();
    }

    /** All frames of all sequences, one sequence after the other, [frames, values]. */
    public Matrix all() {
        return joined(sequence -> 0, sequence -> frames.get(sequence).rows());
    }

    /** Every frame that has a next one, [transitions, values]. */
    public Matrix presents() {
        return joined(sequence -> 0, sequence -> frames.get(sequence).rows() - 1);
    }

    /** What follows each of {@link #presents}, [transitions, values]. */
    public Matrix nexts() {
        return joined(sequence -> 1, sequence -> frames.get(sequence).rows());
    }

    private Matrix joined(IntUnaryOperator from, IntUnaryOperator to) {
        int rows = 0;
        for (int s = 0; s < frames.size(); s++) {
            rows += to.applyAsInt(s) - from.applyAsInt(s);
        }
        Matrix joined = Matrix.zeros(rows, values());
        int at = 0;
        for (int s = 0; s < frames.size(); s++) {
            int length = (to.applyAsInt(s) - from.applyAsInt(s)) * values();
            System.arraycopy(frames.get(s).data(), from.applyAsInt(s) * values(), joined.data(), at, length);
            at += length;
        }
        return joined;
    }
}
