package dev.engram.experiments.comparison;

import dev.engram.linalg.Matrix;
import dev.engram.memory.Score;
import java.util.Arrays;

/**
 * How well a memory answered one kind of damage.
 *
 * @param asked how many cues were shown
 * @param recovered fraction of the patterns with an error below the damage's threshold
 * @param medianError of the patterns' mean squared errors
 * @param worstError the largest of them
 * @param secondsPerRecall of all cues together, by their number
 * @param shown the answers to a few of the cues, to be looked at
 */
public record Answered(
        int asked, double recovered, double medianError, double worstError, double secondsPerRecall, Matrix shown) {

    static Answered of(Score score, double threshold, double seconds, Matrix shown) {
        double[] errors = score.errors().clone();
        Arrays.sort(errors);
        int n = errors.length;
        double median = n % 2 == 1 ? errors[n / 2] : 0.5 * (errors[n / 2 - 1] + errors[n / 2]);
        return new Answered(n, score.recoveredFraction(threshold), median, errors[n - 1], seconds / n, shown);
    }
}
