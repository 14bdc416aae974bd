package dev.engram.memory.covariance;

import dev.engram.linalg.Cholesky;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import dev.engram.memory.Mask;
import java.util.BitSet;
import java.util.List;

/**
 * What a normal distribution says of the missing values given the known ones.
 *
 * <pre>
 *   T = diag(√s) V,  Σ = TᵀT + λI,  F = T_known T_knownᵀ + λI
 *   mean:        y_missing = T_missingᵀ a,  F a = T_known y_known
 *   variance:    λ (1 + T_jᵀ F⁻¹ T_j)                                 of missing value j
 *   precision:   λ ((Σ_known,known)⁻¹)_jj = 1 - T_jᵀ F⁻¹ T_j          of known value j given the other known ones
 * </pre>
 */
final class ConditionalCompletion {
    private final LinearAlgebra la;
    private final CovarianceModel model;
    private final Mask mask;
    private final boolean ofKnown;
    private final DoubleMatrix y;
    private final DoubleMatrix spread; // T_jᵀ F⁻¹ T_j, for every row of the mask

    private ConditionalCompletion(LinearAlgebra la, CovarianceModel model, Mask mask, boolean ofKnown, DoubleMatrix y) {
        this.la = la;
        this.model = model;
        this.mask = mask;
        this.ofKnown = ofKnown;
        this.y = y;
        this.spread = DoubleMatrix.zeros(mask.rows(), y.columns());
    }

    /**
     * Fills in the missing values, and finds out how sure they are.
     *
     * @param y [cues, values], the known values less their mean, 0 where missing; filled in
     */
    static ConditionalCompletion ofMissing(LinearAlgebra la, CovarianceModel model, Mask mask, DoubleMatrix y) {
        return new ConditionalCompletion(la, model, mask, false, y).run();
    }

    /** The same, but finds out how much the known values say of each other. */
    static ConditionalCompletion ofKnown(LinearAlgebra la, CovarianceModel model, Mask mask, DoubleMatrix y) {
        return new ConditionalCompletion(la, model, mask, true, y).run();
    }

    private ConditionalCompletion run() {
        DoubleMatrix right = la.product(y, Transpose.NO, model.directions(), Transpose.YES);
        scaleColumns(right);
        List<int[]> groups = mask.clamp().groups(y.rows());
        la.parallel(groups.size(), g -> {
            int[] cues = groups.get(g);
            BitSet row = (BitSet) mask.clamp().row(cues[0]).clone();
            int[] known = row.stream().toArray();
            row.flip(0, y.columns());
            DoubleMatrix part = part(known);
            Cholesky factor = la.choleskyInPlace(la.gramOfRows(part).addToDiagonal(model.lambda()));
            right.setRows(cues, factor.solveRows(right.rows(cues)));
            int[] asked = ofKnown ? known : row.stream().toArray();
            DoubleMatrix along = factor.forwardColumns(ofKnown ? part : part(asked));
            for (int cue : mask.rows() == 1 ? new int[] {0} : cues) {
                addSquares(along, asked, cue);
            }
        });
        scaleColumns(right);
        DoubleMatrix means = la.product(right, Transpose.NO, model.directions(), Transpose.NO);
        for (int cue = 0; cue < y.rows(); cue++) {
            for (int j = 0; j < y.columns(); j++) {
                if (!mask.isKnown(cue, j)) {
                    y.set(cue, j, means.get(cue, j));
                }
            }
        }
        return this;
    }

    private void addSquares(DoubleMatrix along, int[] asked, int row) {
        for (int k = 0; k < along.rows(); k++) {
            for (int j = 0; j < asked.length; j++) {
                double length = along.get(k, j);
                spread.set(row, asked[j], spread.get(row, asked[j]) + length * length);
            }
        }
    }

    /** The standard deviation of what was filled in, 0 where known, [cues, values]. */
    Matrix deviation() {
        Matrix deviation = Matrix.zeros(y.rows(), y.columns());
        for (int cue = 0; cue < y.rows(); cue++) {
            for (int j = 0; j < y.columns(); j++) {
                if (!mask.isKnown(cue, j)) {
                    deviation.set(cue, j, (float) Math.sqrt(model.lambda() * (1 + spread(cue, j))));
                }
            }
        }
        return deviation;
    }

    /** λ times the precision of a known value given the other known ones; positive. */
    double precision(int cue, int j) {
        return Math.max(Double.MIN_NORMAL, 1 - spread(cue, j));
    }

    private double spread(int cue, int j) {
        return spread.get(mask.rows() == 1 ? 0 : cue, j);
    }

    private void scaleColumns(DoubleMatrix along) {
        for (int k = 0; k < along.columns(); k++) {
            along.scaleColumn(k, Math.sqrt(model.variances()[k]));
        }
    }

    /** T of some values. */
    private DoubleMatrix part(int[] values) {
        DoubleMatrix part = model.directions().columns(values);
        for (int k = 0; k < part.rows(); k++) {
            part.scaleRow(k, Math.sqrt(model.variances()[k]));
        }
        return part;
    }
}
