package dev.engram.experiments.hopfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.hopfield.HopfieldNetwork;
import dev.engram.memory.hopfield.HopfieldOptions;
import dev.engram.memory.hopfield.HopfieldRule;
import dev.engram.memory.hopfield.PredictiveHopfield;
import dev.engram.memory.hopfield.PredictiveHopfieldOptions;
import org.junit.jupiter.api.Test;

/** One pattern of eight units, and a cue with one of them flipped. */
class RecalledTest {
    private static final Matrix PATTERN = Matrix.wrap(1, 8, 1, 0, 1, 1, 0, 0, 0, 1);
    private static final Matrix CUE = Matrix.wrap(1, 8, 1, 0, 1, 0, 0, 0, 0, 1);
    private final LinearAlgebra la = LinearAlgebra.shared();

    /** W = (s sᵀ - I) / 8, so E = -½ ((s·c)² - 8) / 8: s·c is 6 for the cue and 8 at the end. */
    @Test
    void signsFallToThePattern() {
        HopfieldNetwork network =
                HopfieldNetwork.learn(PATTERN, HopfieldOptions.defaults().withRule(HopfieldRule.HEBB));
        Recalled recalled = Recalled.bySigns(network, CUE, la);
        assertThat(recalled.answers()).isEqualTo(PATTERN);
        assertThat(recalled.energy()).hasSize(2);
        assertThat(recalled.energy()[0]).isCloseTo(-1.75, within(1e-6));
        assertThat(recalled.energy()[1]).isCloseTo(-3.5, within(1e-6));
        assertThat(recalled.descent()).isEqualTo(new Descent(1, 0, 0));
    }

    /**
     * Symmetric weights without a diagonal that predict one pattern: 10/7 s sᵀ off it. Shown whole it has no energy; with unit 3 flipped every
     * other is predicted by 5/7 of what it should be, and unit 3 rightly, at a distance of 20.
     */
    @Test
    void inferenceStartsFromTheCuesEnergy() {
        PredictiveHopfieldOptions options = PredictiveHopfieldOptions.defaults();
        PredictiveHopfield trained = PredictiveHopfield.learn(PATTERN, options, la);
        Recalled whole = Recalled.byInference(trained, PATTERN);
        assertThat(whole.answers()).isEqualTo(PATTERN);
        assertThat(whole.energy()[0]).isCloseTo(0, within(1e-3));
        assertThat(whole.descent().rises()).isZero();
        Recalled cue = Recalled.byInference(trained, CUE);
        double others = 10 * 2.0 / 7;
        assertThat(cue.energy()).hasSize(options.steps() + 1);
        assertThat(cue.energy()[0]).isCloseTo(0.5 * (7 * others * others + 20 * 20), within(0.1));
        assertThat(cue.descent().rises()).isZero();
    }
}
