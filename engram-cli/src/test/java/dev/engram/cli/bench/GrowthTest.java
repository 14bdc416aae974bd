package dev.engram.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class GrowthTest {
    private static PatternRow row(int patterns, double learn, double write, double resident) {
        return new PatternRow(patterns, 1, learn, write, 8L * patterns, 1, 1, 5, new PeakMemory(1, resident), 1, 1, 1);
    }

    @Test
    void exponentsOfPowersAreTheirs() {
        Growth growth = Growth.ofLast(List.of(row(10, 300, 1, 1), row(20, 1200, 1, 1), row(40, 4800, 1, 1)));

        assertThat(growth.exponent(PatternRow::learn)).isCloseTo(2, within(1e-12)); // 3 N²
        assertThat(growth.exponent(PatternRow::bytes)).isCloseTo(1, within(1e-12)); // 8 N
        assertThat(growth.exponent(PatternRow::query)).isCloseTo(0, within(1e-12)); // always 5
    }

    @Test
    void costsThatAreNoPowerGetTheLineOfLeastSquares() {
        // In powers of two: N 0, 1, 2 and cost 0, 2, 2. About the means: (-1)(-4/3) + 0 + (1)(2/3) = 2, over 1 + 0 + 1.
        Growth growth = Growth.ofLast(List.of(row(1, 1, 1, 1), row(2, 1, 4, 1), row(4, 1, 4, 1)));

        assertThat(growth.exponent(PatternRow::write)).isCloseTo(1, within(1e-12));
    }

    @Test
    void onlyTheLastThreeRowsCount() {
        Growth growth = Growth.ofLast(List.of(row(1, 1e9, 1, 1), row(2, 2, 1, 1), row(4, 4, 1, 1), row(8, 8, 1, 1)));

        assertThat(growth.fittedTo()).containsExactly(2, 4, 8);
        assertThat(growth.exponent(PatternRow::learn)).isCloseTo(1, within(1e-12));
    }

    @Test
    void whatIsNotKnownHasNoExponent() {
        Growth growth = Growth.ofLast(List.of(row(1, 1, 1, Double.NaN), row(2, 1, 1, Double.NaN)));

        assertThat(growth.exponent(row -> row.memory().resident())).isNaN();
    }
}
