package dev.engram.learning;

import dev.engram.graph.GenerativeNetwork;
import dev.engram.graph.LinearMap;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.SymmetricEigen;
import dev.engram.linalg.Transpose;
import java.util.ArrayList;
import java.util.List;

/**
 * Patterns in the coordinates of their own span: X = Z U with orthonormal rows U.
 *
 * <p>A network whose sensory weights start at 0 never leaves that span, and the coordinates keep every length and angle. So Algorithm 1
 * on the r coordinates is Algorithm 1 on the d pixels, step for step, at r/d of the cost: the <em>span engine</em> is the reference engine
 * on {@link #coordinates}, and {@link #expand} turns the network it learned into the one it stands for.
 *
 * <pre>
 *   X Xᵀ = V diag(κ) Vᵀ,   U = diag(κ^-½) VᵀX,   Z = V diag(κ^½)
 * </pre>
 *
 * @param basis U, [r, values]
 * @param coordinates Z, [patterns, r]
 */
public record PatternSpan(Matrix basis, Matrix coordinates) {
    private static final double NEGLIGIBLE = 1e-12;

    /** The span of the given patterns [patterns, values]; directions below 10⁻⁶ of the longest are left out. */
    public static PatternSpan of(LinearAlgebra la, Matrix patterns) {
        int n = patterns.rows();
        DoubleMatrix x = patterns.toDouble();
        SymmetricEigen eigen =
                la.eigen(la.product(x, Transpose.NO, x, Transpose.YES).symmetrise());
        double floor = Math.max(Double.MIN_NORMAL, NEGLIGIBLE * eigen.values()[n - 1]);
        List<Integer> kept = new ArrayList<>();
        for (int k = n - 1; k >= 0 && eigen.values()[k] > floor; k--) {
            kept.add(k);
        }
        DoubleMatrix mix = DoubleMatrix.zeros(kept.size(), n);
        Matrix coordinates = Matrix.zeros(n, kept.size());
        for (int k = 0; k < kept.size(); k++) {
            double length = Math.sqrt(eigen.values()[kept.get(k)]);
            for (int i = 0; i < n; i++) {
                double v = eigen.vectors().get(kept.get(k), i);
                mix.set(k, i, v / length);
                coordinates.set(i, k, (float) (v * length));
            }
        }
        return new PatternSpan(la.product(mix, Transpose.NO, x, Transpose.NO).toFloat(), coordinates);
    }

    /** r, the dimensions of the span. */
    public int dimensions() {
        return basis.rows();
    }

    /** The network on pixels that a network on coordinates stands for; it shares its parameters. */
    public GenerativeNetwork expand(GenerativeNetwork onCoordinates) {
        List<LinearMap> maps = new ArrayList<>();
        maps.add(new LinearMap.Spanned(basis, onCoordinates.weights(1)));
        for (int l = 2; l <= onCoordinates.hiddenLayers(); l++) {
            maps.add(onCoordinates.map(l));
        }
        return GenerativeNetwork.ofMaps(
                onCoordinates.activation(), maps, onCoordinates.memoryVector(), onCoordinates.priorPrecision());
    }
}
