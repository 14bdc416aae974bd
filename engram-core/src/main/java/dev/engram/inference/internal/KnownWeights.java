package dev.engram.inference.internal;

import dev.engram.linalg.Cholesky;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.SymmetricEigen;
import dev.engram.linalg.Transpose;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.LinearMap;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * The weights of the clamped sensory nodes K, reduced to as few coordinates as they span: for every f
 *
 * <pre>
 *   ½|x_K - W_K f|² = ½|x̃ - J f|² + outside
 * </pre>
 *
 * <p>so a network with weights J and sensory values x̃ has the energies, forces and equilibria of the original in its hidden layers, and no
 * free sensory nodes (they carry no force at equilibrium). With A_K = U_K for weights W = UᵀŴ and A_K = W_Kᵀ for a matrix:
 *
 * <pre>
 *   A_K A_Kᵀ = R Rᵀ,   x̃ = R⁻¹ A_K x_K,   J = RᵀŴ   or   Rᵀ
 * </pre>
 *
 * <p>R is the Cholesky factor, or V diag(√m) from the eigenvectors where the matrix is singular, without the directions that are nothing but
 * rounding. Where no more nodes are known than A has rows, they are the coordinates: x̃ = x_K, J = W_K, and nothing is outside.
 *
 * @param map W
 * @param known K
 * @param weights J, [r, n]
 * @param projection R⁻¹, [r, rows of A]; empty where the nodes are the coordinates
 */
record KnownWeights(LinearMap map, BitSet known, DoubleMatrix weights, Optional<DoubleMatrix> projection) {
    private static final double NEGLIGIBLE = 1e-15; // among eigenvalues
    private static final double SINGULAR = 1e-6; // among pivots, whose squares are such values

    static KnownWeights of(LinearAlgebra la, LinearMap map, BitSet known) {
        int rows = map.directions();
        return known.cardinality() <= rows ? themselves(la, map, known) : reduced(la, map, known, rows);
    }

    private static KnownWeights themselves(LinearAlgebra la, LinearMap map, BitSet known) {
        int[] nodes = known.stream().toArray();
        DoubleMatrix weights = map instanceof LinearMap.Spanned spanned
                ? la.product(block(map, nodes), Transpose.YES, spanned.factor().toDouble(), Transpose.NO)
                : map.matrix(la).rows(nodes).toDouble();
        return new KnownWeights(map, (BitSet) known.clone(), weights, Optional.empty());
    }

    private static KnownWeights reduced(LinearAlgebra la, LinearMap map, BitSet known, int rows) {
        DoubleMatrix m = DoubleMatrix.zeros(rows, rows);
        KnownRows.forEach(known, nodes -> {
            DoubleMatrix block = block(map, nodes);
            la.multiply(1, block, Transpose.NO, block, Transpose.YES, 1, m);
        });
        Root root = Root.of(la, m.symmetrise());
        DoubleMatrix weights = map instanceof LinearMap.Spanned spanned
                ? la.product(root.transposed(), Transpose.NO, spanned.factor().toDouble(), Transpose.NO)
                : root.transposed();
        return new KnownWeights(map, (BitSet) known.clone(), weights, Optional.of(root.inverse()));
    }

    /**
     * R of M = R Rᵀ.
     *
     * @param transposed Rᵀ, [r, n]
     * @param inverse R⁻¹, [r, n]
     */
    private record Root(DoubleMatrix transposed, DoubleMatrix inverse) {
        static Root of(LinearAlgebra la, DoubleMatrix m) {
            try {
                Cholesky cholesky = la.cholesky(m);
                if (cholesky.pivotRatio() > SINGULAR) {
                    return new Root(cholesky.lower().transpose(), cholesky.inverseLower());
                }
            } catch (ArithmeticException singular) {
                // the eigenvectors know which directions to leave out
            }
            SymmetricEigen eigen = positive(la.eigen(m));
            DoubleMatrix inverse = eigen.vectors();
            DoubleMatrix transposed = inverse.copy();
            for (int k = 0; k < eigen.values().length; k++) {
                transposed.scaleRow(k, Math.sqrt(eigen.values()[k]));
                inverse.scaleRow(k, 1 / Math.sqrt(eigen.values()[k]));
            }
            return new Root(transposed, inverse);
        }
    }

    /** The named nodes' columns of A. */
    private static DoubleMatrix block(LinearMap map, int[] nodes) {
        Matrix source = map instanceof LinearMap.Spanned spanned ? spanned.basis() : ((LinearMap.Dense) map).theta();
        boolean spanned = map instanceof LinearMap.Spanned;
        int rows = map.directions();
        DoubleMatrix chosen = DoubleMatrix.zeros(rows, nodes.length);
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < nodes.length; k++) {
                chosen.data()[i * nodes.length + k] = spanned ? source.get(i, nodes[k]) : source.get(nodes[k], i);
            }
        }
        return chosen;
    }

    /** The eigenvectors whose values stand out from rounding. */
    static SymmetricEigen positive(SymmetricEigen all) {
        int n = all.values().length;
        double floor = n == 0 ? 0 : Math.max(all.values()[n - 1] * NEGLIGIBLE, Double.MIN_NORMAL);
        int first = (int) Arrays.stream(all.values()).filter(v -> !(v > floor)).count();
        DoubleMatrix kept = DoubleMatrix.zeros(n - first, n);
        System.arraycopy(all.vectors().data(), first * n, kept.data(), 0, kept.data().length);
        return new SymmetricEigen(Arrays.copyOfRange(all.values(), first, n), kept);
    }

    /**
     * The cues in the coordinates of these weights.
     *
     * @param cues x̃, [cues, r]
     * @param outside what no f explains, per cue
     */
    record Coordinates(DoubleMatrix cues, double[] outside) {}

    /** x̃ of the named cues. */
    Coordinates coordinates(LinearAlgebra la, Matrix sensory, int[] cues) {
        if (projection.isEmpty()) {
            int[] nodes = known.stream().toArray();
            return new Coordinates(KnownRows.values(sensory, nodes, cues), new double[cues.length]);
        }
        DoubleMatrix y = DoubleMatrix.zeros(cues.length, map.directions());
        KnownRows.forEach(known, nodes -> {
            DoubleMatrix values = KnownRows.values(sensory, nodes, cues);
            la.multiply(1, values, Transpose.NO, block(map, nodes), Transpose.YES, 1, y);
        });
        DoubleMatrix reduced = la.product(y, Transpose.NO, projection.get(), Transpose.YES);
        double[] outside = KnownRows.halfSquares(sensory, known, cues);
        for (int i = 0; i < cues.length; i++) {
            for (int k = 0; k < reduced.columns(); k++) {
                outside[i] -= 0.5 * reduced.get(i, k) * reduced.get(i, k);
            }
            outside[i] = Math.max(0, outside[i]);
        }
        return new Coordinates(reduced, outside);
    }

    /** The network whose sensory layer is x̃. */
    GenerativeNetwork network(GenerativeNetwork original) {
        return original.withSensoryMap(new LinearMap.Dense(weights.toFloat()));
    }
}
