package dev.engram.memory;

import java.util.Arrays;

/**
 * The novelty above which a cue counts as {@link Answer.Unfamiliar}, with the rate of false alarms that follows.
 *
 * <p>The threshold is the k-th smallest novelty of M cues that are not stored, k = max(1, ⌊rate (M + 1)⌋): another cue of the same kind falls
 * below it with probability k / (M + 1), whatever the distribution (the order statistics of exchangeable numbers).
 *
 * @param threshold the largest novelty of a familiar cue
 * @param falseAlarmRate k / (M + 1), the probability that a cue that is not stored is taken for one that is
 * @param heldOut M
 */
public record Calibration(double threshold, double falseAlarmRate, int heldOut) {
    private static final double ROUNDING = 1 + 1e-9; // so that a rate of k / (M + 1) gives k

    /** The default rate asked for. */
    public static final double FALSE_ALARM_RATE = 0.01;

    public Calibration {
        if (Double.isNaN(threshold) || !(falseAlarmRate > 0 && falseAlarmRate <= 1) || heldOut < 0) {
            throw new IllegalArgumentException(
                    "A calibration needs a threshold (%s), a rate in (0, 1] (%s) and a count (%d) of at least 0."
                            .formatted(threshold, falseAlarmRate, heldOut));
        }
    }

    /** Every cue counts as familiar. */
    public static Calibration none() {
        return new Calibration(Double.POSITIVE_INFINITY, 1, 0);
    }

    /**
     * @param novelty of cues that are not stored, at least one; fewer than 1/rate - 1 cannot support the rate, and the result says which they can
     */
    public static Calibration of(double[] novelty, double rate) {
        if (novelty.length == 0 || !(rate > 0 && rate < 1)) {
            throw new IllegalArgumentException(
                    "A calibration needs cues that are not stored (%d given) and a rate between 0 and 1 (%s)."
                            .formatted(novelty.length, rate));
        }
        double[] sorted = novelty.clone();
        Arrays.sort(sorted);
        int k = Math.max(1, (int) (rate * (sorted.length + 1) * ROUNDING));
        return new Calibration(sorted[k - 1], (double) k / (sorted.length + 1), sorted.length);
    }
}
