package dev.engram.experiments.comparison;

import dev.engram.memory.Calibration;
import java.util.Arrays;

/** Thresholds of novelty from the novelty of ordinary rows. */
final class Thresholds {
    private Thresholds() {}

    /** Another row of the same kind is above it with the probability that is the calibration's rate. */
    static Calibration upper(double[] novelty, double rate) {
        Calibration lower = Calibration.of(Arrays.stream(novelty).map(n -> -n).toArray(), rate);
        return new Calibration(-lower.threshold(), lower.falseAlarmRate(), lower.heldOut());
    }
}
