package dev.engram.memory.hopfield;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.memory.internal.Described;
import java.util.Arrays;
import java.util.Map;

/**
 * A function that turns similarities into the weights with which the stored patterns are mixed; it separates the most similar patterns from
 * the rest.
 *
 * <p>Some give the most similar pattern the weight 1 and all others 0, exactly, as soon as its similarity exceeds theirs by a {@link #margin}:
 * its values come back to the last bit, after one step.
 *
 * <table>
 * <caption>Similarity by which the best must exceed the second to be retrieved exactly</caption>
 * <tr><td>{@link Sparsemax}</td><td>1/β</td></tr>
 * <tr><td>{@link Entmax}</td><td>1/((α - 1) β)</td></tr>
 * <tr><td>{@link Normmax}</td><td>1/β, whatever α</td></tr>
 * <tr><td>{@link Epanechnikov}</td><td>2/β, for a cue that is in reach of a pattern</td></tr>
 * <tr><td>{@link Max}</td><td>0</td></tr>
 * <tr><td>{@link Softmax}, {@link Polynomial}, {@link Identity}</td><td>none is enough</td></tr>
 * </table>
 */
public sealed interface Separation {
    /**
     * exp(β s) / Σ exp(β s): at β → 0 all patterns count alike, at β → ∞ only the best.
     *
     * @param beta β, positive and finite
     */
    record Softmax(double beta) implements Separation {
        public Softmax {
            requireBeta(beta);
        }

        @Override
        public Map<String, String> describe() {
            return Described.of("separation", "softmax", "beta", beta);
        }

        @Override
        public void weigh(double[] s) {
            double best = Arrays.stream(s).max().orElse(0);
            for (int i = 0; i < s.length; i++) {
                s[i] = Math.exp(beta * (s[i] - best));
            }
            divideBySum(s);
        }
    }

    /**
     * The point of the simplex (weights at least 0 that sum to 1) nearest to β s: most patterns get exactly 0 (Martins and Astudillo 2016).
     *
     * @param beta β, positive and finite
     */
    record Sparsemax(double beta) implements Separation {
        public Sparsemax {
            requireBeta(beta);
        }

        @Override
        public Map<String, String> describe() {
            return Described.of("separation", "sparsemax", "beta", beta);
        }

        @Override
        public void weigh(double[] s) {
            double best = Arrays.stream(s).max().orElse(0);
            for (int i = 0; i < s.length; i++) {
                s[i] = beta * (s[i] - best);
            }
            double cut = Threshold.of(s, 1);
            for (int i = 0; i < s.length; i++) {
                s[i] = Math.max(0, s[i] - cut);
            }
        }

        @Override
        public double margin() {
            return 1 / beta;
        }
    }

    /**
     * The weights p that maximise β p·s + H(p), where H is Tsallis's α-entropy (1 - Σ p^α) / (α (α - 1)): sparser the larger α, from softmax
     * at α → 1 over 1.5 to {@link Sparsemax} at 2.
     *
     * <pre>
     *   p_i = max(0, (α - 1) β s_i - τ)^(1/(α - 1)),   Σ p_i = 1
     * </pre>
     *
     * <p>Sources: Peters, Niculae and Martins 2019, "Sparse Sequence-to-Sequence Models", Eq. 10; in Hopfield networks Santos et al. 2024,
     * "Sparse and Structured Hopfield Networks".
     *
     * @param alpha α, above 1
     * @param beta β, positive and finite
     */
    record Entmax(double alpha, double beta) implements Separation {
        public Entmax {
            requireAlpha(alpha);
            requireBeta(beta);
        }

        @Override
        public Map<String, String> describe() {
            return Described.of("separation", "entmax", "alpha", alpha, "beta", beta);
        }

        @Override
        public void weigh(double[] s) {
            cutOff(s, (alpha - 1) * beta, 1 / (alpha - 1), 1 / (alpha - 1));
        }

        @Override
        public double margin() {
            return 1 / ((alpha - 1) * beta);
        }
    }

    /**
     * The weights p that maximise β p·s + 1 - |p|_α, where |p|_α is the α-norm: those that are not 0 are more alike than those of {@link
     * Entmax}.
     *
     * <pre>
     *   p_i = max(0, β s_i - τ)^(1/(α - 1)) / Σ_j max(0, β s_j - τ)^(1/(α - 1)),   Σ_j max(0, β s_j - τ)^(α/(α - 1)) = 1
     * </pre>
     *
     * <p>Sources: Blondel, Martins and Niculae 2020, "Learning with Fenchel-Young losses", norm entropies; Santos et al. 2024,
     * "Hopfield-Fenchel-Young Networks".
     *
     * @param alpha α, above 1
     * @param beta β, positive and finite
     */
    record Normmax(double alpha, double beta) implements Separation {
        public Normmax {
            requireAlpha(alpha);
            requireBeta(beta);
        }

        @Override
        public Map<String, String> describe() {
            return Described.of("separation", "normmax", "alpha", alpha, "beta", beta);
        }

        @Override
        public void weigh(double[] s) {
            cutOff(s, beta, alpha / (alpha - 1), 1 / (alpha - 1));
        }

        @Override
        public double margin() {
            return 1 / beta;
        }
    }

    /**
     * Epanechnikov's kernel over its sum, of similarities that are squared distances: a pattern counts within a distance of √(2/β) of the cue,
     * and the more the nearer. A cue out of reach of all patterns tells nothing, and all count alike.
     *
     * <pre>
     *   p_i ∝ max(0, 1 - β/2 |x_i - q|²)        E = -1/β log Σ max(0, 1 - β/2 |x_i - q|²)
     * </pre>
     *
     * <p>E is the log-sum-ReLU energy, and is lowest at x_i where no other pattern is within √(2/β) of it: a stored pattern is retrieved exactly
     * when its distance to every other is at least that. A cue at a distance r below √(2/β) is led to x_i exactly, in one step, when all
     * others are r + √(2/β) from x_i or more. Where several patterns are in reach, E falls towards their plain mean; these weights prefer the
     * nearer ones and need not lower it.
     *
     * <p>Source: Hoover et al. 2025, "Dense associative memory with Epanechnikov energy".
     *
     * @param beta β, positive and finite
     */
    record Epanechnikov(double beta) implements Separation {
        public Epanechnikov {
            requireBeta(beta);
        }

        @Override
        public Map<String, String> describe() {
            return Described.of("separation", "epanechnikov", "beta", beta);
        }

        @Override
        public void weigh(double[] s) {
            double best = Arrays.stream(s).max().orElse(0);
            boolean inReach = 1 + beta / 2 * best > 0;
            for (int i = 0; i < s.length; i++) {
                s[i] = inReach ? Math.max(0, 1 + beta / 2 * s[i]) : 1;
            }
            divideBySum(s);
        }

        @Override
        public double margin() {
            return 2 / beta;
        }
    }

    /** 1 for the most similar pattern, the first of several, and 0 for the others. */
    record Max() implements Separation {
        @Override
        public Map<String, String> describe() {
            return Map.of("separation", "max");
        }

        @Override
        public void weigh(double[] s) {
            int best = 0;
            for (int i = 1; i < s.length; i++) {
                best = s[i] > s[best] ? i : best;
            }
            Arrays.fill(s, 0);
            s[best] = 1;
        }

        @Override
        public double margin() {
            return 0;
        }
    }

    /**
     * max(0, s)^degree over its sum: Krotov and Hopfield's dense memory, made a mixture. Where no similarity is positive all patterns count
     * alike.
     *
     * @param degree at least 1
     */
    record Polynomial(int degree) implements Separation {
        public Polynomial {
            if (degree < 1) {
                throw new IllegalArgumentException(
                        "The degree of the polynomial (%d) must be at least 1.".formatted(degree));
            }
        }

        @Override
        public Map<String, String> describe() {
            return Described.of("separation", "polynomial", "degree", degree);
        }

        @Override
        public void weigh(double[] s) {
            double best = Arrays.stream(s).max().orElse(0);
            for (int i = 0; i < s.length; i++) {
                s[i] = best > 0 ? Math.pow(Math.max(0, s[i] / best), degree) : 1;
            }
            divideBySum(s);
        }
    }

    /** The similarities as they are, not made to sum to 1: the correlation matrix memory when the similarity is the dot product. */
    record Identity() implements Separation {
        @Override
        public Map<String, String> describe() {
            return Map.of("separation", "identity");
        }

        @Override
        public void weigh(double[] s) {}
    }

    static Separation softmax(double beta) {
        return new Softmax(beta);
    }

    static Separation sparsemax(double beta) {
        return new Sparsemax(beta);
    }

    static Separation entmax(double alpha, double beta) {
        return new Entmax(alpha, beta);
    }

    static Separation normmax(double alpha, double beta) {
        return new Normmax(alpha, beta);
    }

    static Separation epanechnikov(double beta) {
        return new Epanechnikov(beta);
    }

    static Separation max() {
        return new Max();
    }

    static Separation polynomial(int degree) {
        return new Polynomial(degree);
    }

    static Separation identity() {
        return new Identity();
    }

    /** Overwrites the similarities of one cue, one for each pattern and at least one, with the patterns' weights. */
    void weigh(double[] similarities);

    /** {@link #weigh} for every cue, [cues, patterns]. */
    default void weighAll(DoubleMatrix similarities) {
        int n = similarities.columns();
        double[] weights = new double[n];
        for (int cue = 0; cue < similarities.rows(); cue++) {
            System.arraycopy(similarities.data(), cue * n, weights, 0, n);
            weigh(weights);
            System.arraycopy(weights, 0, similarities.data(), cue * n, n);
        }
    }

    /**
     * By how much the best similarity must exceed all others for exactly the weights 1 and 0; infinite where no excess is enough. One at least
     * as large is enough, but for {@link Max}, where the first of several alike is the best.
     */
    default double margin() {
        return Double.POSITIVE_INFINITY;
    }

    /** The name, under {@code separation}, and the parameters under their own, as words and numbers that read back unchanged. */
    Map<String, String> describe();

    /** max(0, scale s - τ)^power over its sum, where Σ max(0, scale s - τ)^q = 1. */
    private static void cutOff(double[] s, double scale, double q, double power) {
        double best = Arrays.stream(s).max().orElse(0);
        for (int i = 0; i < s.length; i++) {
            s[i] = scale * (s[i] - best);
        }
        double cut = Threshold.of(s, q);
        for (int i = 0; i < s.length; i++) {
            s[i] = Math.pow(Math.max(0, s[i] - cut), power);
        }
        divideBySum(s);
    }

    private static void divideBySum(double[] s) {
        double sum = 0;
        for (double weight : s) {
            sum += weight;
        }
        for (int i = 0; i < s.length; i++) {
            s[i] /= sum;
        }
    }

    private static void requireAlpha(double alpha) {
        if (!(alpha > 1) || Double.isInfinite(alpha)) {
            throw new IllegalArgumentException(
                    "The exponent α (%s) must be above 1 and finite. Maybe use Separation.softmax(β), the limit of entmax at 1."
                            .formatted(alpha));
        }
    }

    private static void requireBeta(double beta) {
        if (!(beta > 0) || Double.isInfinite(beta)) {
            throw new IllegalArgumentException(
                    "The inverse temperature β (%s) must be positive and finite. Maybe use Separation.max() for the limit of a large one."
                            .formatted(beta));
        }
    }
}
