package dev.engram.memory;

/**
 * How many of some independent cues are called recalled, each with the same probability: the binomial distribution.
 *
 * @param count of cues, at least 0
 * @param probability between 0 and 1
 */
public record Binomial(int count, double probability) {
    /** Whether the fraction is larger than the central interval of this confidence holds. */
    public boolean isAbove(double fraction, double confidence) {
        return 1 - below((int) Math.round(fraction * count)) < (1 - confidence) / 2;
    }

    /** Whether the fraction is smaller than the central interval of this confidence holds. */
    public boolean isBelow(double fraction, double confidence) {
        return below((int) Math.round(fraction * count) + 1) < (1 - confidence) / 2;
    }

    /** P(fewer than k). */
    public double below(int k) {
        double logTerm = count * Math.log1p(-probability);
        double sum = 0;
        for (int i = 0; i < k; i++) {
            sum += Math.exp(logTerm);
            logTerm += Math.log((count - i) / (i + 1.0)) + Math.log(probability) - Math.log1p(-probability);
        }
        return sum;
    }
}
