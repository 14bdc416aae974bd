package dev.engram.inference.internal;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.network.GenerativeNetwork;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * All that Newton's method works out for a mask and not for a cue: the {@link KnownWeights} J and the factor of λI + J_A J_Aᵀ for the units A
 * that are active at rest, under the λ asked for last. Worth keeping for a mask that comes again. Safe for several threads.
 *
 * <p>8 (n r + r²) bytes for n hidden nodes and r coordinates.
 */
public final class KnownSystem {
    /** What is remembered of masks. */
    @FunctionalInterface
    public interface Cache {
        /** What is known of a mask, or else computed. */
        KnownSystem get(BitSet mask, Supplier<KnownSystem> compute);
    }

    /** Below this fraction of |J|² λ is lost in the rounding of the system, which then is solved as if it were so much: steps, not ends, differ. */
    private static final double NEGLIGIBLE = 1e-14;

    private final LinearAlgebra la;
    private final KnownWeights weights;
    private final boolean[] atRest;
    private final double length;
    private double lambda = Double.NaN;
    private Optional<Resolvent> resolvent = Optional.empty();

    private KnownSystem(LinearAlgebra la, KnownWeights weights, boolean[] atRest) {
        this.la = la;
        this.weights = weights;
        this.atRest = atRest;
        this.length = Math.sqrt(weights.sent().squaredLength());
    }

    /** For a network of one hidden layer. */
    static KnownSystem of(LinearAlgebra la, GenerativeNetwork network, BitSet mask) {
        boolean[] atRest = new boolean[network.size(1)];
        for (int j = 0; j < atRest.length; j++) {
            atRest[j] = !network.activation().hasKink() || network.memoryVector()[j] > 0;
        }
        return new KnownSystem(la, KnownWeights.of(la, network.map(1), mask), atRest);
    }

    /** About how many bytes it keeps. */
    public double bytes() {
        double r = weights.coordinates();
        return Double.BYTES * r * (weights.sent().rows() + r);
    }

    KnownWeights weights() {
        return weights;
    }

    /** |J|, the root of the sum of all squares. */
    double length() {
        return length;
    }

    /** For systems with λ. Costs r²·(n + r/3) where the last λ was another. */
    synchronized Resolvent resolvent(double priorPrecision) {
        if (priorPrecision != lambda) {
            DoubleMatrix sent = weights.sent();
            DoubleMatrix system = DoubleMatrix.zeros(sent.columns(), sent.columns());
            int[] active =
                    IntStream.range(0, atRest.length).filter(j -> atRest[j]).toArray();
            if (active.length == sent.rows()) {
                la.addGramOfColumns(sent, system);
            } else {
                la.addGramOfColumns(sent, active, system);
            }
            double diagonal = Math.max(priorPrecision, NEGLIGIBLE * length * length);
            resolvent =
                    Optional.of(new Resolvent(la, sent, la.choleskyInPlace(system.addToDiagonal(diagonal)), atRest));
            lambda = priorPrecision;
        }
        return resolvent.orElseThrow();
    }
}
