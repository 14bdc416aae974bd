package dev.engram.memory;

import dev.engram.linalg.Matrix;

/**
 * How far the values of a data set vary, and so the error below which one of its patterns counts as recovered: {@link
 * Score#COMPLETION_THRESHOLD} where all values lie in [0, 1], as those of pictures do; of other data {@value #SHARE} of the
 * mean variance of a value, which is what that threshold is for the pictures it was made for. Missing values (NaN) do not count.
 */
public final class Spread {
    /** 0.001 over the variance of a pixel of Tiny ImageNet, 0.06. */
    static final double SHARE = 0.016;

    private final double[] counts;
    private final double[] shifts; // the first value of each column, so that the sums of squares keep their digits
    private final double[] sums;
    private final double[] squares;
    private float lowest = Float.POSITIVE_INFINITY;
    private float highest = Float.NEGATIVE_INFINITY;

    /** Of no patterns yet, with that many values each. */
    public Spread(int values) {
        this.counts = new double[values];
        this.shifts = new double[values];
        this.sums = new double[values];
        this.squares = new double[values];
    }

    /** Of these patterns. */
    public static Spread of(Matrix patterns) {
        Spread spread = new Spread(patterns.columns());
        spread.add(patterns);
        return spread;
    }

    /** The next patterns. */
    public void add(Matrix patterns) {
        for (int i = 0; i < patterns.rows(); i++) {
            for (int j = 0; j < patterns.columns(); j++) {
                add(j, patterns.get(i, j));
            }
        }
    }

    private void add(int column, float value) {
        if (Float.isNaN(value)) {
            return;
        }
        if (counts[column] == 0) {
            shifts[column] = value;
        }
        double shifted = value - shifts[column];
        counts[column]++;
        sums[column] += shifted;
        squares[column] += shifted * shifted;
        lowest = Math.min(lowest, value);
        highest = Math.max(highest, value);
    }

    /** The mean of the values' variances; 0 of nothing. */
    public double variance() {
        double sum = 0;
        for (int j = 0; j < counts.length; j++) {
            double mean = counts[j] == 0 ? 0 : sums[j] / counts[j];
            sum += counts[j] == 0 ? 0 : Math.max(0, squares[j] / counts[j] - mean * mean);
        }
        return sum / counts.length;
    }

    /** The mean squared error per value below which a pattern counts as recovered. */
    public double threshold() {
        boolean likePictures = !(lowest < 0) && !(highest > 1);
        double relative = SHARE * variance();
        return likePictures || relative == 0 ? Score.COMPLETION_THRESHOLD : relative;
    }
}
