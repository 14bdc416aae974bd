package dev.engram.learning;

import dev.engram.linalg.Matrix;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The noise z that makes the patterns' top layers differ at the start of learning.
 *
 * <p>Where there are no more patterns than nodes the rows are at right angles to each other. Completion ends at the state nearest to b that
 * fits what is known; with orthogonal codes that is the mixture of the fewest patterns (docs/decisions/002-codes-and-weights.md). They are
 * rows of the cosine transform, drawn without repetition, each row and column with a random sign:
 *
 * <pre>
 *   z_ij = std √2 s_i t_j cos(π (2j + 1) k_i / 2n),   s, t ∈ {-1, 1},   k_i ≥ 1 all different (and one row of ± std where N = n)
 * </pre>
 *
 * <p>That costs N·n; orthogonalising normal noise would cost N²·n and change nothing that learning depends on, the products of the rows.
 * More patterns than nodes get independent normal noise.
 *
 * @param noise [patterns, nodes]
 * @param squaredLength of every row, where all are at right angles to each other; else 0
 */
public record StartCodes(Matrix noise, double squaredLength) {
    /** Draws them. */
    static StartCodes draw(int patterns, int nodes, double std, long seed) {
        return draw(patterns, nodes, std, seed, 0, patterns);
    }

    /** Those of some of the patterns, from (inclusive) to (exclusive); costs what those before them cost. */
    static StartCodes draw(int patterns, int nodes, double std, long seed, int from, int to) {
        Matrix noise = Matrix.zeros(to - from, nodes);
        SplittableRandom random = new SplittableRandom(seed);
        if (std == 0) {
            return new StartCodes(noise, 0);
        }
        if (patterns > nodes) {
            for (long before = (long) from * nodes; before > 0; before--) {
                random.nextGaussian();
            }
            for (int i = 0; i < noise.data().length; i++) {
                noise.data()[i] = (float) (std * random.nextGaussian());
            }
            return new StartCodes(noise, 0);
        }
        double[] signed = IntStream.range(0, nodes)
                .mapToDouble(j -> random.nextBoolean() ? std : -std)
                .toArray();
        double[] cosine = IntStream.range(0, 4 * nodes)
                .mapToDouble(k -> Math.sqrt(2) * Math.cos(Math.PI * k / (2 * nodes)))
                .toArray();
        int[] frequency = shuffled(nodes, random);
        for (int i = 0; i < to; i++) {
            int sign = random.nextBoolean() ? 1 : -1;
            for (int j = 0; j < nodes && i >= from; j++) {
                int angle = (int) ((2L * j + 1) * frequency[i] % cosine.length);
                noise.set(i - from, j, (float) (sign * signed[j] * (frequency[i] == 0 ? 1 : cosine[angle])));
            }
        }
        return new StartCodes(noise, nodes * std * std);
    }

    /** 1 .. n-1 and last 0, in a random order but for the last. */
    private static int[] shuffled(int n, SplittableRandom random) {
        int[] order = IntStream.range(0, n).map(i -> i + 1 == n ? 0 : i + 1).toArray();
        for (int i = n - 2; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        return order;
    }
}
