package dev.engram.inference.internal;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.LinearMap;
import java.util.BitSet;

/**
 * The energy of the clamped sensory nodes K as a function of the hidden rates alone, in double precision: with G = W_KᵀW_K and C = W_Kᵀx_K
 * the sensory energy of rates r is ½|x_K|² - C·r + ½ r·G r. For a group of cues that share K.
 */
sealed interface KnownPart permits DenseKnownPart, SpannedKnownPart {
    /** The rounding of a force, as a fraction of {@link #drive}. */
    double CANCELLATION = 3e-14;

    /** Hidden nodes. */
    int size();

    /** |C| of a cue, the size of the forces that cancel at equilibrium. */
    double drive(int cue);

    /**
     * C - G r for the named cues, and their sensory energy.
     *
     * @param rates [named cues, n]
     * @param energy written at the named cues
     */
    DoubleMatrix pull(int[] cues, DoubleMatrix rates, double[] energy);

    /** By how much two evaluations of an energy of this size may differ through rounding alone. */
    double resolution(int cue, double energy);

    /** What solves with λI + G. */
    Resolvent resolvent(double lambda);

    /** P = (λI + G)⁻¹, as the Newton steps need it. */
    interface Resolvent {
        /** The rows times P. */
        DoubleMatrix times(DoubleMatrix rows);

        /** Changes {@code step} = g P so that the nodes outside the active set stay: step -= P_F ν with P_FF ν = step_F. */
        void keepFixed(double[] step, int[] outside);

        /** Solves (λI + G_AA) d_A = g_A directly; the other entries of the result are 0. */
        double[] solveActive(double[] gradient, int[] active);
    }

    /** Sums the pixels away; what depends on the mask alone may come from the cache. */
    static KnownPart of(
            LinearAlgebra la, LinearMap weights, SpannedGram.Cache cache, Matrix sensory, BitSet known, int[] cues) {
        return weights instanceof LinearMap.Spanned spanned
                ? cache.get(known, () -> SpannedGram.of(la, spanned, known)).part(la, sensory, cues)
                : DenseKnownPart.of(la, weights.matrix(la), sensory, known, cues);
    }
}
