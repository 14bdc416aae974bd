package dev.engram.memory.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.memory.MemoryModel;
import dev.engram.memory.Settings;
import dev.engram.memory.Shape;
import dev.engram.network.Activation;
import dev.engram.optimiser.Optimiser;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AutoencoderOptionsTest {
    private static final AutoencoderOptions DEFAULTS = AutoencoderOptions.defaults();

    @Test
    void everyOptionCanBeChangedAlone() {
        AutoencoderOptions all = DEFAULTS.withHidden(2, 7)
                .withActivation(Activation.TANH)
                .withGain(0.5)
                .withUpdates(3)
                .withBatch(4)
                .withOptimiser(Optimiser.sgd(0.1))
                .withRest(9, 0.25)
                .withSeed(5);
        assertThat(all)
                .isEqualTo(new AutoencoderOptions(2, 7, Activation.TANH, 0.5, 3, 4, Optimiser.sgd(0.1), 9, 0.25, 5));
        assertThat(all.describe())
                .containsExactly(
                        Map.entry("hidden_layers", "2"),
                        Map.entry("hidden", "7"),
                        Map.entry("activation", "tanh"),
                        Map.entry("gain", "0.5"),
                        Map.entry("updates", "3"),
                        Map.entry("batch", "4"),
                        Map.entry("optimiser", "plain"),
                        Map.entry("learning_rate", "0.1"),
                        Map.entry("iterations", "9"),
                        Map.entry("tolerance", "0.25"));
        assertThat(DEFAULTS.describe()).containsEntry("hidden", "auto").containsEntry("batch", "all");
        assertThat(DEFAULTS.name()).isEqualTo("autoencoder");
        assertThat(AutoencoderOptions.overparametrised().hiddenLayers()).isEqualTo(9);
    }

    @Test
    void optionsWithoutMeaningAreRefused() {
        assertThatThrownBy(() -> DEFAULTS.withHidden(0, 7)).hasMessageContaining("hidden layers (0)");
        assertThatThrownBy(() -> DEFAULTS.withHidden(1, -1)).hasMessageContaining("hidden units (-1)");
        assertThatThrownBy(() -> DEFAULTS.withUpdates(0)).hasMessageContaining("Updates (0)");
        assertThatThrownBy(() -> DEFAULTS.withRest(0, 0)).hasMessageContaining("iterations (0)");
        assertThatThrownBy(() -> DEFAULTS.withBatch(-1)).hasMessageContaining("mini-batch (-1)");
        for (double gain : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> DEFAULTS.withGain(gain)).hasMessageContaining("positive and finite");
        }
        for (double tolerance : new double[] {-1, Double.NaN}) {
            assertThatThrownBy(() -> DEFAULTS.withRest(1, tolerance)).hasMessageContaining("at least 0");
        }
        assertThat(DEFAULTS.withRest(1, 0).withUpdates(1).tolerance()).isZero();
    }

    /** Floats: six times the weights to and from 32 units, five times those between units, four times patterns and units. */
    @Test
    void sizesFollowThePatterns() {
        assertThat(DEFAULTS.hiddenFor(16)).isEqualTo(32);
        assertThat(DEFAULTS.hiddenFor(17)).isEqualTo(34);
        assertThat(DEFAULTS.withHidden(1, 7).hiddenFor(17)).isEqualTo(7);
        assertThat(DEFAULTS.batchFor(17)).isEqualTo(17);
        assertThat(DEFAULTS.withBatch(5).batchFor(17)).isEqualTo(5);
        assertThat(DEFAULTS.withBatch(50).batchFor(17)).isEqualTo(17);
        assertThat(DEFAULTS.withHidden(2, 32).bytesNeeded(3, Shape.of(10)))
                .isEqualTo(4 * (6 * 320 + 5 * 2 * 1_024 + 4 * 30 + 4 * 2 * 3 * 32));
    }

    @Test
    void bothKindsReadTheirSettings() {
        AutoencoderKind kind = new AutoencoderKind();
        AutoencoderKind deep = new AutoencoderKind.Overparametrised();
        assertThat(kind.name()).isEqualTo("autoencoder");
        assertThat(deep.name()).isEqualTo("overparametrised-autoencoder");
        assertThat(kind.settings())
                .extracting(s -> s.option())
                .containsExactly("--hidden", "--activation", "--updates", "--learning-rate");
        assertThat(kind.model(Settings.none())).isEqualTo(DEFAULTS);
        assertThat(deep.model(Settings.none())).isEqualTo(AutoencoderOptions.overparametrised());
        Settings given =
                new Settings(Map.of("hidden", "7", "activation", "tanh", "updates", "3", "learning-rate", "0.5"));
        assertThat(kind.model(given))
                .isEqualTo(DEFAULTS.withHidden(1, 7)
                        .withActivation(Activation.TANH)
                        .withUpdates(3)
                        .withOptimiser(Optimiser.adam(0.5)));
        assertThat(deep.model(given).hiddenLayers()).isEqualTo(9);
        MemoryModel model = DEFAULTS;
        assertThat(kind.advice(model, 3, Shape.of(4))).isEqualTo("more --updates, or a larger --hidden");
        assertThat(deep.advice(model, 3, Shape.of(4))).isEqualTo("more --updates, or --model autoencoder");
        assertThat(kind.adviceOnDivergence(model))
                .isEqualTo("a smaller --learning-rate, or values brought into the range 0..1");
        assertThat(kind.variants()).containsOnlyKeys("autoencoder");
    }
}
