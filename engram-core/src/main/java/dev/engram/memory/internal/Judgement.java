package dev.engram.memory.internal;

import dev.engram.linalg.Matrix;
import dev.engram.memory.Answer;
import dev.engram.memory.LookAlikes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToDoubleFunction;

/**
 * What is said of cues that are compared with patterns μ_i over the trusted values. With i the nearest,
 *
 * <pre>
 *   t_j = (cue - μ_i)·(μ_j - μ_i) / |μ_j - μ_i|² = ½ + (E_i - E_j) / |μ_j - μ_i|²,   E_i = ½ |cue - μ_i|²
 * </pre>
 *
 * <p>is how far the cue has gone from i towards j: a difference of energies over a distance of memories, 0 for pattern i with any noise that
 * is not in the direction of another pattern, and near ½ for what lies between. The novelty is the largest t_j among the {@value #NEIGHBOURS}
 * patterns nearest to the cue but i.
 *
 * <p>Patterns that agree with i, over all values or over the trusted ones, do not enter the novelty: noise may go towards a copy as well as
 * away from it. A cue is ambiguous where one that agrees is about as probable as i,
 *
 * <pre>
 *   p_i ∝ (|x_K - μ_K|² / |K| + a)^(-min(|K|, 100)/2)
 * </pre>
 *
 * <p>over the trusted values K: the likelihood under the noise that makes it greatest, a being the mean squared difference at
 * which patterns agree; no more than a hundred values are
 * counted, since neighbours in a picture say the same.
 */
public final class Judgement {
    private static final int NEIGHBOURS = 16;
    private static final int MOST_CANDIDATES = 256;
    private static final double IMPROBABLE = 0.05; // of the likeliest; what is below it is no candidate
    private static final int MOST_EVIDENCE = 100; // values that count: those of a picture are not independent

    private final References references;
    private final Trust trust;
    private final double agreement;
    private final Cue[] cues;

    /**
     * Kept of a cue.
     *
     * @param nearest the nearest pattern
     * @param candidates the nearest and what is about as probable, the likeliest first
     * @param isAmbiguous whether one of these agrees with the nearest
     * @param isCopy whether the pattern that was left out agrees with the nearest in all values
     */
    private record Cue(
            int nearest, double novelty, List<Answer.Candidate> candidates, boolean isAmbiguous, boolean isCopy) {}

    /**
     * @param errors the cues' {@link References#squaredErrors} over the trusted values, 2 E; [cues, patterns]
     * @param agreement the mean squared difference at which patterns agree; {@link LookAlikes#TOLERANCE} of their variance where that is less
     */
    public Judgement(References references, Matrix errors, Trust trust, double agreement) {
        this(references, errors, trust, agreement, Optional.empty());
    }

    /** @param excluded a pattern for each cue that is left out: the cue itself */
    public Judgement(References references, Matrix errors, Trust trust, double agreement, Optional<int[]> excluded) {
        this.references = references;
        this.trust = trust;
        this.agreement = references.agreement(agreement);
        this.cues = new Cue[errors.rows()];
        references
                .la()
                .parallel(cues.length, cue -> cues[cue] = judge(cue, errors.row(cue), excluded.map(of -> of[cue])));
    }

    private Cue judge(int cue, float[] errors, Optional<Integer> excluded) {
        excluded.ifPresent(own -> errors[own] = Float.POSITIVE_INFINITY);
        NearestFirst order = new NearestFirst(errors);
        int nearest = order.next();
        double known = trust.known(cue);
        double most = 0;
        int others = 0;
        List<Integer> walked = new ArrayList<>(List.of(nearest));
        Set<Integer> agreeing = new HashSet<>();
        while (order.hasNext() && others < NEIGHBOURS && walked.size() < MOST_CANDIDATES) {
            int j = order.next();
            if (errors[j] == Float.POSITIVE_INFINITY) {
                break;
            }
            walked.add(j);
            double apart = references.squaredDistance(nearest, j, trust, cue);
            if (apart <= agreement * known || isCopy(nearest, j)) {
                agreeing.add(j);
            } else {
                others++;
                most = Math.max(most, 0.5 + 0.5 * (errors[nearest] - errors[j]) / apart);
            }
        }
        boolean isCopy = excluded.isPresent() && isCopy(nearest, excluded.get());
        List<Answer.Candidate> candidates = candidates(errors, walked, known);
        boolean isAmbiguous = candidates.stream().anyMatch(c -> agreeing.contains(c.index()));
        return new Cue(nearest, most, candidates, isAmbiguous, isCopy);
    }

    private boolean isCopy(int i, int j) {
        return references.squaredDistance(i, j) <= agreement * references.values();
    }

    /** @param walked patterns, the nearest first */
    private List<Answer.Candidate> candidates(float[] errors, List<Integer> walked, double known) {
        double floor = agreement + Double.MIN_NORMAL;
        double counted = Math.min(known, MOST_EVIDENCE);
        double least = errors[walked.get(0)] / Math.max(1, known) + floor;
        double[] p = new double[walked.size()];
        double sum = 0;
        for (int k = 0; k < p.length; k++) {
            double ratio = (errors[walked.get(k)] / Math.max(1, known) + floor) / least;
            p[k] = Math.exp(-0.5 * counted * Math.log(ratio));
            sum += p[k];
        }
        List<Answer.Candidate> candidates = new ArrayList<>();
        for (int k = 0; k < p.length; k++) {
            if (k == 0 || p[k] >= IMPROBABLE * p[0]) {
                candidates.add(new Answer.Candidate(walked.get(k), p[k] / sum));
            }
        }
        return candidates;
    }

    /** The novelty of every cue. */
    public double[] novelty() {
        double[] novelty = new double[cues.length];
        for (int cue = 0; cue < cues.length; cue++) {
            novelty[cue] = cues[cue].novelty;
        }
        return novelty;
    }

    /** The nearest pattern of a cue. */
    public int nearest(int cue) {
        return cues[cue].nearest;
    }

    /** Whether the pattern that was left out has a copy. */
    boolean isCopy(int cue) {
        return cues[cue].isCopy;
    }

    /** Whether a cue is one of several patterns, if it is familiar. */
    boolean isAmbiguous(int cue) {
        return cues[cue].isAmbiguous;
    }

    /** What is said of every cue. */
    public List<Answer> answers(IntToDoubleFunction threshold) {
        List<Answer> answers = new ArrayList<>();
        for (int k = 0; k < cues.length; k++) {
            answers.add(answer(cues[k], threshold.applyAsDouble(k)));
        }
        return answers;
    }

    /**
     * What is said of every cue, where it was decided otherwise which are familiar, and these values are what was not let go.
     *
     * @param novelty per cue
     */
    public List<Answer> answers(boolean[] familiar, double[] novelty) {
        List<Answer> answers = new ArrayList<>();
        for (int k = 0; k < cues.length; k++) {
            answers.add(familiar[k] ? familiar(cues[k]) : new Answer.Unfamiliar(novelty[k], cues[k].candidates));
        }
        return answers;
    }

    private static Answer answer(Cue cue, double threshold) {
        return cue.novelty > threshold ? new Answer.Unfamiliar(cue.novelty, cue.candidates) : familiar(cue);
    }

    private static Answer familiar(Cue cue) {
        return cue.isAmbiguous
                ? new Answer.Ambiguous(cue.candidates)
                : new Answer.Recalled(cue.nearest, 0.5 - cue.novelty, cue.candidates);
    }
}
