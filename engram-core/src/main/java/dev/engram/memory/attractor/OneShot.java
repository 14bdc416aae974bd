package dev.engram.memory.attractor;

import dev.engram.learning.PatternSpan;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.internal.Stream;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Writes a pattern into learned sensory weights, or takes one out, by a rank-one step of their local least squares, in the limit of no ridge.
 * With f_i = f(x¹) as code c_i predicts it, and q what is left of a code's f when the span of all other codes' f is taken off,
 *
 * <pre>
 *   store:   θ += (x - θ f) qᵀ / |q|²             so θ f = x, and no θ f_i changes, as q ⊥ f_i
 *   forget:  θ  → (I - v vᵀ/|v|²) θ (I - q qᵀ/|q|²)   v: what is left of μ = θ f when the span of all other θ f_i is taken off
 * </pre>
 *
 * <p>A new pattern's code is b and noise at right angles to what the other codes have beside b, as wide as they are and no less than
 * {@value #LEAST_SPREAD} a node: what learning starts from, too. After a pattern was taken out no state of the network generates anything along v, and its code generates what the others' codes
 * would.
 *
 * <p>The greedy one-pattern form of Sherman and Morrison's update, as in recursive least squares; the layers above the first stay.
 */
final class OneShot {
    private static final double ROUNDING = 1e-12;
    private static final double LEAST_SPREAD = 0.02; // of a node over the codes: the start noise of learning

    private final LinearAlgebra la;

    /** The memory's parts after a change. */
    record Edited(GenerativeNetwork network, Codes codes) {}

    OneShot(LinearAlgebra la) {
        this.la = la;
    }

    /** f(x¹) as the codes predict it, [codes, size(1)]. */
    static Matrix rates(LinearAlgebra la, GenerativeNetwork network, Matrix codes) {
        Matrix first = ValueNodes.predictedFrom(la, network, Matrix.zeros(codes.rows(), 0), codes)
                .layer(1);
        return network.activation().values(first);
    }

    /**
     * Writes the patterns one after the other.
     *
     * @param patterns [patterns, size(0)]
     * @param seed of the new codes' noise
     */
    Edited store(GenerativeNetwork network, Codes codes, Matrix patterns, long seed) {
        int count = patterns.rows();
        Matrix fresh = freshCodes(network, codes, count, seed);
        Directions known = span(rates(la, network, codes.values()), count);
        SensoryWeights theta = SensoryWeights.copyOf(la, network.map(1), count);
        Matrix rates = rates(la, network, fresh);
        for (int k = 0; k < count; k++) {
            float[] f = rates.row(k);
            double[] q = known.add(f);
            if (Directions.norm(q) == 0) {
                throw new IllegalArgumentException(
                        ("There is no room for another pattern beside %d: the network has %d units in its first hidden layer. Maybe forget"
                                        + " some patterns, or learn all of them again with more hidden nodes.")
                                .formatted(codes.size() + k, network.size(1)));
            }
            theta.write(patterns.row(k), f, q);
        }
        double[] weights = Arrays.copyOf(codes.weights(), codes.size() + count);
        Arrays.fill(weights, codes.size(), weights.length, 1.0 / codes.size());
        float[] values = Arrays.copyOf(codes.values().data(), weights.length * codes.nodes());
        System.arraycopy(fresh.data(), 0, values, codes.size() * codes.nodes(), fresh.data().length);
        return edited(network, theta, Matrix.wrap(weights.length, codes.nodes(), values), weights, codes.isQuantised());
    }

    private Edited edited(
            GenerativeNetwork network, SensoryWeights theta, Matrix values, double[] weights, boolean quantised) {
        Codes codes = Codes.of(values, weights);
        return new Edited(
                PredictiveCodingMemory.compact(la, network.withSensoryMap(theta.map())),
                quantised ? codes.quantised() : codes);
    }

    private Directions span(Matrix rows, int more) {
        return new Directions(PatternSpan.of(la, rows).basis(), more);
    }

    private Matrix freshCodes(GenerativeNetwork network, Codes codes, int count, long seed) {
        Matrix deviations = codes.values().copy();
        float[] b = network.memoryVector();
        double squares = 0;
        for (int i = 0; i < deviations.data().length; i++) {
            deviations.data()[i] -= b[i % b.length];
            squares += (double) deviations.data()[i] * deviations.data()[i];
        }
        double length = Math.max(LEAST_SPREAD * Math.sqrt(b.length), Math.sqrt(squares / codes.size()));
        Directions taken = span(deviations, count);
        SplittableRandom random = Stream.CODES.of(seed + codes.size());
        Matrix fresh = Matrix.zeros(count, b.length);
        for (int k = 0; k < count; k++) {
            double[] own = taken.add(noise(random, b.length));
            // The same seed beside as many codes has made one before that may be here still, when others were forgotten
            // since.
            for (int again = 0; again < codes.size() && Directions.norm(own) == 0; again++) {
                own = taken.add(noise(random, b.length));
            }
            double scale = length / Math.max(Double.MIN_NORMAL, Directions.norm(own));
            for (int j = 0; j < b.length; j++) {
                fresh.set(k, j, (float) (b[j] + scale * own[j]));
            }
        }
        return fresh;
    }

    private static float[] noise(SplittableRandom random, int length) {
        float[] noise = new float[length];
        for (int j = 0; j < length; j++) {
            noise[j] = (float) random.nextGaussian();
        }
        return noise;
    }

    /** Takes the patterns of the codes that are not kept out, all at once; at least one is kept. */
    Edited forget(GenerativeNetwork network, Codes codes, int[] kept, int[] gone) {
        Matrix rates = rates(la, network, codes.values());
        SensoryWeights theta = SensoryWeights.copyOf(la, network.map(1), 0);
        Matrix own = own(rates, kept, gone);
        Matrix generated = own(theta.generated(rates), kept, gone);
        double[] weights =
                Arrays.stream(kept).mapToDouble(i -> codes.weights()[i]).toArray();
        return edited(network, theta.without(generated, own), codes.values().rows(kept), weights, codes.isQuantised());
    }

    /** Orthonormal directions of what the rows that are gone have beside the span of the kept ones. */
    private Matrix own(Matrix rows, int[] kept, int[] gone) {
        Directions directions = span(rows.rows(kept), gone.length);
        int shared = directions.count();
        for (int i : gone) {
            directions.add(rows.row(i));
        }
        return directions.from(shared);
    }

    /**
     * For every code, |q|² over the mean squared distance of all f from their mean: how much of it is no mixture of the others; 1 for a code that
     * is alone.
     *
     * <p>With the rates f as rows of F and a ridge c, |q_i|² = 1 / ((F Fᵀ + cI)⁻¹)_ii, and of more codes than units
     *
     * <pre>
     *   (F Fᵀ + cI)⁻¹ = (I - F (FᵀF + cI)⁻¹ Fᵀ) / c
     * </pre>
     */
    double[] own(GenerativeNetwork network, Codes codes) {
        DoubleMatrix rates = rates(la, network, codes.values()).toDouble();
        int n = rates.rows();
        double[] mean = rates.meanRow();
        double spread = 0;
        for (int at = 0; at < rates.data().length; at++) {
            spread += Math.pow(rates.data()[at] - mean[at % mean.length], 2) / n;
        }
        double[] own = n > rates.columns() ? restsByUnits(rates) : restsByCodes(rates);
        for (int i = 0; i < n; i++) {
            own[i] = n == 1 ? 1 : Math.min(1, own[i] / Math.max(Double.MIN_NORMAL, spread));
        }
        return own;
    }

    private double[] restsByCodes(DoubleMatrix rates) {
        DoubleMatrix gram = la.gramOfRows(rates);
        DoubleMatrix inverse =
                la.choleskyInPlace(gram.addToDiagonal(ridge(rates))).inverse();
        double[] rests = new double[rates.rows()];
        Arrays.setAll(rests, i -> 1 / inverse.get(i, i));
        return rests;
    }

    private double[] restsByUnits(DoubleMatrix rates) {
        DoubleMatrix gram = DoubleMatrix.zeros(rates.columns(), rates.columns());
        la.addGramOfColumns(rates, gram);
        double ridge = ridge(rates);
        DoubleMatrix explained = la.choleskyInPlace(gram.addToDiagonal(ridge)).forward(rates);
        double[] rests = new double[rates.rows()];
        Arrays.setAll(rests, i -> ridge / Math.max(Double.MIN_NORMAL, 1 - Math.min(1, explained.squaredLength(i))));
        return rests;
    }

    private static double ridge(DoubleMatrix rates) {
        return ROUNDING * rates.squaredLength() / rates.rows() + Double.MIN_NORMAL;
    }
}
