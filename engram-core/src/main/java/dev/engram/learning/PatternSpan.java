package dev.engram.learning;

import dev.engram.linalg.Cholesky;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.LinearMap;
import java.util.Optional;

/**
 * Patterns, and the sensory weights that learning starts from, in coordinates of their common span.
 *
 * <p>Algorithm 1 never leaves that span, and orthonormal coordinates keep every length and angle. So Algorithm 1 on the r coordinates is
 * Algorithm 1 on the d pixels, step for step, at r/d of the cost: the <em>span engine</em> is any engine on {@link #coordinates}, and {@link
 * #expand} turns the network it learned into the one it stands for.
 *
 * <pre>
 *   X Xᵀ = Z Zᵀ,   U = Z⁻¹ X                                            Z lower triangular; the patterns X = Z U
 *   W₀ = Uᵀ(U W₀) + R,   RᵀR = L Lᵀ,   Q = R L^-ᵀ                      the weights' own part R = Q Lᵀ, at right angles to U
 *   coordinates of a pattern: [Z, 0],   of weights W: [U W; QᵀW]
 * </pre>
 *
 * <p>Weights that start at 0 have no part of their own, and r is at most the number of patterns. Q is never formed.
 */
public final class PatternSpan {
    private static final double NEGLIGIBLE = 1e-10;
    private static final double DEPENDENT = 1e-6; // of a squared length that is known in single precision
    private static final double WELL_APART =
            1e-6; // of a squared length: beyond it single precision finds the directions

    private final LinearAlgebra la;
    private final Matrix basis;
    private final Matrix coordinates;
    private final Optional<OwnPart> own;

    /**
     * What weights have outside the span of the patterns.
     *
     * @param rest R, [values, n]
     * @param gram of R, factored
     */
    private record OwnPart(Matrix rest, Cholesky gram) {}

    private PatternSpan(LinearAlgebra la, Matrix basis, Matrix coordinates, Optional<OwnPart> own) {
        this.la = la;
        this.basis = basis;
        this.coordinates = coordinates;
        this.own = own;
    }

    /**
     * The span of the given patterns [patterns, values], for weights that start at 0. A pattern that is a sum of those before it, but for a
     * share of {@value #NEGLIGIBLE} of its squared length, adds no direction. Costs N²d multiplications twice, and N³/3.
     */
    public static PatternSpan of(LinearAlgebra la, Matrix patterns) {
        Cholesky.Spanning spanning = la.spanning(la.gramOfRows(patterns), NEGLIGIBLE);
        Cholesky triangle = spanning.triangle(la);
        Matrix coordinates = spanning.root().toFloat();
        int[] rows = spanning.rows();
        Matrix basis = spanning.least() > WELL_APART
                ? triangle.forwardColumns(
                        rows.length == patterns.rows() ? coordinates : coordinates.rows(rows), patterns, rows)
                : triangle.forwardColumns(patterns.rows(rows).toDouble()).toFloat();
        return new PatternSpan(la, basis, coordinates, Optional.empty());
    }

    /**
     * The same of patterns that are in parts by their values, for weights that start at 0: no part has more than some values of all patterns.
     * X Xᵀ is the sum of theirs, and each solves for its own columns of U, which are joined here.
     *
     * @param values values in place of patterns: as many as a pattern has, of as many numbers as there are patterns
     */
    public static PatternSpan ofValues(LinearAlgebra la, PatternBlocks values) {
        DoubleMatrix gram =
                values.sums(la, new BatchSums.OfPatterns(values.values())).ofRates();
        Cholesky.Spanning spanning = la.spanning(gram, NEGLIGIBLE);
        Matrix columns = values.sums(la, new BasisColumns(spanning)).all(spanning.rows().length);
        return new PatternSpan(la, columns.transpose(), spanning.root().toFloat(), Optional.empty());
    }

    /** The columns of U = Z⁻¹ X, each as a row. */
    private record BasisColumns(Cholesky.Spanning spanning) implements PatternSums<JoinedRows> {
        @Override
        public JoinedRows none() {
            return new JoinedRows();
        }

        @Override
        public void add(LinearAlgebra la, Matrix block, JoinedRows joined) {
            int[] directions = spanning.rows();
            DoubleMatrix columns = DoubleMatrix.zeros(block.rows(), directions.length);
            for (int i = 0; i < block.rows(); i++) {
                for (int k = 0; k < directions.length; k++) {
                    columns.set(i, k, block.get(i, directions[k]));
                }
            }
            joined.add(spanning.triangle(la).forward(columns).toFloat());
        }

        @Override
        public JoinedRows joined(JoinedRows one, JoinedRows other) {
            return one.add(other);
        }
    }

    /**
     * The span of the patterns and of the sensory weights that learning starts from.
     *
     * @param weights W₀, [values, n]; only read. Their columns must be independent of each other and of the patterns, as random ones are
     *     where values is well above patterns + n
     * @throws ArithmeticException if they are not
     */
    public static PatternSpan of(LinearAlgebra la, Matrix patterns, Matrix weights) {
        PatternSpan span = of(la, patterns);
        Matrix rest = weights.copy();
        Matrix inside = la.product(span.basis, Transpose.NO, weights, Transpose.NO);
        la.multiply(-1, span.basis, Transpose.YES, inside, Transpose.NO, 1, rest);
        Cholesky.Spanning independent = la.spanning(la.gram(rest).toDouble(), DEPENDENT);
        if (independent.rows().length < weights.columns()) {
            throw new ArithmeticException(
                    "Only %d of %d columns of the first weights are independent of each other and of the patterns."
                            .formatted(independent.rows().length, weights.columns()));
        }
        OwnPart own = new OwnPart(rest, independent.triangle(la));
        Matrix padded = Matrix.zeros(patterns.rows(), span.dimensions() + weights.columns());
        for (int i = 0; i < patterns.rows(); i++) {
            float[] row = span.coordinates.row(i);
            System.arraycopy(row, 0, padded.data(), i * padded.columns(), row.length);
        }
        return new PatternSpan(la, span.basis, padded, Optional.of(own));
    }

    /** U, [directions of the patterns, values]. */
    public Matrix basis() {
        return basis;
    }

    /** The patterns, [patterns, r]. */
    public Matrix coordinates() {
        return coordinates;
    }

    /** r, the dimensions of the span. */
    public int dimensions() {
        return coordinates.columns();
    }

    /**
     * The network on coordinates that learning starts from.
     *
     * @param network on pixels; its sensory weights are those this span was made for
     */
    public GenerativeNetwork project(GenerativeNetwork network) {
        Matrix theta = network.weights(1);
        Matrix factor = Matrix.zeros(dimensions(), theta.columns());
        Matrix inside = la.product(basis, Transpose.NO, theta, Transpose.NO);
        System.arraycopy(inside.data(), 0, factor.data(), 0, inside.data().length);
        own.ifPresent(part -> {
            float[] upper = part.gram.lower().transpose().toFloat().data();
            System.arraycopy(upper, 0, factor.data(), inside.data().length, upper.length);
        });
        return network.withSensoryMap(new LinearMap.Dense(factor));
    }

    /** The network on pixels that a network on coordinates stands for; it shares its other parameters. */
    public GenerativeNetwork expand(GenerativeNetwork onCoordinates) {
        Matrix factor = onCoordinates.weights(1);
        return onCoordinates.withSensoryMap(
                own.isEmpty() ? new LinearMap.Spanned(basis, factor) : new LinearMap.Dense(pixels(factor, own.get())));
    }

    /** W = Uᵀ F_U + R L^-ᵀ F_Q, with L^-ᵀ = (L Lᵀ)⁻¹ L. */
    private Matrix pixels(Matrix factor, OwnPart part) {
        Matrix ofPatterns = factor.slice(0, basis.rows());
        DoubleMatrix ofWeights = factor.slice(basis.rows(), factor.rows()).toDouble();
        DoubleMatrix lower = la.product(part.gram.lower(), Transpose.NO, ofWeights, Transpose.NO);
        DoubleMatrix mix = la.product(part.gram.inverse(), Transpose.NO, lower, Transpose.NO);
        Matrix theta = la.product(basis, Transpose.YES, ofPatterns, Transpose.NO);
        la.multiply(1, part.rest, Transpose.NO, mix.toFloat(), Transpose.NO, 1, theta);
        return theta;
    }
}
