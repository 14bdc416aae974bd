package dev.engram.memory.covariance;

import dev.engram.learning.PatternBlocks;
import dev.engram.learning.PatternSums;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import java.util.Arrays;
import java.util.Optional;

/**
 * Mean and covariance of rows, divided by their number.
 *
 * @param mean [values]
 * @param covariance [values, values]
 */
record Moments(double[] mean, DoubleMatrix covariance) {
    /** Of rows without missing values. */
    static Moments of(LinearAlgebra la, Matrix rows) {
        return of(la, PatternBlocks.of(rows)).orElseThrow(() -> new IllegalArgumentException("Values are missing."));
    }

    /** The same of rows in parts, in two passes; empty where a value is missing. */
    static Optional<Moments> of(LinearAlgebra la, PatternBlocks rows) {
        double[] mean = rows.sums(la, new Total(rows.values()));
        for (int j = 0; j < mean.length; j++) {
            mean[j] /= rows.count();
        }
        if (Arrays.stream(mean).anyMatch(Double::isNaN)) {
            return Optional.empty();
        }
        DoubleMatrix covariance = rows.sums(la, new Products(mean));
        for (int j = 0; j < mean.length; j++) {
            covariance.scaleRow(j, 1.0 / rows.count());
        }
        return Optional.of(new Moments(mean, covariance.symmetrise()));
    }

    /** Σ x. */
    private record Total(int values) implements PatternSums<double[]> {
        @Override
        public double[] none() {
            return new double[values];
        }

        @Override
        public void add(LinearAlgebra la, Matrix block, double[] sums) {
            for (int at = 0; at < block.data().length; at++) {
                sums[at % values] += block.data()[at];
            }
        }

        @Override
        public double[] joined(double[] one, double[] other) {
            for (int j = 0; j < values; j++) {
                one[j] += other[j];
            }
            return one;
        }
    }

    /** Σ (x - m)(x - m)ᵀ. */
    private record Products(double[] mean) implements PatternSums<DoubleMatrix> {
        @Override
        public DoubleMatrix none() {
            return DoubleMatrix.zeros(mean.length, mean.length);
        }

        @Override
        public void add(LinearAlgebra la, Matrix block, DoubleMatrix sums) {
            la.addGramOfColumns(block.toDouble().subtractRow(mean), sums);
        }

        @Override
        public DoubleMatrix joined(DoubleMatrix one, DoubleMatrix other) {
            return one.add(other);
        }
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
