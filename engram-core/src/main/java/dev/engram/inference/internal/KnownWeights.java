package dev.engram.inference.internal;

import dev.engram.linalg.Cholesky;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.LinearMap;
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
 * <p>R is the Cholesky factor, without the rows of A_K that depend on others. Where no more nodes are known than A has rows, they are the
 * coordinates: x̃ = x_K, J = W_K, and nothing is outside. Where all are known of weights in a span, R is the unit matrix.
 *
 * @param map W
 * @param known K
 * @param sent Jᵀ, [n, r]: what each hidden node sends
 * @param root R; empty where the nodes are the coordinates
 */
record KnownWeights(LinearMap map, BitSet known, DoubleMatrix sent, Optional<Root> root) {
    private static final double NEGLIGIBLE = 1e-12; // of a row's squared length, what makes it independent of others

    /**
     * R.
     *
     * @param rows of A that it has columns for
     * @param triangle these rows of R
     */
    record Root(int[] rows, Cholesky triangle) {}

    static KnownWeights of(LinearAlgebra la, LinearMap map, BitSet known) {
        int count = known.cardinality();
        BitSet copy = (BitSet) known.clone();
        if (map instanceof LinearMap.Spanned spanned) {
            if (count == map.rows()) {
                return new KnownWeights(map, copy, la.transposeToDouble(spanned.factor()), Optional.empty());
            }
            DoubleMatrix factor = spanned.factor().toDouble();
            if (count <= map.directions()) {
                DoubleMatrix basis =
                        spanned.basis().columnsToDouble(known.stream().toArray());
                return new KnownWeights(
                        map, copy, la.product(factor, Transpose.YES, basis, Transpose.NO), Optional.empty());
            }
            DoubleMatrix products =
                    la.gramOfRows(spanned.basis(), known.stream().toArray());
            Cholesky.Spanning root = la.spanning(products, NEGLIGIBLE);
            DoubleMatrix sent = la.product(factor, Transpose.YES, root.root(), Transpose.NO);
            return new KnownWeights(map, copy, sent, Optional.of(new Root(root.rows(), root.triangle(la))));
        }
        Matrix weights = map.matrix(la);
        if (count <= map.directions()) {
            Matrix rows =
                    count == map.rows() ? weights : weights.rows(known.stream().toArray());
            DoubleMatrix sent = la.transposeToDouble(rows);
            return new KnownWeights(map, copy, sent, Optional.empty());
        }
        DoubleMatrix products = DoubleMatrix.zeros(map.columns(), map.columns());
        KnownRows.forEach(
                known, nodes -> la.addGramOfColumns(weights.rows(nodes).toDouble(), products));
        Cholesky.Spanning root = la.spanning(products, NEGLIGIBLE);
        return new KnownWeights(map, copy, root.root(), Optional.of(new Root(root.rows(), root.triangle(la))));
    }

    /** r. */
    int coordinates() {
        return sent.columns();
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
        boolean all = known.cardinality() == map.rows();
        if (root.isEmpty() && !(all && map instanceof LinearMap.Spanned)) {
            int[] nodes = known.stream().toArray();
            return new Coordinates(KnownRows.values(sensory, nodes, cues), new double[cues.length]);
        }
        DoubleMatrix reduced = root.map(
                        r -> r.triangle.forward(sentUp(la, sensory, cues).columns(r.rows)))
                .orElseGet(() -> sentUp(la, sensory, cues));
        double[] outside = KnownRows.halfSquares(sensory, known, cues);
        for (int i = 0; i < cues.length; i++) {
            for (int k = 0; k < reduced.columns(); k++) {
                outside[i] -= 0.5 * reduced.get(i, k) * reduced.get(i, k);
            }
            outside[i] = Math.max(0, outside[i]);
        }
        return new Coordinates(reduced, outside);
    }

    /** A_K x_K, [cues, rows of A]. */
    private DoubleMatrix sentUp(LinearAlgebra la, Matrix sensory, int[] cues) {
        if (map instanceof LinearMap.Spanned spanned && root.isEmpty()) { // all of them, and R is the unit matrix
            return la.product(sensory.rows(cues), Transpose.NO, spanned.basis(), Transpose.YES)
                    .toDouble();
        }
        DoubleMatrix sum = DoubleMatrix.zeros(cues.length, map.directions());
        KnownRows.forEach(known, nodes -> {
            DoubleMatrix values = KnownRows.values(sensory, nodes, cues);
            if (map instanceof LinearMap.Spanned spanned) {
                DoubleMatrix block = spanned.basis().columnsToDouble(nodes);
                la.multiply(1, values, Transpose.NO, block, Transpose.YES, 1, sum);
            } else {
                DoubleMatrix block = map.matrix(la).rows(nodes).toDouble();
                la.multiply(1, values, Transpose.NO, block, Transpose.NO, 1, sum);
            }
        });
        return sum;
    }

    /** The network whose sensory layer is x̃. */
    GenerativeNetwork network(GenerativeNetwork original) {
        return original.withSensoryMap(new LinearMap.Dense(sent.transpose().toFloat()));
    }
}
