package dev.engram.memory;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Two patterns that are so alike that they count as copies of each other; {@link #of} finds all such pairs among many patterns.
 *
 * <p>With the patterns p centred on their mean, distances come from blocks of matrix products,
 *
 * <pre>
 *   |p_i - p_j|² = |p_i|² + |p_j|² - 2 p_i·p_j,
 * </pre>
 *
 * <p>in single precision; what is near enough by these is measured again, value by value in double precision. Beside the centred patterns one block
 * of distances is kept at a time.
 *
 * @param first index of one
 * @param second index of the other, larger
 * @param distance their mean squared difference per value
 */
public record LookAlikes(int first, int second, double distance) {
    /** As much of the patterns' variance as look-alikes differ at most, where nothing else is said. */
    public static final double TOLERANCE = Spread.SHARE;

    /** No more pairs than these are returned; of more the most alike. */
    public static final int MOST = 1_000_000;

    private static final int BLOCK = 1_024;

    /** More than the relative error of a sum of products of floats. */
    private static final double ROUNDING = 64 * Math.ulp(1f);

    private static final Comparator<LookAlikes> MOST_ALIKE_FIRST = Comparator.comparingDouble(
                    (LookAlikes pair) -> pair.distance())
            .thenComparingInt(LookAlikes::first)
            .thenComparingInt(LookAlikes::second);

    /**
     * The pairs of patterns with a mean squared difference of at most this fraction of the patterns' variance ({@link #variance}).
     *
     * @param patterns [patterns, values]; only read
     * @param tolerance at least 0
     * @return the most alike first, no more than {@link #MOST}
     */
    public static List<LookAlikes> of(LinearAlgebra la, Matrix patterns, double tolerance) {
        if (!(tolerance >= 0)) {
            throw new IllegalArgumentException(
                    "The tolerance (%s) must be a fraction of the patterns' variance, 0 or more.".formatted(tolerance));
        }
        return within(la, patterns, tolerance * variance(patterns));
    }

    /** How much a value differs from its mean over the patterns: the mean squared difference, over all values. */
    public static double variance(Matrix patterns) {
        Matrix centred = centred(patterns);
        return centred.data().length == 0 ? 0 : centred.squaredLength() / centred.data().length;
    }

    /** The pairs of patterns whose mean squared difference per value is at most {@code distance}; as {@link #of}. */
    public static List<LookAlikes> within(LinearAlgebra la, Matrix patterns, double distance) {
        Matrix centred = centred(patterns);
        double[] lengths = new double[patterns.rows()];
        la.parallel(lengths.length, i -> lengths[i] = centred.squaredLength(i));
        PriorityQueue<LookAlikes> found = new PriorityQueue<>(MOST_ALIKE_FIRST.reversed());
        int n = patterns.rows();
        for (int from = 0; from < n; from += BLOCK) {
            Matrix rows = centred.slice(from, Math.min(n, from + BLOCK));
            for (int other = from; other < n; other += BLOCK) {
                Matrix columns = centred.slice(other, Math.min(n, other + BLOCK));
                Matrix products = la.product(rows, Transpose.NO, columns, Transpose.YES);
                addPairs(la, patterns, products, lengths, new int[] {from, other}, distance, found);
            }
        }
        List<LookAlikes> sorted = new ArrayList<>(found);
        sorted.sort(MOST_ALIKE_FIRST);
        return sorted;
    }

    private static Matrix centred(Matrix patterns) {
        Matrix centred = patterns.copy();
        float[] mean = patterns.rows() == 0 ? new float[0] : patterns.meanRow();
        for (int at = 0; at < centred.data().length; at++) {
            centred.data()[at] -= mean[at % mean.length];
        }
        return centred;
    }

    /** @param corner the indices of the first row and the first column of the products */
    private static void addPairs(
            LinearAlgebra la,
            Matrix patterns,
            Matrix products,
            double[] lengths,
            int[] corner,
            double distance,
            PriorityQueue<LookAlikes> found) {
        int values = patterns.columns();
        List<List<LookAlikes>> near = new ArrayList<>();
        for (int row = 0; row < products.rows(); row++) {
            near.add(new ArrayList<>());
        }
        double worst = found.size() < MOST ? distance : found.element().distance();
        la.parallel(products.rows(), row -> {
            int i = corner[0] + row;
            for (int column = Math.max(0, i + 1 - corner[1]); column < products.columns(); column++) {
                int j = corner[1] + column;
                double sum = lengths[i] + lengths[j];
                if (sum - 2.0 * products.get(row, column) <= worst * values + ROUNDING * sum) {
                    double exact = measured(patterns, i, j);
                    if (exact <= worst) {
                        near.get(row).add(new LookAlikes(i, j, exact));
                    }
                }
            }
        });
        for (List<LookAlikes> pairs : near) {
            found.addAll(pairs);
            while (found.size() > MOST) {
                found.remove();
            }
        }
    }

    private static double measured(Matrix patterns, int i, int j) {
        float[] data = patterns.data();
        int values = patterns.columns();
        double sum = 0;
        for (int k = 0; k < values; k++) {
            double difference = (double) data[i * values + k] - data[j * values + k];
            sum += difference * difference;
        }
        return sum / values;
    }
}
