package dev.engram.memory.attractor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.inference.Engine;
import dev.engram.learning.GradientRule;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Setting;
import dev.engram.memory.Settings;
import dev.engram.memory.Shape;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import dev.engram.network.Activation;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredictiveCodingKindTest {
    private static final PredictiveCodingKind KIND = new PredictiveCodingKind();
    private static final PredictiveCodingOptions USUAL = PredictiveCodingOptions.defaults();

    private static PredictiveCodingOptions network(Map<String, String> given) {
        return (PredictiveCodingOptions) KIND.model(new Settings(given));
    }

    /** Version 0.1 called the reduced engine gram, in its files and on its command line. */
    @ParameterizedTest
    @ValueSource(strings = {"reduced", "gram", " Gram "})
    void theReducedEngineIsKnownByBothItsNames(String word) {
        PredictiveCodingOptions options = network(Map.of("engine", word));
        assertThat(options.engine()).isEqualTo(Engine.REDUCED);
        assertThat(options.describe()).containsEntry("engine", "reduced");
    }

    @Test
    void everySettingIsRead() {
        assertThat(network(Map.of())).isEqualTo(USUAL);
        assertThat(KIND.settings())
                .extracting(Setting::name)
                .containsExactly(
                        "hidden",
                        "layers",
                        "activation",
                        "learning",
                        "updates",
                        "inference-steps",
                        "prior-precision",
                        "ridge",
                        "learning-rate",
                        "optimiser",
                        "engine",
                        "prior",
                        "keep-originals");
        assertThat(network(Map.of("hidden", "7", "updates", "3", "inference-steps", "4", "prior-precision", "2")))
                .isEqualTo(
                        USUAL.withHidden(7).withUpdates(3).withInferenceSteps(4).withPriorPrecision(2));
        assertThat(network(Map.of("activation", "tanh")).activation()).isEqualTo(Activation.TANH);
        assertThat(network(Map.of("layers", "4"))).isEqualTo(PredictiveCodingOptions.deep(4));
        assertThat(network(Map.of("ridge", "0.5")).describe())
                .containsEntry("ridge", "0.5")
                .containsEntry("memory_rate", "0.1");
        assertThatThrownBy(() -> network(Map.of("layers", "1")))
                .hasMessageStartingWith("--layers (1) must be at least 2");
    }

    @Test
    void gradientLearningHasDefaultsOfItsOwn() {
        assertThat(network(Map.of("learning", "gradient")))
                .isEqualTo(USUAL.withRule(GradientRule.adam(0.01)).withUpdates(200));
        assertThat(network(Map.of("learning", "gradient", "optimiser", "plain", "updates", "9")))
                .isEqualTo(USUAL.withRule(GradientRule.plain(0.1)).withUpdates(9));
        assertThat(network(Map.of("learning", "gradient", "learning-rate", "0.3"))
                        .rule())
                .isEqualTo(GradientRule.adam(0.3));
        assertThat(network(Map.of("learning", "gradient", "optimiser", "plain", "learning-rate", "0.3"))
                        .rule())
                .isEqualTo(GradientRule.plain(0.3));
    }

    @Test
    void thePriorIsAVectorUnlessCodesAreAskedFor() {
        assertThat(KIND.model(new Settings(Map.of("prior", "vector")))).isEqualTo(USUAL);
        assertThat(KIND.model(new Settings(Map.of("prior", "codes", "hidden", "7"))))
                .isEqualTo(AttractorOptions.over(USUAL.withHidden(7)));
        assertThat(KIND.model(new Settings(Map.of("prior", "codes", "keep-originals", "true"))))
                .isEqualTo(AttractorOptions.over(USUAL).withOriginals(true));
        assertThat(KIND.variants()).isEqualTo(Map.of("pcn", USUAL, "pcn with codes", AttractorOptions.over(USUAL)));
        assertThat(KIND.name()).isEqualTo("pcn");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "learning=gradient ridge=0.1 | --ridge | add --learning local-least-squares",
                "learning-rate=0.1           | --learning-rate | add --learning gradient",
                "optimiser=adam              | --optimiser | add --learning gradient",
                "keep-originals=true         | --keep-originals | add --prior codes",
            })
    void settingsWithoutMeaningAreRefusedWithAdvice(String given, String option, String advice) {
        Map<String, String> settings = new HashMap<>();
        for (String one : given.split(" ")) {
            settings.put(one.split("=")[0], one.split("=")[1]);
        }
        assertThatThrownBy(() -> KIND.model(new Settings(settings)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(option + " has no meaning")
                .hasMessageEndingWith("Maybe %s.".formatted(advice));
    }

    @Test
    void theSizeOfANetworkIsSaidAndWhyItWasChosen() {
        Shape shape = Shape.of(20, 25);
        String why = "(chosen: the patterns span at most 20 dimensions, and a margin; --hidden sets it)";
        assertThat(KIND.size(USUAL, 20, shape)).isEqualTo("38 hidden value nodes " + why);
        assertThat(KIND.size(AttractorOptions.over(USUAL), 20, shape)).isEqualTo("38 hidden value nodes " + why);
        assertThat(KIND.size(USUAL.withHidden(7), 20, shape)).isEqualTo("7 hidden value nodes");
        assertThat(KIND.size(PredictiveCodingOptions.deep(4), 20, shape))
                .isEqualTo("40 hidden value nodes in each of 3 layers " + why);
    }

    /** 38 nodes would be chosen for 20 patterns; more patterns than values no network of one layer holds. */
    @Test
    void moreHiddenNodesAreAdvisedWhereTheyWouldHelp() {
        Shape shape = Shape.of(20, 25);
        assertThat(KIND.advice(USUAL.withHidden(37), 20, shape)).isEqualTo("--hidden 38, or fewer patterns (--limit)");
        assertThat(KIND.advice(USUAL.withHidden(38), 20, shape)).isEqualTo("fewer patterns (--limit)");
        assertThat(KIND.advice(USUAL, 20, shape)).isEqualTo("fewer patterns (--limit)");
        assertThat(KIND.advice(USUAL.withHidden(7), 500, shape)).startsWith("--hidden 566, or");
        assertThat(KIND.advice(USUAL.withHidden(7), 501, shape)).isEqualTo("fewer patterns (--limit)");
        Shape huge = Shape.of(1 << 30);
        assertThat(KIND.advice(USUAL.withHidden(7), 1 << 20, huge))
                .as("which would not fit into memory")
                .isEqualTo("fewer patterns (--limit)");
    }

    @Test
    void adviceOnDivergenceIsThatOfTheRule() {
        PredictiveCodingOptions gradient = USUAL.withRule(GradientRule.adam(0.1));
        for (MemoryModel model : new MemoryModel[] {gradient, AttractorOptions.over(gradient)}) {
            assertThat(KIND.adviceOnDivergence(model))
                    .isEqualTo("a smaller --learning-rate, or --learning local-least-squares");
        }
        assertThat(KIND.adviceOnDivergence(AttractorOptions.over(USUAL)))
                .isEqualTo("values brought into the range 0..1");
    }
}
