package dev.engram.memory.attractor;

import dev.engram.linalg.Matrix;
import dev.engram.memory.Recall;
import dev.engram.memory.internal.DamagedSearch;
import java.util.function.Function;

/**
 * Recall from cues with a damaged part that is not marked. The precision of every value is inferred with the pattern:
 *
 * <pre>
 *   ½ Σ_j min(ε_j², τ) = min over k of ½ Σ_j (k_j ε_j² + (1 - k_j) τ),   k_j ∈ {0, 1}
 * </pre>
 *
 * <p>Values with k_j = 0 are not trusted: as free sensory nodes they follow their prediction. k, the pattern and these nodes are improved
 * in turn, from what the likeliest code generates ({@link DamagedSearch}); no step raises the energy.
 */
final class Recovery {
    private final int rounds;
    private final double truncation; // τ
    private final Function<Matrix, Recall> inner; // recall from whole cues

    /**
     * The result of a recovery.
     *
     * @param trust k, [cues, values]
     */
    record Result(Recall recall, Matrix trust) {}

    Recovery(int rounds, double truncation, Function<Matrix, Recall> inner) {
        this.rounds = rounds;
        this.truncation = truncation;
        this.inner = inner;
    }

    /** @param guess the patterns to begin with, [cues, values] */
    Result run(Matrix cues, Matrix guess) {
        Matrix trust = trusted(cues, guess);
        Recall recall = Recall.closedForm(guess, new double[cues.rows()]);
        for (int round = 0; round < rounds; round++) {
            recall = inner.apply(repaired(cues, trust, recall.patterns()));
            Matrix next = trusted(cues, recall.patterns());
            boolean settled = next.equals(trust);
            trust = next;
            if (settled) {
                break;
            }
        }
        return new Result(recall, trust);
    }

    private static Matrix repaired(Matrix cues, Matrix trust, Matrix prediction) {
        Matrix repaired = prediction.copy();
        for (int at = 0; at < repaired.data().length; at++) {
            if (trust.data()[at] > 0) {
                repaired.data()[at] = cues.data()[at];
            }
        }
        return repaired;
    }

    /** 1 where the squared error is below the truncation. */
    private Matrix trusted(Matrix cues, Matrix prediction) {
        Matrix trust = Matrix.zeros(cues.rows(), cues.columns());
        for (int at = 0; at < trust.data().length; at++) {
            float error = cues.data()[at] - prediction.data()[at];
            trust.data()[at] = error * error < truncation ? 1 : 0;
        }
        return trust;
    }
}
