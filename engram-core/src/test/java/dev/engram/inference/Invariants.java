package dev.engram.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

/** Watches an inference and fails the test when an energy is not finite, is negative, or rises within a stage of the annealing. */
public final class Invariants implements InferenceObserver {
    private static final double ROUNDING = 1e-5;

    private double[] before = new double[0];
    private double lambda = Double.NaN;
    private int steps;

    @Override
    public boolean onStep(InferenceStep step) {
        double[] now = Arrays.stream(step.energy())
                .mapToDouble(cue -> Arrays.stream(cue).sum())
                .toArray();
        for (int cue = 0; cue < now.length; cue++) {
            assertThat(now[cue])
                    .as("energy of cue %d at step %d", cue, step.step())
                    .isFinite()
                    .isNotNegative();
            boolean begun = before.length == now.length && before[cue] != 0; // cues with another mask come later
            if (step.priorPrecision() == lambda && begun) {
                assertThat(now[cue])
                        .as("energy of cue %d at step %d", cue, step.step())
                        .isLessThanOrEqualTo(before[cue] + ROUNDING * (before[cue] + 1e-3));
            }
        }
        before = now;
        lambda = step.priorPrecision();
        steps++;
        return true;
    }

    /** How many steps were watched. */
    public int steps() {
        return steps;
    }
}
