package dev.engram.memory.baseline;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.SymmetricEigen;
import dev.engram.linalg.Transpose;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Mask;
import dev.engram.memory.Recall;
import dev.engram.memory.internal.Cues;
import java.util.List;

/**
 * A baseline memory that answers with the point of the stored patterns' affine span (all their weighted sums with weights that add to one)
 * nearest to what is known of the cue. It is what a linear generative network comes to, and the honest baseline for completion: it is exact
 * from N - 1 known values on, and useless below.
 *
 * <pre>
 *   answer = m + a X,   a = argmin |cue_K - m_K - a X_K|²      X: patterns less their mean m, [patterns, values]
 * </pre>
 *
 * <p>Where many a fit equally well, the shortest is taken (by the pseudo-inverse of X_K X_Kᵀ): patterns that look alike where they are
 * known are mixed, and no others suffer.
 */
public final class AffineSpan implements AssociativeMemory {
    private static final double RANK_TOLERANCE = 1e-12;

    private final LinearAlgebra la;
    private final Matrix originals;
    private final double[] mean;
    private final DoubleMatrix centred;

    /** @param originals [patterns, values], at least one; kept, not copied */
    public AffineSpan(LinearAlgebra la, Matrix originals) {
        if (originals.rows() == 0) {
            throw new IllegalArgumentException("There is no pattern to span; at least one is needed.");
        }
        this.la = la;
        this.originals = originals;
        this.centred = originals.toDouble();
        this.mean = centred.meanRow();
        centred.subtractRow(mean);
    }

    /** What the span is of, [patterns, values]; the matrix itself, not a copy. */
    public Matrix originals() {
        return originals;
    }

    @Override
    public String model() {
        return "affine-span";
    }

    @Override
    public int values() {
        return mean.length;
    }

    @Override
    public long bytes() {
        return (long) Float.BYTES * (centred.rows() + 1) * values();
    }

    /** One projection, however many iterations are asked for: a point of the span is its own projection. */
    @Override
    public Recall recall(Matrix cues, int iterations) {
        Cues.requireIterations(iterations);
        Cues.require(this, cues);
        return answer(cues, Mask.all(values()));
    }

    @Override
    public Recall complete(Matrix given, Mask mask) {
        Matrix cues = Cues.known(this, given, mask);
        Recall recall = answer(cues, mask);
        mask.clamp().hold(cues, recall.patterns());
        return recall;
    }

    private Recall answer(Matrix cues, Mask mask) {
        DoubleMatrix weights = DoubleMatrix.zeros(cues.rows(), centred.rows());
        List<int[]> groups = mask.clamp().groups(cues.rows());
        if (groups.size() == 1) {
            weigh(cues, mask, groups.get(0), weights); // its products are split over the threads
        } else {
            la.parallel(groups.size(), group -> weigh(cues, mask, groups.get(group), weights));
        }
        DoubleMatrix spanned = la.product(weights, Transpose.NO, centred, Transpose.NO);
        Matrix answers = Matrix.zeros(cues.rows(), values());
        double[] energy = new double[cues.rows()];
        for (int cue = 0; cue < cues.rows(); cue++) {
            for (int j = 0; j < values(); j++) {
                answers.set(cue, j, (float) (mean[j] + spanned.get(cue, j)));
            }
            for (int j : mask.clamp().indices(cue)) {
                double error = cues.get(cue, j) - mean[j] - spanned.get(cue, j);
                energy[cue] += 0.5 * error * error;
            }
        }
        return Recall.closedForm(answers, energy);
    }

    private void weigh(Matrix cues, Mask mask, int[] group, DoubleMatrix weights) {
        if (group.length > 0) {
            weights.setRows(group, project(cues.rows(group), mask.clamp().indices(group[0])));
        }
    }

    /** The shortest a of each cue, [cues, patterns], through the eigenvectors V of X_K X_Kᵀ: a = Vᵀ diag(1/κ) V X_K (x_K - mean_K). */
    private DoubleMatrix project(Matrix cues, int[] known) {
        DoubleMatrix patterns = centred.columns(known);
        DoubleMatrix shown = cues.toDouble().subtractRow(mean).columns(known);
        SymmetricEigen eigen = la.eigen(la.gramOfRows(patterns));
        DoubleMatrix right = la.product(shown, Transpose.NO, patterns, Transpose.YES);
        DoubleMatrix along = la.product(right, Transpose.NO, eigen.vectors(), Transpose.YES);
        double largest = eigen.values()[eigen.values().length - 1];
        for (int k = 0; k < along.columns(); k++) {
            double value = eigen.values()[k];
            along.scaleColumn(k, value > RANK_TOLERANCE * largest ? 1 / value : 0);
        }
        return la.product(along, Transpose.NO, eigen.vectors(), Transpose.NO);
    }
}
