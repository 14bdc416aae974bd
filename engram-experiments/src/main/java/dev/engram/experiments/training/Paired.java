package dev.engram.experiments.training;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Two methods from the same seeds: Student's paired test of a difference, and two one-sided tests of equivalence (Schuirmann 1987).
 *
 * @param difference the mean of a - b
 * @param standardError of that mean
 * @param pairs how many
 */
record Paired(double difference, double standardError, int pairs) {
    private static final double TAIL = 0.025;

    /** @param a and b, pair by pair, at least two */
    static Paired of(double[] a, double[] b) {
        double[] gaps = new double[a.length];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = a[i] - b[i];
        }
        return new Paired(mean(gaps), standardError(gaps), gaps.length);
    }

    static double mean(double[] numbers) {
        return Arrays.stream(numbers).average().orElse(Double.NaN);
    }

    /** s / √n, with n - 1 in s. */
    static double standardError(double[] numbers) {
        double mean = mean(numbers);
        double sum = Arrays.stream(numbers).map(x -> (x - mean) * (x - mean)).sum();
        return Math.sqrt(sum / (numbers.length - 1) / numbers.length);
    }

    /** Half the 95 % interval of a mean. */
    static double halfInterval(double[] numbers) {
        return TDistribution.of(numbers.length - 1).inverseSurvivalProbability(TAIL) * standardError(numbers);
    }

    /** How likely a difference at least as large is where there is none; two-sided. */
    double unequal() {
        if (standardError == 0) {
            return difference == 0 ? 1 : 0;
        }
        return 2 * t().survivalProbability(Math.abs(difference) / standardError);
    }

    /**
     * How likely means at least this near to each other are where the methods differ by the margin: the larger of the two one-sided tests. Below
     * 0.05 the two are equivalent within the margin.
     */
    double notEquivalent(double margin) {
        double near = margin - Math.abs(difference);
        if (standardError == 0) {
            return near > 0 ? 0 : 1;
        }
        return t().survivalProbability(near / standardError);
    }

    private TDistribution t() {
        return TDistribution.of(pairs - 1);
    }
}
