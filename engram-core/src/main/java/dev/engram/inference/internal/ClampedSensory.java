package dev.engram.inference.internal;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import dev.engram.linalg.Transpose;
import dev.engram.network.Energy;
import dev.engram.network.LinearMap;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The feedback and energy of a sensory layer that is clamped as a whole: θ¹ᵀε⁰ and ½|ε⁰|² for given rates f(x¹). Matrices are [nodes,
 * cues], so that all of one node lies together and a cue is a lane.
 */
sealed interface ClampedSensory {
    /** What is done for all rows together before {@link #pull}. */
    default void prepare(Matrix rates) {}

    /**
     * θ¹ᵀε⁰ for the hidden nodes {@code from} to {@code to}; on the calling thread.
     *
     * @param rates f(x¹), [n, cues]
     * @param pull written there, [n, cues]
     * @param energy per cue, this part's share of ½|ε⁰|² is added
     */
    void pull(Matrix rates, int from, int to, Matrix pull, double[] energy);

    /**
     * Must be called before the weights move by {@code rate} Σ ε fᵀ (Eq. 4).
     *
     * @param rate α/N
     * @param errors ε⁰, [cues, values]
     * @param rates f(x¹), [cues, n]
     */
    default void weightsMove(float rate, Matrix errors, Matrix rates) {}

    /** Must be called when the weights change otherwise. */
    default void weightsChange() {}

    /** What was gathered while the weights moved, live; empty where nothing was, or it will be formed again. */
    default Map<String, Tensor> sums() {
        return Map.of();
    }

    /**
     * Takes over {@link #sums} as they were under these weights.
     *
     * @throws IllegalArgumentException if they are of other weights
     */
    default void restore(Map<String, Tensor> sums) {}

    /** Comes before the first step after the weights were changed. */
    default void begin() {}

    /** The same for other cues under the same weights, however these are kept; sums over the weights are shared. */
    ClampedSensory of(LinearMap weights, Matrix sensory);

    /** By how much two energies of a cue may differ through rounding alone, given one of them. */
    double resolution(int cue, double energy);

    /**
     * As the paper writes it: ε⁰ = x⁰ - W f, then Wᵀε⁰. In blocks of sensory nodes, each block's errors being sent up while they are in the
     * cache: 4·N·n·d operations.
     */
    static ClampedSensory written(LinearAlgebra la, LinearMap weights, Matrix sensory) {
        if (weights instanceof LinearMap.Spanned spanned) { // ε⁰ = (x - UᵀU x) + Uᵀ(U x - Ŵ f), the two at right angles
            Matrix coordinates = la.product(spanned.basis(), Transpose.NO, sensory, Transpose.YES);
            double[] outside = Lanes.halfSquares(sensory);
            double[] inside = Lanes.halfSquares(Lanes.transpose(la, coordinates));
            for (int cue = 0; cue < outside.length; cue++) {
                outside[cue] = Math.max(0, outside[cue] - inside[cue]);
            }
            return new Written(la, spanned.factor(), coordinates, outside);
        }
        return new Written(la, weights.matrix(la), Lanes.transpose(la, sensory), new double[sensory.rows()]);
    }

    /** With the sensory layer summed away: Wᵀε⁰ = C - G f, 2·N·n² operations. */
    static ClampedSensory gram(LinearAlgebra la, Matrix gram, LinearMap weights, Matrix sensory) {
        return new Summed(la, gram, weights, sensory);
    }

    /** G = WᵀW, [n, n]. */
    static Matrix gramMatrix(LinearAlgebra la, LinearMap weights) {
        return la.gram(weights instanceof LinearMap.Spanned spanned ? spanned.factor() : weights.matrix(la));
    }

    /** Eq. 1 to 3 literally. */
    final class Written implements ClampedSensory {
        private static final int BLOCK = 384;

        private final LinearAlgebra la;
        private final Matrix weights;
        private final Matrix sensory;
        private final double[] outside;
        private final Matrix[] pulls; // one for each part of the sensory layer
        private final double[][] energies;
        private final Matrix[] errors;

        private Written(LinearAlgebra la, Matrix weights, Matrix sensory, double[] outside) {
            this.la = la;
            this.weights = weights;
            this.sensory = sensory;
            this.outside = outside;
            int parts = Math.max(1, Math.min(la.threads(), weights.rows() / BLOCK));
            this.pulls = new Matrix[parts];
            this.energies = new double[parts][sensory.columns()];
            this.errors = new Matrix[parts];
            for (int part = 0; part < parts; part++) {
                pulls[part] = Matrix.zeros(weights.columns(), sensory.columns());
                errors[part] = Matrix.zeros(Math.min(BLOCK, weights.rows()), sensory.columns());
            }
        }

        @Override
        public void prepare(Matrix rates) {
            int d = weights.rows();
            la.parallel(pulls.length, part -> {
                int from = (int) ((long) d * part / pulls.length);
                int to = (int) ((long) d * (part + 1) / pulls.length);
                Matrix error = errors[part];
                double[] energy = energies[part];
                Arrays.fill(energy, 0);
                for (int block = from; block < to; block += BLOCK) {
                    int end = Math.min(to, block + BLOCK);
                    int cues = sensory.columns();
                    la.multiplyRows(1, weights, block, end, rates, 0, error);
                    Lanes.subtractFrom(sensory.data(), block, error.data(), cues, end - block, energy);
                    la.multiplyRowsTransposed(1, weights, block, end, error, block == from ? 0 : 1, pulls[part]);
                }
            });
        }

        @Override
        public void pull(Matrix rates, int from, int to, Matrix pull, double[] energy) {
            int cues = rates.columns();
            float[] out = pull.data();
            System.arraycopy(pulls[0].data(), from * cues, out, from * cues, (to - from) * cues);
            for (int part = 1; part < pulls.length; part++) {
                float[] more = pulls[part].data();
                for (int i = from * cues; i < to * cues; i++) {
                    out[i] += more[i];
                }
            }
            if (from == 0) {
                for (int cue = 0; cue < cues; cue++) {
                    energy[cue] += outside[cue];
                    for (double[] part : energies) {
                        energy[cue] += part[cue];
                    }
                }
            }
        }

        @Override
        public ClampedSensory of(LinearMap otherWeights, Matrix otherSensory) {
            return written(la, otherWeights, otherSensory);
        }

        @Override
        public double resolution(int cue, double energy) {
            return Energy.rounding(energy, weights.rows());
        }
    }

    /**
     * ½|ε⁰|² = ½|x⁰|² - ½ f·(C + (C - G f)), with C = Wᵀx⁰: a small difference of large numbers, whose rounding {@link #resolution} knows.
     *
     * <p>When the weights move by Algorithm 1's step a Σ ε fᵀ, C and G follow at rank N instead of being formed again:
     *
     * <pre>
     *   C += a Σ f (ε·x⁰)ᵀ,   G += a (Zᵀ F + Fᵀ Z),   Z = E W + a/2 (E Eᵀ) F       (rows of E and F: ε and f of one pattern)
     * </pre>
     *
     * <p>E is measured on the weights themselves, so rounding adds up over the updates but does not feed itself; after {@value
     * #FORMED_EVERY} of them both are formed again.
     */
    final class Summed implements ClampedSensory {
        private static final double ROUNDING = 1e-6;
        private static final int FORMED_EVERY = 64;
        private static final String GRAM = "gram";
        private static final String SENT_UP = "sent_up";
        private static final String MOVES = "moves";

        private final LinearAlgebra la;
        private final LinearMap weights;
        private final Matrix sensory;
        private final double[] halfSquares;
        private final Matrix gram;
        private final Matrix c; // [n, cues]
        private final Matrix products;
        private int moves;
        private boolean stale;

        private Summed(LinearAlgebra la, Matrix gram, LinearMap weights, Matrix sensory) {
            this.la = la;
            this.weights = weights;
            this.sensory = sensory;
            this.halfSquares = Lanes.halfSquares(sensory);
            this.gram = gram;
            this.c = Lanes.transpose(la, sentUp(sensory));
            this.products = Matrix.zeros(c.rows(), c.columns());
        }

        /** Wᵀ of each row. */
        private Matrix sentUp(Matrix rows) {
            Matrix result = Matrix.zeros(rows.rows(), weights.columns());
            weights.feedback(la, 1, rows, result);
            return result;
        }

        @Override
        public void weightsMove(float rate, Matrix errors, Matrix rates) {
            if (stale) {
                return;
            }
            Matrix overlaps = la.product(errors, Transpose.NO, sensory, Transpose.YES);
            la.multiply(rate, rates, Transpose.YES, overlaps, Transpose.NO, 1, c);
            Matrix z = sentUp(errors);
            Matrix products = la.product(errors, Transpose.NO, errors, Transpose.YES);
            la.multiply(rate / 2, products, Transpose.NO, rates, Transpose.NO, 1, z);
            la.addSymmetric(rate, z, rates, gram);
            stale = ++moves == FORMED_EVERY;
        }

        @Override
        public void weightsChange() {
            stale = true;
        }

        @Override
        public Map<String, Tensor> sums() {
            return stale
                    ? Map.of()
                    : Map.of(GRAM, Tensor.of(gram), SENT_UP, Tensor.of(c), MOVES, Tensor.wrap(new double[] {moves}, 1));
        }

        @Override
        public void restore(Map<String, Tensor> sums) {
            stale = sums.isEmpty();
            if (!stale) {
                restore(sums.get(GRAM), Tensor.of(gram));
                restore(sums.get(SENT_UP), Tensor.of(c));
                Tensor counted = Tensor.zeros(Precision.DOUBLE, 1);
                restore(sums.get(MOVES), counted);
                moves = (int) counted.get(0);
            }
        }

        private static void restore(@Nullable Tensor from, Tensor into) {
            if (from == null || from.precision() != into.precision() || !from.hasShape(into.shape())) {
                throw new IllegalArgumentException(
                        "The sums over the weights are %s where %s was expected. Maybe they are of another network."
                                .formatted(from == null ? "missing" : from, into));
            }
            into.set(from);
        }

        @Override
        public void begin() {
            if (stale) {
                gram.set(gramMatrix(la, weights));
                c.set(Lanes.transpose(la, sentUp(sensory)));
                moves = 0;
                stale = false;
            }
        }

        @Override
        public void pull(Matrix rates, int from, int to, Matrix pull, double[] energy) {
            int cues = rates.columns();
            System.arraycopy(c.data(), from * cues, pull.data(), from * cues, (to - from) * cues);
            la.multiplyRows(-1, gram, from, to, rates, 1, pull);
            Lanes.multiplySum(rates.data(), c.data(), pull.data(), products.data(), cues, from, to);
            Lanes.add(products.data(), cues, from, to, -0.5, energy);
            if (from == 0) {
                for (int cue = 0; cue < cues; cue++) {
                    energy[cue] += halfSquares[cue];
                }
            }
        }

        @Override
        public ClampedSensory of(LinearMap otherWeights, Matrix otherSensory) {
            return new Summed(la, gram, otherWeights, otherSensory);
        }

        @Override
        public double resolution(int cue, double energy) {
            return ROUNDING * halfSquares[cue];
        }
    }
}
