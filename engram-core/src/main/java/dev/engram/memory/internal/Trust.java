package dev.engram.memory.internal;

import dev.engram.linalg.Matrix;
import dev.engram.memory.Mask;
import java.util.Arrays;
import java.util.Optional;

/**
 * How much each value of some cues counts when they are compared with what the codes generate.
 *
 * @param weights a row for each cue, or one for all, [cues or 1, values]; empty where every value counts
 * @param known how many values count, per cue or one number for all
 */
public record Trust(Optional<Matrix> weights, double... known) {
    /** Whole cues of that many values, in whatever coordinates they are compared. */
    public static Trust all(int values) {
        return new Trust(Optional.empty(), values);
    }

    /** The values that the mask says are known, of the cues that its rows are for. */
    public static Trust of(Mask mask) {
        int rows = mask.rows();
        double[] known = new double[rows];
        Arrays.setAll(known, mask::knownValues);
        if (rows == 1 && known[0] == mask.values()) {
            return all(mask.values());
        }
        Matrix weights = Matrix.zeros(rows, mask.values());
        for (int row = 0; row < rows; row++) {
            for (int j : mask.clamp().indices(row)) {
                weights.set(row, j, 1);
            }
        }
        return new Trust(Optional.of(weights), known);
    }

    /** The given weights, [cues, values]. */
    public static Trust of(Matrix weights) {
        double[] known = new double[weights.rows()];
        for (int cue = 0; cue < known.length; cue++) {
            for (int j = 0; j < weights.columns(); j++) {
                known[cue] += weights.get(cue, j);
            }
        }
        return new Trust(Optional.of(weights), known);
    }

    /** How many values of a cue count. */
    public double known(int cue) {
        return known[known.length == 1 ? 0 : cue];
    }

    /** The values of the cues times their weights, as a new matrix or, where every value counts, the same. */
    public Matrix times(Matrix cues) {
        if (weights.isEmpty()) {
            return cues;
        }
        float[] factors = weights.get().data();
        Matrix product = cues.copy();
        for (int cue = 0; cue < cues.rows(); cue++) {
            int from = weights.get().rows() == 1 ? 0 : cue * cues.columns();
            for (int j = 0; j < cues.columns(); j++) {
                product.data()[cue * cues.columns() + j] *= factors[from + j];
            }
        }
        return product;
    }

    /** Where the weights of a cue begin. */
    int offset(int cue) {
        return weights.isPresent() && weights.get().rows() > 1
                ? cue * weights.get().columns()
                : 0;
    }
}
