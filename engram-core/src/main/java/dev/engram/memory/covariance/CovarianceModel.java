package dev.engram.memory.covariance;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.SymmetricEigen;
import dev.engram.linalg.Transpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A covariance matrix with a ridge and what follows from it, kept as the directions in which the patterns vary: nothing is ever
 * [values, values].
 *
 * <pre>
 *   S + λI = Vᵀ diag(s) V + λI      P = (S + λI)⁻¹      λP = I - Vᵀ diag(s / (s + λ)) V      q_i = λ P_ii
 * </pre>
 *
 * @param mean m, [values]
 * @param directions V, [r, values], orthonormal rows
 * @param variances s, [r]
 * @param lambda λ
 * @param alone q, [values]: 1 where a value has nothing to do with the others, near 0 where they determine it
 */
record CovarianceModel(double[] mean, DoubleMatrix directions, double[] variances, double lambda, double[] alone) {
    private static final double NEGLIGIBLE = 1e-10;

    static CovarianceModel of(LinearAlgebra la, Matrix patterns, double ridge) {
        int n = patterns.rows();
        int d = patterns.columns();
        if (n > d) {
            Moments moments = Moments.of(la, patterns);
            return of(la, moments, lambda(moments, ridge));
        }
        DoubleMatrix centred = patterns.toDouble();
        double[] mean = centred.meanRow();
        centred.subtractRow(mean);
        SymmetricEigen eigen = la.eigen(la.gramOfRows(centred));
        List<Integer> kept = new ArrayList<>();
        double floor = Math.max(Double.MIN_NORMAL, NEGLIGIBLE * eigen.values()[n - 1]);
        for (int k = n - 1; k >= 0 && kept.size() < d && eigen.values()[k] > floor; k--) {
            kept.add(k);
        }
        DoubleMatrix mix = DoubleMatrix.zeros(kept.size(), n);
        double[] variances = new double[kept.size()];
        double total = 0;
        for (int k = 0; k < variances.length; k++) {
            double squared = eigen.values()[kept.get(k)];
            variances[k] = squared / n;
            total += variances[k];
            for (int i = 0; i < n; i++) {
                mix.set(k, i, eigen.vectors().get(kept.get(k), i) / Math.sqrt(squared));
            }
        }
        DoubleMatrix directions = la.product(mix, Transpose.NO, centred, Transpose.NO);
        return of(mean, directions, variances, ridge * scale(total, d));
    }

    /** Of a covariance that is at hand. */
    static CovarianceModel of(LinearAlgebra la, Moments moments, double lambda) {
        int d = moments.mean().length;
        SymmetricEigen eigen = la.eigen(moments.covariance());
        double floor = Math.max(Double.MIN_NORMAL, NEGLIGIBLE * eigen.values()[d - 1]);
        int[] kept = IntStream.iterate(d - 1, k -> k >= 0, k -> k - 1)
                .filter(k -> eigen.values()[k] > floor)
                .toArray();
        double[] variances =
                Arrays.stream(kept).mapToDouble(k -> eigen.values()[k]).toArray();
        return of(moments.mean(), eigen.vectors().rows(kept), variances, lambda);
    }

    /** λ, of a ridge that is a fraction of the mean variance. */
    static double lambda(Moments moments, double ridge) {
        return ridge * scale(moments.covariance().trace(), moments.mean().length);
    }

    /** The mean variance, which a ridge is a fraction of; 1 where nothing varies. */
    static double scale(double totalVariance, int values) {
        return totalVariance > 0 ? totalVariance / values : 1;
    }

    static CovarianceModel of(double[] mean, DoubleMatrix directions, double[] variances, double lambda) {
        return new CovarianceModel(mean, directions, variances, lambda, alone(directions, variances, lambda));
    }

    /** The same with another ridge. */
    CovarianceModel withLambda(double other) {
        return of(mean, directions, variances, other);
    }

    private static double[] alone(DoubleMatrix directions, double[] variances, double lambda) {
        double[] alone = new double[directions.columns()];
        for (int j = 0; j < alone.length; j++) {
            double outside = variances.length == alone.length ? 0 : 1;
            double inside = 0;
            for (int k = 0; k < variances.length; k++) {
                double squared = directions.get(k, j) * directions.get(k, j);
                outside -= variances.length == alone.length ? 0 : squared;
                inside += squared * lambda / (variances[k] + lambda);
            }
            alone[j] = Math.max(0, outside) + inside;
        }
        return alone;
    }

    /** λ P y for every row y, [rows, values]. */
    DoubleMatrix pull(LinearAlgebra la, DoubleMatrix y) {
        boolean spansAll = variances.length == mean.length;
        DoubleMatrix along = la.product(y, Transpose.NO, directions, Transpose.YES);
        for (int k = 0; k < variances.length; k++) {
            double divisor = variances[k] + lambda;
            along.scaleColumn(k, spansAll ? lambda / divisor : -variances[k] / divisor);
        }
        DoubleMatrix pull = spansAll ? DoubleMatrix.zeros(y.rows(), y.columns()) : y.copy();
        la.multiply(1, along, Transpose.NO, directions, Transpose.NO, 1, pull);
        return pull;
    }

    /** ε = y - W y = diag(1/q) λP y for every row. */
    DoubleMatrix errors(LinearAlgebra la, DoubleMatrix y) {
        DoubleMatrix errors = pull(la, y);
        divideByAlone(errors);
        return errors;
    }

    /** (I - W)ᵀ ε = λP diag(1/q) ε for every row: the gradient of ½|ε|² over y. */
    DoubleMatrix spread(LinearAlgebra la, DoubleMatrix errors) {
        DoubleMatrix scaled = errors.copy();
        divideByAlone(scaled);
        return pull(la, scaled);
    }

    private void divideByAlone(DoubleMatrix rows) {
        for (int i = 0; i < rows.rows(); i++) {
            for (int j = 0; j < alone.length; j++) {
                rows.data()[i * alone.length + j] /= alone[j];
            }
        }
    }
}
