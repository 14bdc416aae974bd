package dev.engram.memory;

import java.util.Arrays;

/**
 * The novelty above which a cue counts as {@link Answer.Unfamiliar}, with the rate of false alarms that follows.
 *
 * <p>The threshold is the k-th smallest novelty of M cues that are not stored, k = max(1, ⌊rate (M + 1)⌋): another cue of the same kind falls
 * below it with probability k / (M + 1), whatever the distribution (the order statistics of exchangeable numbers; split conformal prediction:
 * Vovk, Gammerman and Shafer 2005).
 *
 * @param threshold the largest novelty of a familiar cue
 * @param falseAlarmRate k / (M + 1), the probability that a cue that is not stored is taken for one that is
 * @param heldOut M
 */
public record Calibration(double threshold, double falseAlarmRate, int heldOut) {
    private static final double ROUNDING = 1 + 1e-9; // so that a rate of k / (M + 1) gives k

    private static final int HALVINGS = 60;

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

    /**
     * Between what the rate of false alarms of this threshold lies, with some confidence: a threshold that is the k-th of M numbers has the rate
     * Beta(k, M + 1 - k), whatever the distribution. The stated rate is its mean over such calibrations; this threshold's own may be another.
     *
     * @param confidence between 0 and 1, for example 0.95
     * @return a lower and an upper limit; 0 and 1 where nothing is known
     */
    public Limits limits(double confidence) {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("The confidence (%s) must be between 0 and 1.".formatted(confidence));
        }
        if (heldOut == 0) {
            return new Limits(0, 1);
        }
        int k = (int) Math.round(falseAlarmRate * (heldOut + 1));
        double tail = (1 - confidence) / 2;
        return new Limits(quantile(k, tail), quantile(k, 1 - tail));
    }

    /**
     * How many of so many cues that are not stored are called familiar at most, in that part of all batches: a quantile of the beta-binomial
     * distribution, which counts in that the threshold has a rate of its own.
     *
     * @param confidence between 0 and 1, for example 0.99
     * @return all of them where nothing is known
     */
    public int most(int cues, double confidence) {
        if (heldOut == 0) {
            return cues;
        }
        double a = Math.round(falseAlarmRate * (heldOut + 1));
        double b = heldOut + 1 - a;
        double logTerm = 0; // of none
        for (int i = 0; i < cues; i++) {
            logTerm += Math.log(b + i) - Math.log(a + b + i);
        }
        double sum = Math.exp(logTerm);
        int most = 0;
        while (sum < confidence && most < cues) {
            logTerm += Math.log(cues - most) + Math.log(a + most) - Math.log(most + 1) - Math.log(b + cues - most - 1);
            most++;
            sum += Math.exp(logTerm);
        }
        return most;
    }

    /** The limits of a rate. */
    public record Limits(double lower, double upper) {}

    /** Where the distribution function of Beta(k, M + 1 - k) reaches p. It is P(at least k of M events of probability x). */
    private double quantile(int k, double p) {
        double low = 0;
        double high = 1;
        for (int step = 0; step < HALVINGS; step++) {
            double middle = 0.5 * (low + high);
            if (1 - new Binomial(heldOut, middle).below(k) < p) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return 0.5 * (low + high);
    }
}
