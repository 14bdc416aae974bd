package dev.engram.memory;

import dev.engram.linalg.Matrix;
import java.util.Optional;

/** A memory of a distribution, such as a table's: it says how unlike the learned rows another row is, and from where on that is unusual. */
public interface NoveltyJudge {
    /**
     * How unlike the learned rows each cue is; what is NaN is missing and not looked at.
     *
     * @param cues [cues, values]; only read
     */
    double[] novelty(Matrix cues);

    /**
     * The novelty above which a row counts as new, from the learned rows, each judged by what was learned from all others. An ordinary row, one
     * that comes from where the learned rows came from, is above it with the probability {@link Calibration#falseAlarmRate}.
     *
     * @param rate of false alarms asked for, between 0 and 1
     * @return empty where nothing was kept to calibrate by, as in files of earlier versions
     */
    Optional<Calibration> ordinary(double rate);
}
