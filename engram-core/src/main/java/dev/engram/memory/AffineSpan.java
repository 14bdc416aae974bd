package dev.engram.memory;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.SymmetricEigen;
import dev.engram.linalg.Transpose;
import java.util.List;

/**
 * The point of the stored patterns' affine span (all their weighted sums with weights that add to one) nearest to what is known of the
 * cue. It is what a linear generative network comes to, and the honest baseline for completion: it is exact from N - 1 known values on,
 * and useless below.
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
        int n = originals.rows();
        int d = originals.columns();
        this.mean = new double[d];
        this.centred = originals.toDouble();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                mean[j] += centred.get(i, j) / n;
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                centred.data()[i * d + j] -= mean[j];
            }
        }
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
        Mask mask = Mask.all(values());
        Cues.require(this, cues, mask);
        return answer(cues, mask);
    }

    @Override
    public Recall complete(Matrix cues, Mask mask) {
        Cues.require(this, cues, mask);
        Recall recall = answer(cues, mask);
        for (int cue = 0; cue < cues.rows(); cue++) {
            for (int j : mask.clamp().indices(cue)) {
                recall.patterns().set(cue, j, cues.get(cue, j));
            }
        }
        return recall;
    }

    private Recall answer(Matrix cues, Mask mask) {
        int n = centred.rows();
        DoubleMatrix weights = DoubleMatrix.zeros(cues.rows(), n);
        List<SymmetricEigen> shared =
                mask.rows() == 1 ? List.of(normal(mask.clamp().indices(0))) : List.of();
        la.parallel(cues.rows(), cue -> {
            int[] known = mask.clamp().indices(cue);
            double[] a = project(cues, cue, known, shared.isEmpty() ? normal(known) : shared.get(0));
            System.arraycopy(a, 0, weights.data(), cue * n, n);
        });
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

    /** The eigenvectors of X_K X_Kᵀ, [patterns, patterns]. */
    private SymmetricEigen normal(int[] known) {
        DoubleMatrix part = DoubleMatrix.zeros(centred.rows(), known.length);
        for (int i = 0; i < centred.rows(); i++) {
            for (int k = 0; k < known.length; k++) {
                part.data()[i * known.length + k] = centred.get(i, known[k]);
            }
        }
        return la.eigen(la.product(part, Transpose.NO, part, Transpose.YES).symmetrise());
    }

    /** The shortest a. */
    private double[] project(Matrix cues, int cue, int[] known, SymmetricEigen normal) {
        int n = centred.rows();
        double[] right = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j : known) {
                right[i] += centred.get(i, j) * (cues.get(cue, j) - mean[j]);
            }
        }
        double[] a = new double[n];
        double largest = normal.values()[n - 1];
        for (int k = 0; k < n; k++) {
            double value = normal.values()[k];
            if (value > RANK_TOLERANCE * largest) {
                double along = 0;
                for (int i = 0; i < n; i++) {
                    along += normal.vectors().get(k, i) * right[i] / value;
                }
                for (int i = 0; i < n; i++) {
                    a[i] += along * normal.vectors().get(k, i);
                }
            }
        }
        return a;
    }
}
