package dev.engram.memory;

import dev.engram.linalg.Matrix;
import java.util.Arrays;

/**
 * How well patterns were given back: the mean squared error of each, per value.
 *
 * @param errors per pattern
 */
public record Score(double[] errors) {
    /** The paper's threshold for completion: no visible error. */
    public static final double COMPLETION_THRESHOLD = 0.001;
    /** The paper's threshold for denoising. */
    public static final double DENOISING_THRESHOLD = 0.005;

    /**
     * @param originals [patterns, values]
     * @param recalled of the same shape
     */
    public static Score of(Matrix originals, Matrix recalled) {
        if (originals.rows() != recalled.rows() || originals.columns() != recalled.columns()) {
            throw new IllegalArgumentException(
                    "There are [%d, %d] originals and [%d, %d] results; the shapes must agree. Maybe one was made with another --limit."
                            .formatted(originals.rows(), originals.columns(), recalled.rows(), recalled.columns()));
        }
        double[] errors = new double[originals.rows()];
        for (int i = 0; i < errors.length; i++) {
            errors[i] = squaredDistance(originals, i, recalled, i) / originals.columns();
        }
        return new Score(errors);
    }

    public static double squaredDistance(Matrix a, int rowA, Matrix b, int rowB) {
        double sum = 0;
        for (int j = 0; j < a.columns(); j++) {
            double difference = a.get(rowA, j) - b.get(rowB, j);
            sum += difference * difference;
        }
        return sum;
    }

    /** The same errors times a factor. */
    public Score times(double factor) {
        return new Score(Arrays.stream(errors).map(error -> factor * error).toArray());
    }

    /** How many patterns have an error below the threshold. */
    public int recovered(double threshold) {
        return (int) Arrays.stream(errors).filter(error -> error < threshold).count();
    }

    /** The recovered patterns as a fraction of all; 0 of none. */
    public double recoveredFraction(double threshold) {
        return errors.length == 0 ? 0 : (double) recovered(threshold) / errors.length;
    }

    /** The mean of the errors; 0 of none. */
    public double mean() {
        double sum = 0;
        for (double error : errors) {
            sum += error;
        }
        return errors.length == 0 ? 0 : sum / errors.length;
    }
}
