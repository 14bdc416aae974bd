package dev.engram.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.io.NumberText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "0.05, 0.05", "250, 250", "1e-6, 1e-6", "2.5e7, 2.5e7", "-0.3, -0.3", "0.30000000000000004, 0.3"
    })
    void ticksAreShort(double value, String shown) {
        assertThat(NumberText.plain(value)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 %", "1, 100 %", "0.9999, 99.9 %", "0.00001, 0.1 %", "0.5, 50.0 %", "NaN, ''"})
    void onlyAllIsAllAndOnlyNothingIsNothing(double fraction, String shown) {
        assertThat(NumberText.percent(fraction)).isEqualTo(shown);
    }
}
