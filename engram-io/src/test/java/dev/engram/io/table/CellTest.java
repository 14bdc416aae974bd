package dev.engram.io.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CellTest {
    @Test
    void numbersAreThoseThatJavaReads() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            BigDecimal number = BigDecimal.valueOf(random.nextLong() >> random.nextInt(64), random.nextInt(16));
            String text = number.toPlainString();
            assertThat(Cell.number(text)).as(text).isEqualTo(Double.parseDouble(text));
        }
        for (String text : List.of(
                "0",
                "-0",
                "5.",
                ".5",
                "-.5",
                " 12 ",
                "+3",
                "1e3",
                "1E-3",
                "123456789012345",
                "0.1234567890123456789")) {
            assertThat(Cell.number(text)).as(text).isEqualTo(Double.parseDouble(text));
        }
    }

    @Test
    void whatPeopleDoNotWriteAsNumbersIsNone() {
        for (String text : List.of(
                "", ".", "-", "1.2.3", "1f", "1d", "0x1p3", "NaN", "Infinity", "1,5", "one", "e", "1e", "--1")) {
            assertThat(Cell.number(text)).as(text).isNaN();
        }
    }

    @Test
    void commasForDecimalsAndThousandsAreKnown() {
        assertThat(List.of("1,5", "-12,25", "1,234,567", "1,5e3")).allMatch(Cell::hasComma);
        assertThat(List.of("1.5", "a,b", "red, 5", ",")).noneMatch(Cell::hasComma);
    }

    @Test
    void missingIsWrittenInSixWays() {
        assertThat(List.of("", " ", "NA", "NaN", "nan", "null", "?", " NA ")).allMatch(Cell::isMissing);
        assertThat(List.of("0", "none", "n", "-", "NANA")).noneMatch(Cell::isMissing);
    }
}
