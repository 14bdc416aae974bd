package dev.engram.memory;

import dev.engram.linalg.Matrix;
import java.io.Serializable;

/**
 * How far the values of a data set vary, and so the error below which one of its patterns counts as recovered: {@link
 * Score#COMPLETION_THRESHOLD} where all values lie in [0, 1], as those of pictures do, and vary by more; of other data {@value #SHARE} of
 * the mean variance of a value, which is what that threshold is for the pictures it was made for. Missing values (NaN) do not count.
 *
 * <p>Who answers every cue with the mean of all patterns makes an error of that variance. A threshold that such an answer stays below says
 * nothing of a memory ({@link #tellsApart}).
 */
public final class Spread implements Serializable {
    private static final long serialVersionUID = 1;
    /** 0.001 over the variance of a pixel of Tiny ImageNet, 0.06. */
    static final double SHARE = 0.016;

    private final double[] counts;
    private final double[] shifts; // the first value of each column, so that the sums of squares keep their digits
    private final double[] sums;
    private final double[] squares;
    private int patterns;
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
    public void add(Matrix more) {
        patterns += more.rows();
        for (int i = 0; i < more.rows(); i++) {
            for (int j = 0; j < more.columns(); j++) {
                add(j, more.get(i, j));
            }
        }
    }

    /** The spread of other patterns, with as many values, to that of these. */
    public void add(Spread others) {
        patterns += others.patterns;
        lowest = Math.min(lowest, others.lowest);
        highest = Math.max(highest, others.highest);
        for (int j = 0; j < counts.length; j++) {
            double apart = counts[j] == 0 ? 0 : others.shifts[j] - shifts[j];
            shifts[j] = counts[j] == 0 ? others.shifts[j] : shifts[j];
            squares[j] += others.squares[j] + apart * (2 * others.sums[j] + others.counts[j] * apart);
            sums[j] += others.sums[j] + others.counts[j] * apart;
            counts[j] += others.counts[j];
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
        double relative = SHARE * variance();
        boolean usual = isLikePictures() && tellsApart(Score.COMPLETION_THRESHOLD);
        return usual || relative == 0 ? Score.COMPLETION_THRESHOLD : relative;
    }

    /** Whether no value lies outside of [0, 1]. */
    public boolean isLikePictures() {
        return !(lowest < 0) && !(highest > 1);
    }

    /**
     * Whether errors below a threshold are those of answers that differ from pattern to pattern: the mean of all, which makes an error of their
     * variance, has at least twice as much. A single pattern has nothing to be told apart from.
     */
    public boolean tellsApart(double threshold) {
        return patterns <= 1 || 2 * threshold <= variance();
    }
}
