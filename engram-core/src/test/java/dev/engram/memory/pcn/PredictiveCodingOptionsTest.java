package dev.engram.memory.pcn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.inference.Engine;
import dev.engram.learning.BatchLearning;
import dev.engram.learning.GradientRule;
import dev.engram.learning.LocalLeastSquares;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Shape;
import dev.engram.network.Activation;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PredictiveCodingOptionsTest {
    private static final PredictiveCodingOptions DEFAULTS = PredictiveCodingOptions.defaults();

    @Test
    void everyOptionIsDescribed() {
        assertThat(DEFAULTS.describe())
                .containsExactly(
                        Map.entry("layers", "2"),
                        Map.entry("hidden", "auto"),
                        Map.entry("activation", "relu"),
                        Map.entry("learning", "local-least-squares"),
                        Map.entry("ridge", "1.0E-5"),
                        Map.entry("memory_rate", "0.1"),
                        Map.entry("updates", "10"),
                        Map.entry("inference_steps", "20"),
                        Map.entry("start", "warm"),
                        Map.entry("start_noise", "0.02"),
                        Map.entry("tolerance", "0.01"),
                        Map.entry("prior_precision", "1.0"),
                        Map.entry("memory_mean", "1.0"),
                        Map.entry("memory_std", "0.5"),
                        Map.entry("sensory_std", "0.0"),
                        Map.entry("hidden_gain", "2.0"),
                        Map.entry("engine", "auto"));
        assertThat(DEFAULTS.name()).isEqualTo("pcn");
    }

    @Test
    void everyOptionCanBeChangedAlone() {
        assertChanged(DEFAULTS.withHidden(7), "hidden", "7");
        assertChanged(DEFAULTS.withActivation(Activation.TANH), "activation", "tanh");
        assertChanged(DEFAULTS.withUpdates(3), "updates", "3");
        assertChanged(DEFAULTS.withInferenceSteps(4), "inference_steps", "4");
        assertChanged(DEFAULTS.withTolerance(0.5), "tolerance", "0.5");
        assertChanged(DEFAULTS.withPriorPrecision(2), "prior_precision", "2.0");
        assertChanged(DEFAULTS.withEngine(Engine.SPAN), "engine", "span");
        assertChanged(DEFAULTS.withRule(new LocalLeastSquares(0.5, 0.1)), "ridge", "0.5");
        assertThat(DEFAULTS.withSeed(9).seed()).isEqualTo(9);
        assertThat(DEFAULTS.withSeed(9).withSeed(0)).isEqualTo(DEFAULTS);
    }

    private static void assertChanged(PredictiveCodingOptions options, String key, String value) {
        Map<String, String> described = options.describe();
        assertThat(described).containsEntry(key, value);
        DEFAULTS.describe().forEach((other, before) -> {
            if (!other.equals(key)) {
                assertThat(described).containsEntry(other, before);
            }
        });
    }

    /** The ridge falls by 0.65 with each layer from three to ten: 0.1, 0.065, .., 0.1 · 0.65⁷ = 0.004902. */
    @Test
    void deepNetworksHaveDefaultsForTheirDepth() {
        double[] ridges = {0.1, 0.065, 0.04225, 0.0274625};
        for (int layers = 3; layers <= 6; layers++) {
            PredictiveCodingOptions deep = PredictiveCodingOptions.deep(layers);
            assertThat(ridge(deep)).isCloseTo(ridges[layers - 3], within(1e-12));
            assertThat(deep.inferenceSteps()).isEqualTo(Math.max(10, 2 * layers));
            assertThat(deep.layers()).isEqualTo(layers);
        }
        assertThat(ridge(PredictiveCodingOptions.deep(10))).isCloseTo(0.0049022279, within(1e-9));
        assertThat(ridge(PredictiveCodingOptions.deep(14))).isCloseTo(0.0049022279, within(1e-9));
        assertThat(ridge(PredictiveCodingOptions.deep(2))).isEqualTo(0.1);
        assertThat(PredictiveCodingOptions.forLayers(2)).isEqualTo(DEFAULTS);
        assertThat(PredictiveCodingOptions.forLayers(3)).isEqualTo(PredictiveCodingOptions.deep(3));
        assertThat(PredictiveCodingOptions.deep(3).describe())
                .containsEntry("updates", "40")
                .containsEntry("prior_precision", "0.1")
                .containsEntry("start_noise", "0.0")
                .containsEntry("sensory_std", "0.01");
    }

    private static double ridge(PredictiveCodingOptions options) {
        return ((LocalLeastSquares) options.rule()).ridge();
    }

    @Test
    void layersHaveTheirSizes() {
        assertThat(DEFAULTS.hiddenFor(20, 500)).isEqualTo(20 + 2 + 16);
        assertThat(DEFAULTS.hiddenFor(21, 500)).isEqualTo(21 + 3 + 16);
        assertThat(DEFAULTS.hiddenFor(10, 500)).isEqualTo(32);
        assertThat(PredictiveCodingOptions.deep(3).hiddenFor(17, 500)).isEqualTo(34);
        assertThat(PredictiveCodingOptions.deep(3).hiddenFor(9, 500)).isEqualTo(32);
        assertThat(PredictiveCodingOptions.spanned(9, 5)).isEqualTo(5);
        assertThat(PredictiveCodingOptions.deep(4).sizes(500, 17)).containsExactly(500, 34, 34, 34);
        assertThat(DEFAULTS.withHidden(3).sizes(500, 17)).containsExactly(500, 3);
    }

    @Test
    void morePatternsThanHiddenNodesAreLearnedFromSums() {
        PredictiveCodingOptions five = DEFAULTS.withHidden(5);
        assertThat(five.learnsFromSums(6, 50)).isTrue();
        assertThat(five.learnsFromSums(5, 50)).isFalse();
        assertThat(five.withRule(GradientRule.plain(0.1)).learnsFromSums(6, 50)).isFalse();
        assertThat(PredictiveCodingOptions.deep(3).withHidden(5).learnsFromSums(6, 50))
                .isFalse();
        assertThat(PredictiveCodingOptions.deep(2).withHidden(5).learnsFromSums(6, 50))
                .as("no noise to tell codes apart")
                .isFalse();
        assertThat(five.learnsInBlocks(50, Shape.of(50))).isTrue();
        assertThat(five.learnsInBlocks(49, Shape.of(50))).isFalse();
        assertThat(DEFAULTS.learnsInBlocks(50, Shape.of(50))).isFalse();
        assertThat(five.costs(6, Shape.of(50)).get(1).how()).contains("sums over the patterns");
        assertThat(five.costs(5, Shape.of(50)).get(1).how()).doesNotContain("sums over the patterns");
    }

    @Test
    void whatIsNeededIsThatOfTheCheapestEngineOrOfTheOneChosen() {
        Shape shape = Shape.of(1000);
        Map<Engine, Double> bytes = new EnumMap<>(Engine.class);
        DEFAULTS.costs(10, shape).forEach(cost -> bytes.put(cost.engine(), cost.bytes()));
        double least = bytes.values().stream().mapToDouble(b -> b).min().orElseThrow();
        assertThat(bytes.get(Engine.REFERENCE)).isPositive().isNotEqualTo(bytes.get(Engine.SPAN));
        assertThat(DEFAULTS.bytesNeeded(10, shape)).isEqualTo(least);
        for (Engine engine : List.of(Engine.REFERENCE, Engine.REDUCED, Engine.SPAN)) {
            assertThat(DEFAULTS.withEngine(engine).bytesNeeded(10, shape)).isEqualTo(bytes.get(engine));
            assertThat(DEFAULTS.withEngine(engine).engineFor(10, 1000)).isEqualTo(engine);
        }
        assertThat(DEFAULTS.engineFor(10, 1000)).isEqualTo(Engine.SPAN);
        assertThat(DEFAULTS.obstacle(10, shape, Long.MAX_VALUE)).isEmpty();
        PredictiveCodingOptions adam = DEFAULTS.withRule(GradientRule.adam(0.1)).withEngine(Engine.SPAN);
        assertThat(adam.obstacle(10, shape, Long.MAX_VALUE))
                .contains("SPAN the rule depends on the coordinates, as Adam does");
        assertThatThrownBy(() -> adam.engineFor(10, 1000)).hasMessageContaining("Adam");
    }

    @Test
    void optionsWithoutMeaningAreRefused() {
        assertThatThrownBy(() -> PredictiveCodingOptions.deep(1)).hasMessageContaining("layers (1)");
        assertThatThrownBy(() -> DEFAULTS.withHidden(-1)).hasMessageContaining("(-1)");
        assertThatThrownBy(() -> DEFAULTS.withUpdates(0)).hasMessageContaining("Updates (0)");
        assertThatThrownBy(() -> DEFAULTS.withInferenceSteps(0)).hasMessageContaining("inference steps (0)");
        assertThat(DEFAULTS.withUpdates(1).withInferenceSteps(1).updates()).isEqualTo(1);
        assertThat(DEFAULTS.keepsPatterns()).isFalse();
        MemoryModel model = DEFAULTS;
        assertThat(model.learnsMissing()).isFalse();
    }

    /** Half the noise of codes that are not learned from sums: there are more of them. */
    @Test
    void learningFromSumsTakesItsSettingsFromTheOptions() {
        PredictiveCodingOptions options = PredictiveCodingOptions.defaults();
        BatchLearning learning = options.batchLearning(LinearAlgebra.shared());
        assertThat(learning.startNoise()).isEqualTo(options.startNoise() / 2).isPositive();
        assertThat(learning.updates()).isEqualTo(options.updates());
        assertThat(learning.tolerance()).isEqualTo(options.tolerance());
        assertThat(learning.rule()).isEqualTo(options.rule());
    }

    /** The span where it is cheapest and may be found of parts; what was asked for otherwise. */
    @Test
    void patternsInPartsAreLearnedInTheirSpanOrEachPartByItself() {
        assertThat(DEFAULTS.engineInParts(50, 5_000)).isEqualTo(Engine.SPAN);
        assertThat(DEFAULTS.withEngine(Engine.REFERENCE).engineInParts(50, 5_000))
                .isEqualTo(Engine.REFERENCE);
        assertThat(DEFAULTS.withRule(GradientRule.plain(0.1)).engineInParts(50, 5_000))
                .isEqualTo(Engine.SPAN);
        assertThat(DEFAULTS.withRule(GradientRule.adam(0.1)).engineInParts(50, 5_000))
                .isEqualTo(Engine.AUTO);
        assertThat(PredictiveCodingOptions.deep(3).engineInParts(50, 5_000)).isEqualTo(Engine.AUTO);
        assertThat(DEFAULTS.engineInParts(2_000_000, 3_000_000)).isEqualTo(Engine.AUTO); // their products do not fit
        assertThatThrownBy(() ->
                        PredictiveCodingOptions.deep(3).withEngine(Engine.SPAN).engineInParts(50, 5_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the span is found of all patterns at once");
        assertThat(DEFAULTS.learnsInParts(50, Shape.of(5_000))).isTrue();
    }
}
