package dev.engram.network;

import dev.engram.linalg.Matrix;
import java.io.Serializable;

/**
 * The prior means, which predict the top layer (μ^L): one vector for all cues, as the memory vector b does, or one for each cue.
 *
 * <p>The values are live. Element j of a cue's mean is {@code values()[offset(cue) + j]}.
 */
public final class PriorMeans implements Serializable {
    private static final long serialVersionUID = 1;
    private final Matrix means;
    private final int stride;

    private PriorMeans(Matrix means, int stride) {
        this.means = means;
        this.stride = stride;
    }

    /** The same mean for every cue; kept, not copied. */
    public static PriorMeans shared(float[] mean) {
        return new PriorMeans(Matrix.wrap(1, mean.length, mean), 0);
    }

    /** A mean for each cue, [cues, size(L)]; kept, not copied. */
    public static PriorMeans perCue(Matrix means) {
        return new PriorMeans(means, means.columns());
    }

    /** Whether all cues have the same mean. */
    public boolean isShared() {
        return stride == 0;
    }

    /** size(L). */
    public int size() {
        return means.columns();
    }

    /** The means one after the other. */
    public float[] values() {
        return means.data();
    }

    /** Where a cue's mean begins in {@link #values}. */
    public int offset(int cue) {
        return cue * stride;
    }

    /** The means of the named cues, in their order. */
    public PriorMeans cues(int... cues) {
        return isShared() ? this : perCue(means.rows(cues));
    }

    /** The means as rows, [cues, size(L)], for the caller to change. */
    public Matrix rows(int cues) {
        requireFits(cues);
        if (!isShared()) {
            return means.copy();
        }
        Matrix rows = Matrix.zeros(cues, size());
        rows.setRows(means.data());
        return rows;
    }

    /**
     * Checks that there is a mean for each cue.
     *
     * @throws IllegalArgumentException naming both numbers if not
     */
    public void requireFits(int cues) {
        if (!isShared() && means.rows() != cues) {
            throw new IllegalArgumentException(
                    "There are %d prior means for %d cues; there must be one for each, or one for all."
                            .formatted(means.rows(), cues));
        }
    }

    /** rows -= means, cue by cue. */
    void subtractFrom(Matrix rows) {
        float[] data = rows.data();
        float[] mean = means.data();
        if (!isShared()) {
            for (int i = 0; i < data.length; i++) {
                data[i] -= mean[i];
            }
            return;
        }
        for (int start = 0; start < data.length; start += mean.length) {
            for (int i = 0; i < mean.length; i++) {
                data[start + i] -= mean[i];
            }
        }
    }
}
