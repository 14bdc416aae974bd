package dev.engram.memory.internal;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import dev.engram.memory.LookAlikes;
import java.util.Arrays;

/**
 * Patterns that cues are compared with, all at once: those a memory keeps, or what it generates from each code alone. Compared are values,
 * or coordinates in which the patterns have the same distances. Working memory of [patterns, values] floats.
 */
public final class References {
    private static final int STRETCH = 256; // values summed in single precision before their sum joins the double one
    private static final int BLOCK = 256; // patterns whose squares are there at once

    private static final double AGREEING = 0.16; // of the variance: a squared error of 0.01 of pictures

    private final LinearAlgebra la;
    private final Matrix patterns; // less their mean, for the sake of rounding
    private final float[] lengths; // |μ_i|² of what is left
    private final float[] mean;
    private final double variance;
    private final int values;
    private volatile Weighed last =
            new Weighed(new float[0]); // so that one cue after the other under one mask costs it once

    /** The squared lengths of all patterns under one row of weights. */
    private record Weighed(float[] weights, float... lengths) {}

    /**
     * @param patterns [patterns, values or coordinates], at least one; taken over, and changed
     * @param values how many values a pattern has, in whatever coordinates
     */
    public References(LinearAlgebra la, Matrix patterns, int values) {
        this.la = la;
        this.values = values;
        this.patterns = patterns;
        this.mean = patterns.meanRow();
        this.lengths = new float[size()];
        la.parallel(size(), i -> {
            for (int j = 0; j < mean.length; j++) {
                patterns.data()[i * mean.length + j] -= mean[j];
            }
            lengths[i] = (float) patterns.squaredLength(i);
        });
        double sum = 0;
        for (float length : lengths) {
            sum += length;
        }
        this.variance = sum / size() / values;
    }

    /** How many values a pattern has. */
    int values() {
        return values;
    }

    /** The mean squared difference at which patterns agree: as given, or as look-alikes of this variance do where that is less. */
    double agreement(double given) {
        return Math.min(given, LookAlikes.TOLERANCE * variance);
    }

    /** The mean variance of a value over the patterns. */
    public double variance() {
        return variance;
    }

    public LinearAlgebra la() {
        return la;
    }

    public int size() {
        return patterns.rows();
    }

    /** The named patterns, [patterns, values]. */
    public Matrix of(int... named) {
        Matrix rows = patterns.rows(named);
        for (int at = 0; at < rows.data().length; at++) {
            rows.data()[at] += mean[at % mean.length];
        }
        return rows;
    }

    /** Σ_j trust_j (cue_j - μ_ij)², [cues, patterns]. */
    public Matrix squaredErrors(Matrix cues, Trust trust) {
        Matrix centred = cues.copy();
        for (int at = 0; at < centred.data().length; at++) {
            centred.data()[at] -= mean[at % mean.length];
        }
        Matrix weighted = trust.times(centred);
        Matrix errors = la.product(weighted, Transpose.NO, patterns, Transpose.YES);
        float[] ofPatterns = trust.weights().map(this::weightedLengths).orElse(lengths);
        int n = size();
        la.parallel(cues.rows(), cue -> {
            double own = 0;
            for (int at = cue * mean.length; at < (cue + 1) * mean.length; at++) {
                own += (double) weighted.data()[at] * centred.data()[at];
            }
            float[] out = errors.data();
            int of = ofPatterns.length == n ? 0 : cue * n;
            for (int i = 0; i < n; i++) {
                float error = ofPatterns[of + i] - 2 * out[cue * n + i];
                out[cue * n + i] = (float) Math.max(0, own + error);
            }
        });
        return errors;
    }

    /** The patterns' values at some positions, [patterns, positions]. */
    float[] at(int... positions) {
        float[] values = new float[size() * positions.length];
        for (int i = 0; i < size(); i++) {
            for (int k = 0; k < positions.length; k++) {
                values[i * positions.length + k] = patterns.data()[i * mean.length + positions[k]] + mean[positions[k]];
            }
        }
        return values;
    }

    /** The largest squared length, which rounding is relative to. */
    double largestLength() {
        float most = 0;
        for (float length : lengths) {
            most = Math.max(most, length);
        }
        return most;
    }

    /** Σ_j (cue_j - μ_ij)² over the given values, in double precision. */
    double squaredError(Matrix cues, int cue, int[] of, int i) {
        double sum = 0;
        for (int j : of) {
            double error = (double) cues.get(cue, j) - mean[j] - patterns.get(i, j);
            sum += error * error;
        }
        return sum;
    }

    /** The values in which each cue is within three tenths of the patterns' standard deviation of the named pattern. */
    Trust agreeing(Matrix cues, int... named) {
        Matrix weights = Matrix.zeros(cues.rows(), cues.columns());
        double most = AGREEING * variance;
        for (int cue = 0; cue < named.length; cue++) {
            for (int j = 0; j < mean.length; j++) {
                float error = cues.get(cue, j) - mean[j] - patterns.get(named[cue], j);
                weights.set(cue, j, error * error < most ? 1 : 0);
            }
        }
        return Trust.of(weights);
    }

    /** |μ_i - μ_j|² over all values. */
    double squaredDistance(int i, int j) {
        int d = mean.length;
        return squaredDistance(patterns.data(), i * d, j * d, d);
    }

    private static double squaredDistance(float[] all, int one, int other, int d) {
        double sum = 0;
        for (int from = 0; from < d; from += STRETCH) {
            float part = 0;
            for (int j = from; j < Math.min(d, from + STRETCH); j++) {
                float difference = all[one + j] - all[other + j];
                part += difference * difference;
            }
            sum += part;
        }
        return sum;
    }

    /** |μ_i - μ_j|² over what counts of a cue. */
    double squaredDistance(int i, int j, Trust trust, int cue) {
        if (trust.weights().isEmpty()) {
            return squaredDistance(i, j);
        }
        int d = mean.length;
        float[] all = patterns.data();
        float[] weights = trust.weights().get().data();
        int offset = trust.offset(cue);
        double sum = 0;
        for (int from = 0; from < d; from += STRETCH) {
            float part = 0;
            for (int k = from; k < Math.min(d, from + STRETCH); k++) {
                float difference = all[i * d + k] - all[j * d + k];
                part += weights[offset + k] * difference * difference;
            }
            sum += part;
        }
        return sum;
    }

    /** Σ_j weight_j μ_ij², row by row of [rows, patterns]. */
    private float[] weightedLengths(Matrix weights) {
        if (weights.rows() > 1) {
            return weighed(weights);
        }
        Weighed known = last;
        if (!Arrays.equals(known.weights, weights.data())) {
            known = new Weighed(weights.data().clone(), weighed(weights));
            last = known;
        }
        return known.lengths;
    }

    /** The same: one product for each block of patterns. */
    private float[] weighed(Matrix weights) {
        int rows = weights.rows();
        int n = size();
        float[] sums = new float[rows * n];
        la.parallel((n + BLOCK - 1) / BLOCK, block -> {
            int from = block * BLOCK;
            Matrix squares = patterns.slice(from, Math.min(n, from + BLOCK));
            for (int at = 0; at < squares.data().length; at++) {
                squares.data()[at] *= squares.data()[at];
            }
            Matrix part = la.product(weights, Transpose.NO, squares, Transpose.YES);
            for (int row = 0; row < rows; row++) {
                System.arraycopy(part.data(), row * part.columns(), sums, row * n + from, part.columns());
            }
        });
        return sums;
    }
}
