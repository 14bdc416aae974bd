package dev.engram.memory;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.SymmetricEigen;
import dev.engram.linalg.Transpose;
import java.util.ArrayList;
import java.util.List;

/**
 * The point of the stored patterns' affine span (all their weighted sums with weights that add to one) nearest to what is known of the
 * cue. It is what a linear generative network comes to, and the honest baseline for completion: it is exact from N - 1 known values on,
 * and useless below.
 *
 * <pre>
 *   answer = m + z U,   z = argmin |cue_K - m_K - z U_K|²      U: orthonormal rows [rank, values], m: mean pattern
 * </pre>
 */
public final class AffineSpan implements AssociativeMemory {
    private static final double RANK_TOLERANCE = 1e-10;

    private final LinearAlgebra la;
    private final double[] mean;
    private final DoubleMatrix directions;

    /** @param originals [patterns, values], at least one; only read */
    public AffineSpan(LinearAlgebra la, Matrix originals) {
        if (originals.rows() == 0) {
            throw new IllegalArgumentException("There is no pattern to span; at least one is needed.");
        }
        this.la = la;
        int n = originals.rows();
        int d = originals.columns();
        this.mean = new double[d];
        DoubleMatrix centred = originals.toDouble();
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
        SymmetricEigen eigen = la.eigen(la.product(centred, Transpose.NO, centred, Transpose.YES).symmetrise());
        List<Integer> kept = kept(eigen.values());
        DoubleMatrix mix = DoubleMatrix.zeros(kept.size(), n);
        for (int k = 0; k < kept.size(); k++) {
            double scale = 1 / Math.sqrt(eigen.values()[kept.get(k)]);
            for (int i = 0; i < n; i++) {
                mix.set(k, i, scale * eigen.vectors().get(kept.get(k), i));
            }
        }
        this.directions = la.product(mix, Transpose.NO, centred, Transpose.NO);
    }

    private static List<Integer> kept(double[] ascending) {
        List<Integer> kept = new ArrayList<>();
        double largest = ascending.length == 0 ? 0 : ascending[ascending.length - 1];
        for (int k = 0; k < ascending.length; k++) {
            if (ascending[k] > RANK_TOLERANCE * largest && ascending[k] > 0) {
                kept.add(k);
            }
        }
        return kept;
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
        return (long) Float.BYTES * (directions.rows() + 1) * values();
    }

    /** One projection, however many iterations are asked for: a point of the span is its own projection. */
    @Override
    public Recall recall(Matrix cues, int iterations) {
        Cues.requireIterations(iterations);
        boolean[] all = new boolean[values()];
        java.util.Arrays.fill(all, true);
        Mask mask = Mask.known(all);
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
        int rank = directions.rows();
        Matrix answers = Matrix.zeros(cues.rows(), values());
        double[] energy = new double[cues.rows()];
        DoubleMatrix weights = DoubleMatrix.zeros(cues.rows(), rank);
        List<SymmetricEigen> shared = mask.rows() == 1 ? List.of(normal(mask.clamp().indices(0))) : List.of();
        la.parallel(cues.rows(), cue -> {
            int[] known = mask.clamp().indices(cue);
            double[] z = project(cues, cue, known, shared.isEmpty() ? normal(known) : shared.get(0));
            System.arraycopy(z, 0, weights.data(), cue * rank, rank);
        });
        DoubleMatrix spanned = la.product(weights, Transpose.NO, directions, Transpose.NO);
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

    /** The eigenvectors of U_K U_Kᵀ, [rank, rank]. */
    private SymmetricEigen normal(int[] known) {
        DoubleMatrix part = DoubleMatrix.zeros(directions.rows(), known.length);
        for (int i = 0; i < directions.rows(); i++) {
            for (int k = 0; k < known.length; k++) {
                part.data()[i * known.length + k] = directions.get(i, known[k]);
            }
        }
        return la.eigen(la.product(part, Transpose.NO, part, Transpose.YES).symmetrise());
    }

    /** The minimum-norm z, by the pseudo-inverse. */
    private double[] project(Matrix cues, int cue, int[] known, SymmetricEigen normal) {
        int rank = directions.rows();
        double[] right = new double[rank];
        for (int i = 0; i < rank; i++) {
            for (int j : known) {
                right[i] += directions.get(i, j) * (cues.get(cue, j) - mean[j]);
            }
        }
        double[] z = new double[rank];
        for (int k : kept(normal.values())) {
            double along = 0;
            for (int i = 0; i < rank; i++) {
                along += normal.vectors().get(k, i) * right[i];
            }
            along /= normal.values()[k];
            for (int i = 0; i < rank; i++) {
                z[i] += along * normal.vectors().get(k, i);
            }
        }
        return z;
    }
}
