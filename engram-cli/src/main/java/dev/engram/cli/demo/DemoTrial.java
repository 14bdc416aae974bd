package dev.engram.cli.demo;

import dev.engram.linalg.Matrix;
import dev.engram.memory.Recall;
import dev.engram.memory.Score;

/**
 * One kind of damage in the demo, and what three memories made of it.
 *
 * @param name of the damage
 * @param cues as they were shown, missing values black
 * @param threshold below which a pattern counts as recovered
 * @param sensoryEnergy of all cues together after each inference step of the predictive-coding memory
 * @param priorEnergy the same of the top layer, at the prior precision in force
 */
record DemoTrial(
        String name,
        Matrix cues,
        double threshold,
        Scored engram,
        Scored affineSpan,
        Scored nearestNeighbour,
        double[] sensoryEnergy,
        double[] priorEnergy) {

    /**
     * What one memory answered.
     *
     * @param recovered how many patterns came back below the threshold
     * @param seconds for all cues together
     */
    record Scored(Recall recall, Score score, int recovered, double seconds) {
        static Scored of(Matrix originals, Recall recall, double threshold, double seconds) {
            Score score = Score.of(originals, recall.patterns());
            return new Scored(recall, score, score.recovered(threshold), seconds);
        }
    }
}
