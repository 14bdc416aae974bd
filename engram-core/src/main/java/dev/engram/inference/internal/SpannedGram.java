package dev.engram.inference.internal;

import dev.engram.inference.MaskCache;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.SymmetricEigen;
import dev.engram.linalg.Transpose;
import dev.engram.network.LinearMap;
import java.util.BitSet;
import java.util.function.Supplier;

/**
 * The eigenvectors of G = W_KᵀW_K for one mask, where the weights are kept in the span of the patterns, from the {@link KnownWeights} J.
 *
 * <pre>
 *   J Jᵀ = Z diag(σ²) Zᵀ,   B = diag(1/σ) ZᵀJ,   G = B' diag(σ²) B
 * </pre>
 *
 * <p>All that depends on a mask but not on the cues; worth keeping for a mask that comes again ({@link MaskCache}).
 *
 * @param known the mask's coordinates
 * @param eigen B, [r, n]
 * @param squaredSingular σ², [r]
 * @param rotation Zᵀ, [r, rows of J]
 */
public record SpannedGram(KnownWeights known, DoubleMatrix eigen, double[] squaredSingular, DoubleMatrix rotation) {
    /** What is remembered of masks. */
    @FunctionalInterface
    public interface Cache {
        /** What is known of a mask, or else computed. */
        SpannedGram get(BitSet mask, Supplier<SpannedGram> compute);
    }

    /** Costs r²(|K| + n + r). */
    static SpannedGram of(LinearAlgebra la, LinearMap.Spanned weights, BitSet mask) {
        KnownWeights known = KnownWeights.of(la, weights, mask);
        DoubleMatrix j = known.weights();
        SymmetricEigen ofJ = KnownWeights.positive(la.eigen(la.gramOfRows(j)));
        DoubleMatrix eigen = la.product(ofJ.vectors(), Transpose.NO, j, Transpose.NO);
        for (int k = 0; k < ofJ.values().length; k++) {
            eigen.scaleRow(k, 1 / Math.sqrt(ofJ.values()[k]));
        }
        return new SpannedGram(known, eigen, ofJ.values(), ofJ.vectors());
    }

    /** What the mask says about the hidden nodes of the named cues: c = σ ⊙ Zᵀx̃. */
    SpannedKnownPart part(LinearAlgebra la, Matrix sensory, int[] cues) {
        KnownWeights.Coordinates coordinates = known.coordinates(la, sensory, cues);
        DoubleMatrix c = la.product(coordinates.cues(), Transpose.NO, rotation, Transpose.YES);
        double[] outside = coordinates.outside();
        for (int i = 0; i < outside.length; i++) {
            // what the rotation leaves out (directions that are rounding) no rates explain either
            for (int k = 0; k < coordinates.cues().columns(); k++) {
                outside[i] +=
                        0.5 * coordinates.cues().get(i, k) * coordinates.cues().get(i, k);
            }
            for (int k = 0; k < squaredSingular.length; k++) {
                outside[i] -= 0.5 * c.get(i, k) * c.get(i, k);
            }
            outside[i] = Math.max(0, outside[i]);
        }
        for (int k = 0; k < squaredSingular.length; k++) {
            c.scaleColumn(k, Math.sqrt(squaredSingular[k]));
        }
        return new SpannedKnownPart(la, eigen, squaredSingular, c, outside);
    }
}
