package dev.engram.memory.boltzmann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.memory.Settings;
import dev.engram.memory.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoltzmannOptionsTest {
    private static final BoltzmannOptions DEFAULTS = BoltzmannOptions.defaults();

    @Test
    void everyOptionCanBeChangedAlone() {
        BoltzmannOptions all = DEFAULTS.withHidden(3, 7)
                .withNoise(0.5)
                .withUpdates(4)
                .withSweeps(2)
                .withLearningRate(0.25)
                .withRest(9, 0.125)
                .withSeed(5);
        assertThat(all).isEqualTo(new BoltzmannOptions(3, 7, 0.5, 4, 2, 0.25, 9, 0.125, 5));
        assertThat(all.describe())
                .containsExactly(
                        Map.entry("hidden_layers", "3"),
                        Map.entry("hidden", "7"),
                        Map.entry("noise", "0.5"),
                        Map.entry("updates", "4"),
                        Map.entry("sweeps", "2"),
                        Map.entry("learning_rate", "0.25"),
                        Map.entry("iterations", "9"),
                        Map.entry("tolerance", "0.125"));
        assertThat(DEFAULTS.describe()).containsEntry("hidden", "auto").containsEntry("hidden_layers", "2");
    }

    @Test
    void optionsWithoutMeaningAreRefused() {
        assertThatThrownBy(() -> DEFAULTS.withHidden(0, 7)).hasMessageContaining("hidden layers (0)");
        assertThatThrownBy(() -> DEFAULTS.withHidden(1, -1)).hasMessageContaining("hidden units (-1)");
        assertThatThrownBy(() -> DEFAULTS.withUpdates(0)).hasMessageContaining("Updates (0)");
        assertThatThrownBy(() -> DEFAULTS.withSweeps(0)).hasMessageContaining("sweeps (0)");
        assertThatThrownBy(() -> DEFAULTS.withRest(0, 0)).hasMessageContaining("iterations (0)");
        for (double value : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> DEFAULTS.withNoise(value)).hasMessageContaining("noise");
            assertThatThrownBy(() -> DEFAULTS.withLearningRate(value)).hasMessageContaining("learning rate");
        }
        for (double tolerance : new double[] {-1, Double.NaN}) {
            assertThatThrownBy(() -> DEFAULTS.withRest(1, tolerance)).hasMessageContaining("at least 0");
        }
        assertThat(DEFAULTS.withRest(1, 0).withUpdates(1).tolerance()).isZero();
    }

    @Test
    void sizesFollowThePatterns() {
        assertThat(DEFAULTS.hiddenFor(16)).isEqualTo(64);
        assertThat(DEFAULTS.hiddenFor(17)).isEqualTo(68);
        assertThat(DEFAULTS.withHidden(1, 7).hiddenFor(17)).isEqualTo(7);
        // The weights of 200 units for each of 150,528 values, the 50 pictures four times, and in doubles two and a
        // half times; 2 % for the rest.
        double most = 4.0 * (200 + 4 * 50) * 150_528 + 8 * 2.5 * 50 * 150_528;
        assertThat(DEFAULTS.bytesNeeded(50, Shape.of(224, 224, 3))).isBetween(most, 1.02 * most);
    }

    @Test
    void theKindReadsItsSettings() {
        BoltzmannKind kind = new BoltzmannKind();
        assertThat(kind.name()).isEqualTo("boltzmann");
        assertThat(kind.model(Settings.none())).isEqualTo(DEFAULTS);
        assertThat(kind.model(new Settings(Map.of("hidden", "9", "updates", "3", "learning-rate", "0.5"))))
                .isEqualTo(DEFAULTS.withHidden(2, 9).withUpdates(3).withLearningRate(0.5));
        assertThat(kind.variants()).containsEntry("deep Boltzmann", DEFAULTS);
        assertThat(kind.adviceOnDivergence(DEFAULTS)).contains("--learning-rate", "0..1");
        assertThat(kind.advice(DEFAULTS, 3, Shape.of(4))).contains("--updates", "--hidden");
    }
}
