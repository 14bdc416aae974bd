package dev.engram.memory.hopfield;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.memory.internal.Described;
import java.util.Arrays;
import java.util.Map;

/**
 * A function that turns similarities into the weights with which the stored patterns are mixed; it separates the most similar patterns from
 * the rest.
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
            double[] ascending = s.clone();
            Arrays.sort(ascending);
            double sum = 0;
            double cut = 0;
            for (int kept = 1; kept <= s.length; kept++) {
                double next = ascending[s.length - kept];
                sum += next;
                if (1 + kept * next > sum) {
                    cut = (sum - 1) / kept;
                }
            }
            for (int i = 0; i < s.length; i++) {
                s[i] = Math.max(0, s[i] - cut);
            }
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

    /** The name, under {@code separation}, and the parameter under its own, as words and numbers that read back unchanged. */
    Map<String, String> describe();

    private static void divideBySum(double[] s) {
        double sum = 0;
        for (double weight : s) {
            sum += weight;
        }
        for (int i = 0; i < s.length; i++) {
            s[i] /= sum;
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
