package dev.engram.memory.attractor;

import dev.engram.linalg.Matrix;
import dev.engram.memory.Answer;
import java.util.ArrayList;
import java.util.Arrays;
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
 *
 * <p>Kept is the nearest code, the novelty and what is like the nearest, per cue; while it is made, two matrices [cues, codes].
 */
final class Judgement {
    private static final int NONE = -1;

    private final int[] nearest;
    private final double[] novelty;
    private final int[][] alike; // beside the nearest, in the order of their errors

    /**
     * @param errors the cues' {@link Reconstructions#squaredErrors} over the trusted values, 2 E; [cues, codes]
     * @param tolerance patterns whose mean squared difference over the trusted values is at most this are not told apart
     */
    Judgement(Reconstructions reconstructions, Matrix errors, Trust trust, double tolerance) {
        this(reconstructions, errors, trust, tolerance, nothing(errors.rows()));
    }

    /** @param excluded a code for each cue that is left out, or -1 */
    Judgement(Reconstructions reconstructions, Matrix errors, Trust trust, double tolerance, int[] excluded) {
        int n = errors.rows();
        this.nearest = new int[n];
        this.novelty = new double[n];
        this.alike = new int[n][];
        reconstructions.la().parallel(n, cue -> nearest[cue] = nearest(errors, cue, excluded[cue]));
        int[] known = Arrays.stream(nearest).map(i -> Math.max(0, i)).toArray();
        Matrix apart = reconstructions.squaredErrors(reconstructions.of(known), trust); // |μ_j - μ_i|² for each cue's i
        reconstructions.la().parallel(n, cue -> judge(cue, errors, apart, excluded[cue], tolerance * trust.known(cue)));
    }

    private static int[] nothing(int cues) {
        int[] none = new int[cues];
        Arrays.fill(none, NONE);
        return none;
    }

    private static int nearest(Matrix errors, int cue, int excluded) {
        int nearest = NONE;
        for (int i = 0; i < errors.columns(); i++) {
            if (i != excluded && (nearest == NONE || errors.get(cue, i) < errors.get(cue, nearest))) {
                nearest = i;
            }
        }
        return nearest;
    }

    private void judge(int cue, Matrix errors, Matrix apart, int excluded, double agreement) {
        List<Integer> candidates = new ArrayList<>();
        double most = 0;
        for (int j = 0; j < errors.columns(); j++) {
            double distance = apart.get(cue, j);
            if (j == nearest[cue] || j == excluded) {
                continue;
            }
            if (distance <= agreement) {
                candidates.add(j);
            } else {
                double towards = 0.5 + 0.5 * (errors.get(cue, nearest[cue]) - errors.get(cue, j)) / distance;
                most = Math.max(most, towards);
            }
        }
        novelty[cue] = most;
        candidates.sort(Comparator.comparingDouble(j -> errors.get(cue, j)));
        alike[cue] = candidates.stream().mapToInt(j -> j).toArray();
    }

    double[] novelty() {
        return novelty;
    }

    /** What is said of every cue. */
    List<Answer> answers(double threshold) {
        List<Answer> answers = new ArrayList<>();
        for (int cue = 0; cue < novelty.length; cue++) {
            answers.add(answer(cue, threshold));
        }
        return answers;
    }

    private Answer answer(int cue, double threshold) {
        List<Answer.Candidate> candidates = new ArrayList<>();
        double each = 1.0 / (1 + alike[cue].length);
        candidates.add(new Answer.Candidate(nearest[cue], each));
        Arrays.stream(alike[cue]).forEach(i -> candidates.add(new Answer.Candidate(i, each)));
        if (novelty[cue] > threshold) {
            return new Answer.Unfamiliar(novelty[cue], candidates);
        }
        return alike[cue].length == 0
                ? new Answer.Recalled(nearest[cue], 0.5 - novelty[cue], candidates)
                : new Answer.Ambiguous(candidates);
    }
}
