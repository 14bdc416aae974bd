package dev.engram.experiments.hopfield;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Watches the energies of cues during recall, step by step, and counts those that rise. */
final class EnergyWatch {
    private final double scale;
    private final double rounding;
    private final List<Double> means = new ArrayList<>();
    private double[] last = {};
    private Descent descent = Descent.NONE;

    /**
     * @param scale what a rise is a fraction of; positive
     * @param rounding the fraction up to which a rise is none
     */
    EnergyWatch(double scale, double rounding) {
        this.scale = scale;
        this.rounding = rounding;
    }

    /** @param energies of the same cues each time */
    void see(double[] energies) {
        for (int cue = 0; cue < last.length; cue++) {
            if (energies[cue] != last[cue]) {
                double rise = Math.max(0, (energies[cue] - last[cue]) / scale);
                // Not a number is no descent either.
                descent = descent.and(new Descent(1, rise <= rounding ? 0 : 1, rise));
            }
        }
        last = energies.clone();
        means.add(Arrays.stream(energies).average().orElse(0));
    }

    Descent descent() {
        return descent;
    }

    /** The mean energy at the start and after every step. */
    double[] means() {
        return means.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
