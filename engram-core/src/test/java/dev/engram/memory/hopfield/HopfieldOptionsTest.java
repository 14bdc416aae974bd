package dev.engram.memory.hopfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.memory.MemoryModel;
import dev.engram.memory.Settings;
import dev.engram.memory.Shape;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Hopfield networks are asked for, and what they say of themselves. */
class HopfieldOptionsTest {
    private static final HopfieldOptions DEFAULTS = HopfieldOptions.defaults();
    private static final HopfieldKind CLASSICAL = new HopfieldKind();
    private static final ModernHopfieldKind MODERN = new ModernHopfieldKind();

    /** Names and values in turn. */
    private static Settings given(String... namesAndValues) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            given.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Settings(given);
    }

    @Test
    void everyOptionCanBeChangedAlone() {
        HopfieldOptions all = DEFAULTS.withRule(HopfieldRule.HEBB)
                .withThreshold(0.25)
                .withUpdates(HopfieldOptions.Updates.SYNCHRONOUS)
                .withSweeps(1)
                .withSeed(7);
        assertThat(all)
                .isEqualTo(new HopfieldOptions(HopfieldRule.HEBB, 0.25, HopfieldOptions.Updates.SYNCHRONOUS, 1, 7));
        assertThat(DEFAULTS.describe())
                .containsExactly(
                        Map.entry("rule", "pseudo-inverse"),
                        Map.entry("threshold", "0.5"),
                        Map.entry("updates", "asynchronous"),
                        Map.entry("sweeps", "100"));
        assertThat(all.describe()).containsEntry("rule", "hebb").containsEntry("updates", "synchronous");
        assertThat(DEFAULTS.name()).isEqualTo("hopfield");
        assertThatThrownBy(() -> DEFAULTS.withSweeps(0)).hasMessageContaining("sweeps (0)");
        assertThatThrownBy(() -> DEFAULTS.withThreshold(Double.NaN)).hasMessageContaining("threshold (NaN)");
    }

    /** Weights once, 100 · 100 floats, and eight times 3 · 100 values. */
    @Test
    void weightsArePaidForBySquaresOfValues() {
        HopfieldOptions hebb = DEFAULTS.withRule(HopfieldRule.HEBB);
        assertThat(hebb.bytesNeeded(3, Shape.of(100))).isEqualTo(4 * (10_000 + 2_400));
        assertThat(hebb.obstacle(3, Shape.of(100), 49_600)).isEmpty();
        assertThat(hebb.obstacle(3, Shape.of(100), 49_599)).isPresent();
        assertThat(hebb.obstacle(1, Shape.of(46_340), Long.MAX_VALUE)).isEmpty();
        assertThat(hebb.obstacle(1, Shape.of(46_341), Long.MAX_VALUE))
                .contains("its weights are 46,341 x 46,341, more than one array can hold");
    }

    @Test
    void theClassicalKindReadsItsSettings() {
        assertThat(CLASSICAL.name()).isEqualTo("hopfield");
        assertThat(CLASSICAL.settings()).extracting(s -> s.option()).containsExactly("--rule", "--binarise-above");
        assertThat(CLASSICAL.settings()).extracting(s -> s.key()).containsExactly("rule", "threshold");
        assertThat(CLASSICAL.model(Settings.none())).isEqualTo(DEFAULTS);
        assertThat(CLASSICAL.model(given("rule", "storkey", "binarise-above", "-0.5")))
                .isEqualTo(DEFAULTS.withRule(HopfieldRule.STORKEY).withThreshold(-0.5));
        assertThat(CLASSICAL.variants()).containsOnlyKeys("Hopfield, pseudo-inverse");
        assertThat(CLASSICAL.advice(DEFAULTS, 3, Shape.of(4))).contains("--rule");
    }

    @Test
    void theModernKindReadsItsSettings() {
        assertThat(MODERN.name()).isEqualTo("modern-hopfield");
        assertThat(MODERN.settings())
                .extracting(s -> s.option())
                .containsExactly("--similarity", "--separation", "--beta", "--alpha", "--degree");
        assertThat(MODERN.model(Settings.none())).isEqualTo(ModernHopfieldOptions.euclidean(2));
        assertThat(MODERN.model(given("similarity", "cosine")))
                .isEqualTo(new ModernHopfieldOptions(Similarity.COSINE, Separation.softmax(1000)));
        assertThat(MODERN.model(given("similarity", "dot", "separation", "polynomial")))
                .isEqualTo(new ModernHopfieldOptions(Similarity.DOT, Separation.polynomial(100)));
        assertThat(MODERN.model(given("similarity", "dot", "separation", "polynomial", "degree", "3")))
                .isEqualTo(new ModernHopfieldOptions(Similarity.DOT, Separation.polynomial(3)));
        assertThat(MODERN.model(given("separation", "sparsemax", "beta", "5", "similarity", "l1")))
                .isEqualTo(new ModernHopfieldOptions(Similarity.MANHATTAN, Separation.sparsemax(5)));
        assertThat(MODERN.model(given("separation", "entmax")).separation()).isEqualTo(Separation.entmax(1.5, 2));
        assertThat(MODERN.model(given("separation", "normmax", "alpha", "5", "beta", "3"))
                        .separation())
                .isEqualTo(Separation.normmax(5, 3));
        assertThat(MODERN.model(given("separation", "epanechnikov", "beta", "0.1")))
                .isEqualTo(new ModernHopfieldOptions(Similarity.EUCLIDEAN, Separation.epanechnikov(0.1)));
        assertThat(MODERN.model(given("separation", "max")).separation()).isEqualTo(Separation.max());
        assertThat(MODERN.variants())
                .isEqualTo(Map.of(
                        "modern Hopfield, euclidean",
                        ModernHopfieldOptions.euclidean(2),
                        "modern Hopfield, dot",
                        ModernHopfieldOptions.ramsauer(2)));
        assertThat(MODERN.variations()).hasSize(3);
        MODERN.variations().forEach(variation -> MODERN.model(new Settings(variation.given())));
        assertThat(MODERN.advice(ModernHopfieldOptions.euclidean(2), 3, Shape.of(4)))
                .contains("--beta");
    }

    @Test
    void settingsWithoutMeaningAreRefused() {
        assertThatThrownBy(() -> MODERN.model(given("separation", "max", "beta", "5")))
                .hasMessage("--beta has no meaning with --separation max. Maybe use --separation softmax.");
        assertThatThrownBy(() -> MODERN.model(given("separation", "polynomial", "similarity", "dot", "beta", "5")))
                .hasMessageContaining("--beta has no meaning with --separation polynomial");
        assertThatThrownBy(() -> MODERN.model(given("alpha", "2")))
                .hasMessage("--alpha has no meaning with --separation softmax. Maybe use --separation entmax.");
        assertThatThrownBy(() -> MODERN.model(given("separation", "entmax", "alpha", "1")))
                .hasMessageContaining("α (1.0) must be above 1");
        assertThatThrownBy(() -> MODERN.model(given("separation", "epanechnikov", "similarity", "cosine")))
                .hasMessageContaining("--similarity cosine is not. Maybe use --similarity euclidean.");
        assertThatThrownBy(() -> MODERN.model(given("degree", "5")))
                .hasMessage("--degree has no meaning with --separation softmax. Maybe use --separation polynomial.");
        assertThatThrownBy(() -> MODERN.model(given("separation", "polynomial")))
                .hasMessageContaining("--similarity euclidean never is. Maybe use --similarity dot or cosine.");
    }

    @Test
    void separationsAreDescribed() {
        assertThat(Separation.softmax(2).describe())
                .containsExactly(Map.entry("separation", "softmax"), Map.entry("beta", "2.0"));
        assertThat(Separation.sparsemax(2).describe())
                .containsExactly(Map.entry("separation", "sparsemax"), Map.entry("beta", "2.0"));
        assertThat(Separation.entmax(1.5, 2).describe())
                .containsExactly(
                        Map.entry("separation", "entmax"), Map.entry("alpha", "1.5"), Map.entry("beta", "2.0"));
        assertThat(Separation.normmax(5, 2).describe())
                .containsExactly(
                        Map.entry("separation", "normmax"), Map.entry("alpha", "5.0"), Map.entry("beta", "2.0"));
        assertThat(Separation.epanechnikov(2).describe())
                .containsExactly(Map.entry("separation", "epanechnikov"), Map.entry("beta", "2.0"));
        assertThat(Separation.polynomial(3).describe())
                .containsExactly(Map.entry("separation", "polynomial"), Map.entry("degree", "3"));
        assertThat(Separation.max().describe()).isEqualTo(Map.of("separation", "max"));
        assertThat(Separation.identity().describe()).isEqualTo(Map.of("separation", "identity"));
        ModernHopfieldOptions euclidean = ModernHopfieldOptions.euclidean(2);
        assertThat(euclidean.describe())
                .containsExactly(
                        Map.entry("similarity", "euclidean"),
                        Map.entry("separation", "softmax"),
                        Map.entry("beta", "2.0"));
        assertThat(euclidean.keepsPatterns()).isTrue();
        // a float and two doubles for each value
        assertThat(euclidean.bytesNeeded(3, Shape.of(10))).isEqualTo(20 * 30);
        MemoryModel model = euclidean;
        assertThat(model.name()).isEqualTo("modern-hopfield");
        for (double beta : new double[] {0, -1, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> Separation.softmax(beta)).hasMessageContaining("positive and finite");
        }
        assertThat(Separation.polynomial(1)).isEqualTo(new Separation.Polynomial(1));
    }
}
