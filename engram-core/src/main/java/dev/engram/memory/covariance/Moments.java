package dev.engram.memory.covariance;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import java.util.stream.IntStream;

/**
 * Mean and covariance of rows, divided by their number.
 *
 * @param mean [values]
 * @param covariance [values, values]
 */
record Moments(double[] mean, DoubleMatrix covariance) {
    private static final int BLOCK = 4096;

    /** Of rows without missing values, some thousand of them at a time in double precision. */
    static Moments of(LinearAlgebra la, Matrix rows) {
        int n = rows.rows();
        int d = rows.columns();
        double[] mean = new double[d];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                mean[j] += rows.get(i, j);
            }
        }
        for (int j = 0; j < d; j++) {
            mean[j] /= n;
        }
        DoubleMatrix covariance = DoubleMatrix.zeros(d, d);
        for (int from = 0; from < n; from += BLOCK) {
            int[] block = IntStream.range(from, Math.min(n, from + BLOCK)).toArray();
            la.addGramOfColumns(rows.rows(block).toDouble().subtractRow(mean), covariance);
        }
        for (int j = 0; j < d; j++) {
            covariance.scaleRow(j, 1.0 / n);
        }
        return new Moments(mean, covariance.symmetrise());
    }

    /** The standard deviation of each value. */
    double[] deviations() {
        double[] deviations = new double[mean.length];
        for (int j = 0; j < deviations.length; j++) {
            deviations[j] = Math.sqrt(Math.max(0, covariance.get(j, j)));
        }
        return deviations;
    }

    /**
     * How far these are from the others, in units of standard deviations: the largest difference of a mean or of an entry of the covariance. A
     * value that does not vary does not count.
     */
    double distance(Moments others) {
        double[] unit = deviations();
        double most = 0;
        for (int i = 0; i < unit.length; i++) {
            if (unit[i] > 0) {
                most = Math.max(most, Math.abs(mean[i] - others.mean[i]) / unit[i]);
                for (int j = 0; j <= i; j++) {
                    double scale = unit[i] * unit[j];
                    double difference = Math.abs(covariance.get(i, j) - others.covariance.get(i, j));
                    most = Math.max(most, scale > 0 ? difference / scale : 0);
                }
            }
        }
        return most;
    }
}
