package dev.engram.experiments.salvatori;

import dev.engram.linalg.Matrix;
import dev.engram.memory.Score;

/** The best of the answers that a memory gives when its answer is shown to it again: most patterns recovered, then the least error. */
final class BestAnswer {
    private final double threshold;
    private Matrix answer;
    private int iterations = 1;
    private int most = -1;
    private double least = Double.POSITIVE_INFINITY;

    /** @param first what stands as long as nothing is offered */
    BestAnswer(double threshold, Matrix first) {
        this.threshold = threshold;
        this.answer = first;
    }

    /** @param after how many iterations */
    void offer(Score score, Matrix offered, int after) {
        int recovered = score.recovered(threshold);
        if (recovered > most || recovered == most && score.mean() < least) {
            most = recovered;
            least = score.mean();
            answer = offered;
            iterations = after;
        }
    }

    Matrix answer() {
        return answer;
    }

    int iterations() {
        return iterations;
    }
}
