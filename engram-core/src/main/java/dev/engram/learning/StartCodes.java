package dev.engram.learning;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.SymmetricEigen;
import dev.engram.linalg.Transpose;
import java.util.SplittableRandom;

/**
 * The noise that makes the patterns' top layers differ at the start of learning.
 *
 * <p>Where there are no more patterns than nodes the rows are made orthogonal, by the symmetric square root: codes = √n · std · (Z Zᵀ)^-½ Z
 * with Z standard normal. Completion ends at the state nearest to b that fits what is known; with orthogonal codes that is the mixture of
 * the fewest patterns (docs/decisions/002-codes-and-weights.md).
 */
final class StartCodes {
    private StartCodes() {}

    /** The noise, [patterns, nodes]. */
    static Matrix draw(LinearAlgebra la, int patterns, int nodes, double std, long seed) {
        DoubleMatrix noise = DoubleMatrix.zeros(patterns, nodes);
        if (std == 0) {
            return noise.toFloat();
        }
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < noise.data().length; i++) {
            noise.data()[i] = std * random.nextGaussian();
        }
        if (patterns > nodes) {
            return noise.toFloat();
        }
        SymmetricEigen eigen = la.eigen(la.gramOfRows(noise));
        DoubleMatrix scaled = eigen.vectors().copy();
        for (int k = 0; k < patterns; k++) {
            scaled.scaleRow(k, std * Math.sqrt(nodes / eigen.values()[k]));
        }
        DoubleMatrix root = la.product(eigen.vectors(), Transpose.YES, scaled, Transpose.NO);
        return la.product(root, Transpose.NO, noise, Transpose.NO).toFloat();
    }
}
