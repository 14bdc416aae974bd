package dev.engram.inference;

import dev.engram.graph.GenerativeNetwork;
import dev.engram.graph.LinearMap;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.SymmetricEigen;
import dev.engram.linalg.Transpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The clamped sensory nodes K in as few coordinates as the weights reach: for every f
 *
 * <pre>
 *   ½|x_K - W_K f|² = ½|x̃ - J f|² + outside
 * </pre>
 *
 * <p>so a network with weights J and sensory values x̃ has the energies, forces and equilibria of the original in its hidden layers, and no
 * free sensory nodes (they carry no force at equilibrium).
 *
 * <pre>
 *   W = UᵀŴ:      U_K U_Kᵀ = V diag(m) Vᵀ,   J = diag(√m) VᵀŴ,   x̃ = diag(m^-½) VᵀU_K x_K
 *   W a matrix:   W_KᵀW_K  = V diag(g) Vᵀ,   J = diag(√g) Vᵀ,     x̃ = diag(g^-½) VᵀW_Kᵀx_K
 * </pre>
 *
 * @param weights J, [r, n]
 * @param cues x̃, [cues, r]
 * @param outside what no f explains, per cue
 */
record KnownCoordinates(DoubleMatrix weights, DoubleMatrix cues, double[] outside) {
    private static final double NEGLIGIBLE = 1e-15;

    static KnownCoordinates of(LinearAlgebra la, LinearMap map, Matrix sensory, BitSet known, int[] cues) {
        if (map instanceof LinearMap.Spanned spanned) {
            int r = spanned.basis().rows();
            DoubleMatrix m = DoubleMatrix.zeros(r, r);
            DoubleMatrix y = DoubleMatrix.zeros(cues.length, r);
            double[] squares = KnownRows.forEach(sensory, known, cues, (nodes, values) -> {
                DoubleMatrix u = columns(spanned.basis(), nodes);
                la.multiply(1, u, Transpose.NO, u, Transpose.YES, 1, m);
                la.multiply(1, values, Transpose.NO, u, Transpose.YES, 1, y);
            });
            SymmetricEigen eigen = positive(la.eigen(m.symmetrise()));
            DoubleMatrix j =
                    la.product(eigen.vectors(), Transpose.NO, spanned.factor().toDouble(), Transpose.NO);
            return scaled(eigen, j, la.product(y, Transpose.NO, eigen.vectors(), Transpose.YES), squares);
        }
        DenseKnownPart dense = DenseKnownPart.of(la, map.matrix(la), sensory, known, cues);
        SymmetricEigen eigen = positive(la.eigen(dense.gram()));
        return scaled(
                eigen,
                eigen.vectors().copy(),
                la.product(dense.drive(), Transpose.NO, eigen.vectors(), Transpose.YES),
                dense.squares());
    }

    private static KnownCoordinates scaled(
            SymmetricEigen eigen, DoubleMatrix weights, DoubleMatrix cues, double[] squares) {
        double[] outside = squares.clone();
        for (int k = 0; k < eigen.values().length; k++) {
            double root = Math.sqrt(eigen.values()[k]);
            weights.scaleRow(k, root);
            cues.scaleColumn(k, 1 / root);
            for (int i = 0; i < cues.rows(); i++) {
                outside[i] -= 0.5 * cues.get(i, k) * cues.get(i, k);
            }
        }
        for (int i = 0; i < outside.length; i++) {
            outside[i] = Math.max(0, outside[i]);
        }
        return new KnownCoordinates(weights, cues, outside);
    }

    private static DoubleMatrix columns(Matrix basis, int[] nodes) {
        DoubleMatrix chosen = DoubleMatrix.zeros(basis.rows(), nodes.length);
        for (int i = 0; i < basis.rows(); i++) {
            for (int k = 0; k < nodes.length; k++) {
                chosen.data()[i * nodes.length + k] = basis.get(i, nodes[k]);
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

    /** The network whose sensory layer is x̃. */
    GenerativeNetwork network(GenerativeNetwork original) {
        List<LinearMap> maps = new ArrayList<>(List.of(new LinearMap.Dense(weights.toFloat())));
        for (int l = 2; l <= original.hiddenLayers(); l++) {
            maps.add(original.map(l));
        }
        return GenerativeNetwork.ofMaps(
                original.activation(), maps, original.memoryVector(), original.priorPrecision());
    }
}
