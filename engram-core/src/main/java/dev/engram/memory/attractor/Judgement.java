package dev.engram.memory.attractor;

import dev.engram.linalg.Matrix;
import dev.engram.memory.Answer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Compares cues with the reconstructions μ_i from all codes, over the trusted values. With i the nearest,
 *
 * <pre>
 *   t_j = (cue - μ_i)·(μ_j - μ_i) / |μ_j - μ_i|² = ½ + (E_i - E_j) / |μ_j - μ_i|²,   E_i = ½ |cue - μ_i|²
 * </pre>
 *
 * <p>is how far the cue has gone from i towards j: a difference of energies over a distance of memories, 0 for pattern i with any noise that
 * is not in the direction of another pattern, and near ½ for what lies between. The largest t_j is the novelty.
 */
final class Judgement {
    private final Matrix errors; // 2 E, [cues, codes]
    private final Matrix apart; // |μ_j - μ_i|² for each cue's i
    private final int[] nearest;
    private final double[] novelty;
    private final List<List<Integer>> alike = new ArrayList<>();

    /**
     * @param errors the cues' {@link Reconstructions#squaredErrors} over the trusted values
     * @param excluded a code for each cue that is left out, or -1
     * @param tolerance patterns whose mean squared difference over the trusted values is at most this are not told apart
     */
    Judgement(Reconstructions reconstructions, Matrix errors, Matrix trust, int[] excluded, double tolerance) {
        this.errors = errors;
        int n = errors.rows();
        this.nearest = new int[n];
        this.novelty = new double[n];
        Matrix best = Matrix.zeros(n, trust.columns());
        for (int cue = 0; cue < n; cue++) {
            nearest[cue] = -1;
            for (int i = 0; i < reconstructions.size(); i++) {
                if (i != excluded[cue] && (nearest[cue] < 0 || errors.get(cue, i) < errors.get(cue, nearest[cue]))) {
                    nearest[cue] = i;
                }
            }
            if (nearest[cue] >= 0) {
                System.arraycopy(
                        reconstructions.pattern(nearest[cue]), 0, best.data(), cue * trust.columns(), trust.columns());
            }
        }
        this.apart = reconstructions.squaredErrors(best, trust);
        for (int cue = 0; cue < n; cue++) {
            judge(cue, excluded[cue], tolerance * trusted(trust, cue));
        }
    }

    private static double trusted(Matrix trust, int cue) {
        double sum = 0;
        for (int j = 0; j < trust.columns(); j++) {
            sum += trust.get(cue, j);
        }
        return sum;
    }

    private void judge(int cue, int excluded, double agreement) {
        List<Integer> candidates = new ArrayList<>();
        for (int j = 0; j < errors.columns(); j++) {
            double distance = apart.get(cue, j);
            if (j == nearest[cue] || j == excluded) {
                continue;
            }
            if (distance <= agreement) {
                candidates.add(j);
            } else {
                double towards = 0.5 + 0.5 * (errors.get(cue, nearest[cue]) - errors.get(cue, j)) / distance;
                novelty[cue] = Math.max(novelty[cue], towards);
            }
        }
        candidates.sort(Comparator.comparingDouble(j -> errors.get(cue, j)));
        alike.add(candidates);
    }

    double[] novelty() {
        return novelty;
    }

    Answer answer(int cue, double threshold) {
        if (novelty[cue] > threshold) {
            return new Answer.Unfamiliar(novelty[cue]);
        }
        if (alike.get(cue).isEmpty()) {
            return new Answer.Recalled(nearest[cue], 0.5 - novelty[cue]);
        }
        List<Integer> candidates = new ArrayList<>(List.of(nearest[cue]));
        candidates.addAll(alike.get(cue));
        return new Answer.Ambiguous(candidates);
    }
}
