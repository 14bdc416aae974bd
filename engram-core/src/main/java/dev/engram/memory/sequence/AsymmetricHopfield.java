package dev.engram.memory.sequence;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import dev.engram.memory.Recall;
import dev.engram.memory.hopfield.HopfieldNetwork;
import dev.engram.memory.hopfield.Levels;
import dev.engram.memory.hopfield.Separation;

/**
 * The asymmetric Hopfield network: bipolar units whose weights lead from every stored pattern to the next. The baseline of sequence memories.
 *
 * <pre>
 *   x ← sgn(Σ_t w_t s_{t+1}),   w = separation(s_t · x)
 * </pre>
 *
 * <p>With the {@link Separation.Identity} this is Hebb's W = Σ s_{t+1} s_tᵀ, all units at once. A polynomial or softmax separation gives
 * the denser memories, which keep the patterns instead of weights. Frames are binarised at a threshold, and answers have their two values
 * ({@link Levels}), 0 and 1 where they had more; a unit without field is low.
 *
 * <p>Source: Sompolinsky and Kanter 1986; with separation Chaudhry et al. 2023, "Long sequence Hopfield memory".
 */
public final class AsymmetricHopfield implements SequenceMemory {
    private final LinearAlgebra la;
    private final DoubleMatrix present;
    private final DoubleMatrix next;
    private final Separation separation;
    private final double threshold;
    private final Levels levels;

    private AsymmetricHopfield(
            LinearAlgebra la,
            DoubleMatrix present,
            DoubleMatrix next,
            Separation separation,
            double threshold,
            Levels levels) {
        this.la = la;
        this.present = present;
        this.next = next;
        this.separation = separation;
        this.threshold = threshold;
        this.levels = levels;
    }

    /**
     * Stores sequences.
     *
     * @param threshold values above it are units at +1, the others at -1; finite
     */
    public static AsymmetricHopfield learn(
            Sequences sequences, Separation separation, double threshold, LinearAlgebra la) {
        if (!Double.isFinite(threshold)) {
            throw new IllegalArgumentException("The threshold (%s) must be finite.".formatted(threshold));
        }
        DoubleMatrix present = bipolar(sequences.presents(), threshold);
        DoubleMatrix next = bipolar(sequences.nexts(), threshold);
        Levels levels = Levels.of(sequences.all(), threshold);
        return new AsymmetricHopfield(la, present, next, separation, threshold, levels);
    }

    private static DoubleMatrix bipolar(Matrix values, double threshold) {
        return HopfieldNetwork.bipolar(values, threshold).toDouble();
    }

    @Override
    public String model() {
        return "asymmetric-hopfield";
    }

    @Override
    public int values() {
        return present.columns();
    }

    /** The weights; the patterns, one bit a unit, where there are none. */
    @Override
    public long bytes() {
        boolean weights = separation instanceof Separation.Identity;
        return weights
                ? (long) Float.BYTES * values() * values()
                : ((long) (present.rows() + next.rows()) * values() + Byte.SIZE - 1) / Byte.SIZE;
    }

    @Override
    public Recall follow(Matrix frames) {
        return Replay.follow(this, frames, this::next);
    }

    @Override
    public Recall replay(Matrix cue, int steps) {
        return Replay.replay(this, cue, steps, this::next);
    }

    private Matrix next(Matrix frames) {
        DoubleMatrix similarity = la.product(bipolar(frames, threshold), Transpose.NO, present, Transpose.YES);
        separation.weighAll(similarity);
        Matrix answers =
                la.product(similarity, Transpose.NO, next, Transpose.NO).toFloat();
        for (int i = 0; i < answers.data().length; i++) {
            answers.data()[i] = levels.of(answers.data()[i]);
        }
        return answers;
    }
}
