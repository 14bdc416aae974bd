package dev.engram.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisScaleTest {
    private static List<String> labels(Axis axis, double... values) {
        return AxisScale.of(axis, values).ticks().stream().map(Axis.Tick::label).toList();
    }

    @Test
    void linearTicksAreRoundAndHoldTheData() {
        assertThat(labels(Axis.linear("x"), 3, 97)).containsExactly("0", "20", "40", "60", "80", "100");
        assertThat(labels(Axis.linear("x"), -0.3, 0.3)).containsExactly("-0.4", "-0.2", "0", "0.2", "0.4");
        assertThat(labels(Axis.linear("x"), 0, 3)).containsExactly("0", "1", "2", "3");
    }

    @Test
    void percentAxesGoFromNothingToAll() {
        assertThat(labels(Axis.percent("recovered"), 0.9, 0.95))
                .containsExactly("0 %", "20 %", "40 %", "60 %", "80 %", "100 %");
    }

    @Test
    void decadesArePowersUnlessTheyAreShort() {
        assertThat(labels(Axis.logarithmic("x"), 0.02, 30)).containsExactly("0.01", "0.1", "1", "10", "100");
        assertThat(labels(Axis.logarithmic("x"), 2e-6, 3)).containsExactly("10⁻⁶", "10⁻⁴", "10⁻²", "10⁰");
    }

    @Test
    void aDecadeIsHalfOfTwo() {
        AxisScale scale = AxisScale.of(Axis.logarithmic("x"), new double[] {1, 100});
        assertThat(scale.at(10)).isCloseTo(0.5, within(1e-12));
        assertThat(scale.at(0)).isZero();
        assertThat(scale.at(-5)).isZero();
    }

    @Test
    void atMostTwelveDecadesAreShown() {
        AxisScale scale = AxisScale.of(Axis.logarithmic("x"), new double[] {1e-30, 1});
        assertThat(scale.at(1e-6)).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void nothingOrOneValueStillMakesAnAxis() {
        assertThat(labels(Axis.linear("x"))).isNotEmpty();
        assertThat(labels(Axis.linear("x"), 7)).contains("7");
        assertThat(labels(Axis.logarithmic("x"), 0, Double.NaN)).isNotEmpty();
    }

    @Test
    void rangesMustRise() {
        assertThatThrownBy(() -> Axis.logarithmic("x").withRange(0, 1)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> Axis.linear("x").withRange(2, 1)).hasMessageContaining("must rise");
    }
}
