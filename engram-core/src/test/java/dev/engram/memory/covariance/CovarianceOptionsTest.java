package dev.engram.memory.covariance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.memory.Settings;
import dev.engram.memory.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CovarianceOptionsTest {
    private static final CovarianceOptions DEFAULTS = CovarianceOptions.defaults();

    @Test
    void everyOptionCanBeChangedAlone() {
        assertThat(DEFAULTS.withForm(CovarianceOptions.Form.EXPLICIT).withRidge(0.5))
                .isEqualTo(new CovarianceOptions(CovarianceOptions.Form.EXPLICIT, 0.5));
        assertThat(DEFAULTS.describe()).containsExactly(Map.entry("form", "dendritic"), Map.entry("ridge", "1.0E-8"));
        assertThat(DEFAULTS.name()).isEqualTo("covariance");
        assertThat(DEFAULTS.learnsMissing()).isTrue();
        assertThat(DEFAULTS.keepsPatterns()).isFalse();
        for (double ridge : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> DEFAULTS.withRidge(ridge)).hasMessageContaining("must be positive and finite");
        }
    }

    /** In doubles: of more patterns than values 2.5 N d + 10 d², of others 2.5 N d + 4 N². */
    @Test
    void morePatternsThanValuesAreSummed() {
        assertThat(DEFAULTS.bytesNeeded(11, Shape.of(10))).isEqualTo(8 * (275 + 1_000));
        assertThat(DEFAULTS.bytesNeeded(10, Shape.of(10))).isEqualTo(8 * (250 + 400));
    }

    @Test
    void theKindReadsItsSettings() {
        CovarianceKind kind = new CovarianceKind();
        assertThat(kind.name()).isEqualTo("covariance");
        assertThat(kind.settings()).extracting(s -> s.option()).containsExactly("--form", "--ridge");
        assertThat(kind.model(Settings.none())).isEqualTo(DEFAULTS);
        assertThat(kind.model(new Settings(Map.of("form", "implicit", "ridge", "0.1"))))
                .isEqualTo(new CovarianceOptions(CovarianceOptions.Form.IMPLICIT, 0.1));
        assertThat(kind.advice(DEFAULTS, 3, Shape.of(4))).isEqualTo("a smaller --ridge");
        assertThat(kind.variants()).containsOnlyKeys("covariance");
    }
}
