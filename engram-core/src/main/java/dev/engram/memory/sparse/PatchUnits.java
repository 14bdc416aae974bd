package dev.engram.memory.sparse;

import dev.engram.linalg.Matrix;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A node that sees a patch of values: each unit is the mean of the patches it answered for. */
final class PatchUnits {
    private static final float MIDDLE = 0.5f;

    private final int[] values;
    private final List<float[]> means = new ArrayList<>();
    private final List<Integer> counts = new ArrayList<>();

    /** @param values the indices of the patch's values in a pattern */
    PatchUnits(int... values) {
        this.values = values;
    }

    int size() {
        return means.size();
    }

    long bytes() {
        return (long) size() * (values.length * Float.BYTES + Integer.BYTES);
    }

    /** ½ (1 + cos(x - ½, w - ½)) over the known values for each unit w; all 0 where nothing is known. */
    double[] similarities(Matrix patterns, int row, BitSet known) {
        double[] similarities = new double[size()];
        int[] seen = new int[values.length];
        int count = 0;
        double length = 0;
        for (int k = 0; k < values.length; k++) {
            if (known.get(values[k])) {
                double x = patterns.get(row, values[k]) - MIDDLE;
                length += x * x;
                seen[count++] = k;
            }
        }
        for (int unit = 0; unit < similarities.length && count > 0; unit++) {
            float[] mean = means.get(unit);
            double dot = 0;
            double meanLength = 0;
            for (int s = 0; s < count; s++) {
                double x = patterns.get(row, values[seen[s]]) - MIDDLE;
                double w = mean[seen[s]] - MIDDLE;
                dot += x * w;
                meanLength += w * w;
            }
            double lengths = Math.sqrt(length) * Math.sqrt(meanLength);
            similarities[unit] = lengths == 0 ? 0.5 : 0.5 * (1 + dot / lengths);
        }
        return similarities;
    }

    float[] mean(int unit) {
        return means.get(unit);
    }

    /** How many patches a unit answered for. */
    int count(int unit) {
        return counts.get(unit);
    }

    int values() {
        return values.length;
    }

    /** A unit that has learned before. */
    void add(float[] mean, int count) {
        means.add(mean);
        counts.add(count);
    }

    /** Gives the patch to a new unit. */
    void grow(Matrix patterns, int row) {
        float[] mean = new float[values.length];
        for (int k = 0; k < values.length; k++) {
            mean[k] = patterns.get(row, values[k]);
        }
        means.add(mean);
        counts.add(1);
    }

    /** Moves a unit towards the patch, to the mean of all it answered for. */
    void move(int unit, Matrix patterns, int row) {
        int count = counts.get(unit) + 1;
        counts.set(unit, count);
        float[] mean = means.get(unit);
        for (int k = 0; k < values.length; k++) {
            mean[k] += (patterns.get(row, values[k]) - mean[k]) / count;
        }
    }

    /** Writes a unit's patch into a pattern. */
    void write(int unit, Matrix patterns, int row) {
        for (int k = 0; k < values.length; k++) {
            patterns.set(row, values[k], means.get(unit)[k]);
        }
    }
}
