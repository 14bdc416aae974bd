package dev.engram.experiments.hopfield;

/** Pearson's correlation of two lists of numbers. */
final class Correlation {
    private Correlation() {}

    /**
     * Between two lists of as many numbers, for example the weights off the diagonal of two networks.
     *
     * @return from -1 to 1; NaN where all numbers of a list are the same
     */
    static double of(float[] a, float[] b) {
        double meanA = mean(a);
        double meanB = mean(b);
        double both = 0;
        double squaresA = 0;
        double squaresB = 0;
        for (int i = 0; i < a.length; i++) {
            double fromA = a[i] - meanA;
            double fromB = b[i] - meanB;
            both += fromA * fromB;
            squaresA += fromA * fromA;
            squaresB += fromB * fromB;
        }
        return both / Math.sqrt(squaresA * squaresB);
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
