package dev.engram.memory;

import dev.engram.linalg.Matrix;
import java.util.List;

/** Says which stored pattern a cue is, or that it is none, by comparing it with all of them. */
public interface Identifier {
    /** How many patterns it compares with. */
    int patterns();

    /** The named patterns as they are compared with, [indices, values]. */
    Matrix pattern(int... indices);

    /**
     * Of cues with known values that are exact, or of whole cues, which may be noisy.
     *
     * @param cues [cues, values]; only read, and only where known
     */
    List<Answer> identify(Matrix cues, Mask mask);

    /** Of cues with a damaged part that is not marked. */
    List<Answer> identifyDamaged(Matrix cues);

    /** The threshold of novelty for cues of which this is known. */
    Calibration calibration(Mask mask);

    /** The threshold of novelty for cues with damage that is not marked, at nine tenths of the rate; the rest is for those that are whole after all. */
    Calibration damagedCalibration();

    /** The same at another rate of false alarms. */
    Identifier calibrated(double rate);

    /** Pairs of patterns that are so alike that they count as copies of each other, the most alike first. */
    List<LookAlikes> lookAlikes();
}
