package dev.engram.memory.covariance;

import dev.engram.learning.PatternBlocks;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Mask;
import java.util.stream.IntStream;

/**
 * Mahalanobis distances of rows from a normal distribution, and those of the rows it was learned from, each left out once.
 *
 * <pre>
 *   D² = yᵀ P y                                                 P: of the present values alone where some are missing
 *   left out:  D² = N / (N - 1) · h / (1 - h / (N - 1)),        h = yᵀ (S + λ (N - 1) / N)⁻¹ y
 * </pre>
 *
 * <p>The second is what learning the other N - 1 rows with the same λ would give, exactly, of rows without missing values; of rows with missing
 * values it is close. D² of k present values is put on the scale of all d by the cube-root approximation of Wilson and Hilferty 1931, so that one
 * threshold serves them all.
 */
final class Distances {
    private static final int MOST_LEFT_OUT = 10_000;
    private static final double DECIDES_ITSELF =
            1e-12; // of 1 - h / (N - 1): nothing but the row itself says what it should be

    private Distances() {}

    /** Of each row, NaN being missing. */
    static double[] of(LinearAlgebra la, CovarianceModel model, Matrix rows) {
        return scaled(squared(la, model, rows), rows);
    }

    /** Of the learned rows, or of {@value #MOST_LEFT_OUT} of them, evenly chosen, each left out once; none where there is but one. */
    static double[] leftOut(LinearAlgebra la, CovarianceModel model, PatternBlocks learned) {
        int n = learned.count();
        if (n < 2) {
            return new double[0];
        }
        int count = Math.min(n, MOST_LEFT_OUT);
        Matrix rows = learned.rows(
                IntStream.range(0, count).map(i -> (int) ((long) i * n / count)).toArray());
        double[] squares = squared(la, model.withLambda(model.lambda() * (n - 1) / n), rows);
        for (int i = 0; i < count; i++) {
            double h = squares[i];
            squares[i] = n / (n - 1.0) * h / Math.max(DECIDES_ITSELF, 1 - h / (n - 1.0));
        }
        return scaled(squares, rows);
    }

    private static double[] squared(LinearAlgebra la, CovarianceModel model, Matrix rows) {
        DoubleMatrix y = Present.centred(rows, model.mean());
        if (!Present.isAll(rows)) {
            ConditionalCompletion.ofKnown(la, model, Present.mask(rows), y);
        }
        DoubleMatrix pull = model.pull(la, y);
        double[] squares = new double[rows.rows()];
        for (int i = 0; i < squares.length; i++) {
            for (int j = 0; j < rows.columns(); j++) {
                squares[i] += y.get(i, j) * pull.get(i, j);
            }
            squares[i] = Math.max(0, squares[i] / model.lambda());
        }
        return squares;
    }

    private static double[] scaled(double[] squares, Matrix rows) {
        double[] distances = new double[squares.length];
        Mask present = Present.mask(rows);
        for (int i = 0; i < distances.length; i++) {
            distances[i] = Math.sqrt(ofAll(squares[i], present.knownValues(i), rows.columns()));
        }
        return distances;
    }

    /** The chi-squared number of d degrees of freedom that is as unlikely as one of k. */
    static double ofAll(double squared, int k, int d) {
        if (k == d || k == 0) {
            return squared;
        }
        double spread = 2.0 / (9 * k);
        double normal = (Math.cbrt(squared / k) - 1 + spread) / Math.sqrt(spread);
        double wide = 2.0 / (9 * d);
        double root = Math.max(0, 1 - wide + normal * Math.sqrt(wide));
        return d * root * root * root;
    }
}
