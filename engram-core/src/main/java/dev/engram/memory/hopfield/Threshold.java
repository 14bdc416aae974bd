package dev.engram.memory.hopfield;

import java.util.Arrays;

/**
 * The threshold that the sparse separations cut off at: the τ with
 *
 * <pre>
 *   Σ_i max(0, u_i - τ)^q = 1
 * </pre>
 *
 * <p>The sum falls as τ rises, from at least 1 at max u - 1 to at most 1 at max u - n^(-1/q). With q = 1 and 2 the equation of the k largest u is
 * solved as it stands, after sorting; with every other q the range is halved. A τ of exactly max u - 1 is found exactly.
 */
final class Threshold {
    /** More would not change what is divided by its sum in the end. */
    private static final int MOST_HALVINGS = 100;

    private Threshold() {}

    /**
     * τ, never as large as the largest u.
     *
     * @param u at least one, the largest 0
     * @param q above 0
     */
    static double of(double[] u, double q) {
        return q == 1 || q == 2 ? sorted(u, q == 2) : halved(u, q);
    }

    private static double sorted(double[] u, boolean squares) {
        double[] ascending = u.clone();
        Arrays.sort(ascending);
        double cut = Double.NEGATIVE_INFINITY;
        double sum = 0;
        double mean = 0;
        double scatter = 0;
        for (int kept = 1; kept <= u.length && ascending[u.length - kept] > cut; kept++) {
            double next = ascending[u.length - kept];
            double above = next - mean;
            sum += next;
            mean = sum / kept;
            scatter += above * (next - mean);
            cut = squares ? mean - Math.sqrt(Math.max(0, 1 - scatter) / kept) : (sum - 1) / kept;
        }
        return cut;
    }

    private static double halved(double[] u, double q) {
        double low = -1;
        double high = 0;
        for (int k = 0; k < MOST_HALVINGS; k++) {
            double middle = (low + high) / 2;
            double sum = 0;
            for (double value : u) {
                sum += Math.pow(Math.max(0, value - middle), q);
            }
            if (sum >= 1) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
