package dev.engram.memory.hopfield;

import dev.engram.learning.PatternSpan;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;

/**
 * The rule by which a classical Hopfield network learns its weights from bipolar patterns s, n units each. All are symmetric with a zero
 * diagonal.
 *
 * <pre>
 *   HEBB                W = 1/n Σ s sᵀ
 *   STORKEY             w_ij += 1/n (s_i s_j - s_i h_ji - h_ij s_j),   h_ij = Σ_{k ≠ i,j} w_ik s_k,   pattern after pattern
 *   PSEUDO_INVERSE      W = the projection on the patterns' span
 *   PREDICTIVE_CODING   W = argmin Σ |s - W s|²
 * </pre>
 */
public enum HopfieldRule {
    /** Hopfield 1982: holds about 0.14 n random patterns; exact for orthogonal ones. */
    HEBB {
        @Override
        Matrix raw(LinearAlgebra la, Matrix bipolar) {
            int n = bipolar.columns();
            Matrix weights = Matrix.zeros(n, n);
            la.multiply(1f / n, bipolar, Transpose.YES, bipolar, Transpose.NO, 0, weights);
            return weights;
        }
    },
    /** Storkey 1997: as local as Hebb's, depends on the order of the patterns, holds more of them. */
    STORKEY {
        @Override
        Matrix raw(LinearAlgebra la, Matrix bipolar) {
            int n = bipolar.columns();
            Matrix weights = Matrix.zeros(n, n);
            for (int p = 0; p < bipolar.rows(); p++) {
                Matrix s = bipolar.slice(p, p + 1);
                Matrix field = la.product(s, Transpose.NO, weights, Transpose.NO);
                la.parallel(n, i -> addStorkey(weights.data(), i, s.data(), field.data()));
            }
            return weights;
        }
    },
    /**
     * Personnaz, Guyon and Dreyfus 1985: every linearly independent pattern is a fixed point, up to n of them. The projection P itself has
     * a diagonal; without it (Kanter and Sompolinsky 1987) the field at a pattern is (1 - P_ii) s_i, which still has the sign of s_i.
     */
    PSEUDO_INVERSE {
        @Override
        Matrix raw(LinearAlgebra la, Matrix bipolar) {
            Matrix basis = PatternSpan.of(la, bipolar).basis();
            return la.product(basis, Transpose.YES, basis, Transpose.NO);
        }
    },
    /**
     * Ganjidoost, Snow and Orchard 2024: every unit is to be predicted by the others, with the symmetry and the zero diagonal kept while
     * learning, not imposed afterwards. The end of the training that {@link PredictiveHopfield} does, in closed form.
     */
    PREDICTIVE_CODING {
        @Override
        Matrix raw(LinearAlgebra la, Matrix bipolar) {
            return SelfPrediction.weights(la, bipolar);
        }

        @Override
        int matrices() {
            return 13; // six of them in double precision
        }
    };

    abstract Matrix raw(LinearAlgebra la, Matrix bipolar);

    /** How many float matrices [units, units] learning has in memory at once. */
    int matrices() {
        return 1;
    }

    /**
     * @param bipolar [patterns, units], each value -1 or 1
     * @return [units, units], symmetric to the bit
     */
    Matrix weights(LinearAlgebra la, Matrix bipolar) {
        Matrix weights = raw(la, bipolar);
        int n = weights.rows();
        for (int i = 0; i < n; i++) {
            weights.set(i, i, 0);
            for (int j = 0; j < i; j++) {
                weights.set(j, i, weights.get(i, j));
            }
        }
        return weights;
    }

    /** One row of Storkey's update, where h_ij = h_i - w_ij s_j, since the diagonal is 0, and s² = 1. */
    private static void addStorkey(float[] weights, int i, float[] s, float[] field) {
        int n = s.length;
        float rate = 1f / n;
        for (int j = 0; j < n; j++) {
            weights[i * n + j] += rate * (s[i] * s[j] - s[i] * field[j] - field[i] * s[j] + 2 * weights[i * n + j]);
        }
        weights[i * n + i] = 0;
    }
}
