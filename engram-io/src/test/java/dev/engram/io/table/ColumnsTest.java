package dev.engram.io.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.linalg.Matrix;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ColumnsTest {
    private static final Column.Number AGE = new Column.Number("age", 10, 2);
    private static final Column.Category COLOUR = new Column.Category(
            "colour",
            List.of(new Column.Level("blue", 0.2), new Column.Level("red", 0.8), new Column.Level("white", 0)));
    private static final Column.Number SIZE = new Column.Number("size", 0, 1);
    private static final Columns THREE = new Columns(List.of(AGE, COLOUR, SIZE), Optional.of("id"));

    @Test
    void aColumnOfNumbersHasAMeanAndADeviationAboveNought() {
        assertThat(AGE.values()).isEqualTo(1);
        assertThat(AGE.mean(0)).isEqualTo(10);
        assertThat(AGE.deviation(0)).isEqualTo(2);
        for (double deviation : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new Column.Number("a", 0, deviation)).hasMessageContaining("above 0");
        }
        for (double mean : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
            assertThatThrownBy(() -> new Column.Number("a", mean, 1)).hasMessageContaining("finite numbers");
        }
    }

    /** 1 for 0.2 of the rows has the variance 0.2 · 0.8; what all or none have does not vary. */
    @Test
    void theTextsOfACategoryAreValuesOfTheirOwn() {
        assertThat(COLOUR.values()).isEqualTo(3);
        assertThat(COLOUR.mean(1)).isEqualTo(0.8);
        assertThat(COLOUR.deviation(0)).isCloseTo(0.4, within(1e-12));
        assertThat(COLOUR.deviation(2)).isEqualTo(1);
        assertThat(COLOUR.indexOf("red")).hasValue(1);
        assertThat(COLOUR.indexOf("Red")).isEmpty();
        assertThat(new Column.Level("all", 1).frequency()).isEqualTo(1);
        for (double frequency : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> new Column.Level("x", frequency)).hasMessageContaining("a fraction was expected");
        }
        assertThatThrownBy(() -> new Column.Category("c", List.of())).hasMessageContaining("at least one text");
    }

    @Test
    void valuesBelongToTheirColumns() {
        assertThat(THREE.size()).isEqualTo(3);
        assertThat(THREE.get(1)).isEqualTo(COLOUR);
        assertThat(THREE.values()).isEqualTo(5);
        assertThat(THREE.offsets()).containsExactly(0, 1, 4, 5);
        assertThat(THREE.columnOfValues()).containsExactly(0, 1, 1, 1, 2);
        assertThat(THREE.indexOf("size")).hasValue(2);
        assertThat(THREE.indexOf("id")).isEmpty();
        assertThatThrownBy(() -> new Columns(List.of(AGE, AGE), Optional.empty()))
                .hasMessageContaining("Two columns are called age");
        assertThatThrownBy(() -> new Columns(List.of(), Optional.empty())).hasMessageContaining("at least one column");
    }

    @Test
    void columnsWithoutNamesAreNumbered() {
        Columns plain = Columns.plain(2);

        assertThat(plain.columns())
                .containsExactly(new Column.Number("column 1", 0, 1), new Column.Number("column 2", 0, 1));
        assertThat(plain.id()).isEmpty();
        assertThat(plain.areNameless()).isTrue();
        assertThat(THREE.areNameless()).isFalse();
        assertThat(new Columns(List.of(new Column.Number("column 2", 0, 1)), Optional.empty()).areNameless())
                .isFalse();
        assertThat(plain.inUnits(Matrix.wrap(1, 2, 3, 4))).isEqualTo(Matrix.wrap(1, 2, 3, 4));
        assertThatThrownBy(() -> plain.inUnits(Matrix.zeros(1, 3)))
                .hasMessage("There are 3 values in a row; the columns have 2.");
    }

    /** (14 - 10) / 2; (1 - 0.2) / 0.4; (0 - 0.8) / 0.4; 0 and 7 as they are. */
    @Test
    void cellsAreStandardisedByTheirColumns() {
        Matrix cells = Matrix.wrap(1, 5, 14, 1, 0, 0, 7);
        Matrix values = THREE.standardised(cells);

        assertThat(values.row(0)).containsExactly(new float[] {2, 2, -2, 0, 7}, within(1e-6f));
        assertThat(THREE.inUnits(values).row(0)).containsExactly(cells.row(0), within(1e-6f));
    }

    @Test
    void aCategoryIsMissingAsAWhole() {
        float gap = Float.NaN;
        Matrix values = Matrix.wrap(2, 5, gap, 1, 2, gap, 3, 4, 5, 6, 7, gap);

        assertThat(THREE.withWholeCategories(values).data()).containsExactly(gap, gap, gap, gap, 3, 4, 5, 6, 7, gap);
        assertThat(values.get(0, 1)).as("what is given is only read").isEqualTo(1);
    }

    @Test
    void onlyNumbersAreSingle() {
        assertThat(THREE.areSingle()).isFalse();
        assertThat(Columns.plain(3).areSingle()).isTrue();
    }

    @Test
    void aSummaryCountsInWords() {
        assertThat(THREE.summary()).isEqualTo("2 numbers, 1 category: colour (3)");
        assertThat(Columns.plain(1).summary()).isEqualTo("1 number");
        assertThat(Columns.plain(2).summary()).isEqualTo("2 numbers");
        Column.Category form = new Column.Category("form", List.of(new Column.Level("round", 1)));
        assertThat(new Columns(List.of(COLOUR, form), Optional.empty()).summary())
                .isEqualTo("0 numbers, 2 categories: colour (3), form (1)");
    }

    @Test
    void veryLargeAndVerySmallNumbersHaveExponents() {
        assertThat(NumberCell.text(1, 0, 1e15)).isEqualTo("1E+15");
        assertThat(NumberCell.text(0.9f, 0, 1e15)).isEqualTo("900000000000000");
        assertThat(NumberCell.text(1, 0, 1e-6)).isEqualTo("0.000001");
        assertThat(NumberCell.text(-0.9f, 0, 1e-6)).isEqualTo("-9E-7");
        assertThat(NumberCell.text(Float.POSITIVE_INFINITY, 0, 1)).isEmpty();
        assertThat(NumberCell.text(0.012345678f, 0, 10)).isEqualTo("0.12346");
    }

    @Test
    void fifteenDigitsAndNoMoreAreReadAtOnce() {
        for (String text : new String[] {"999999999999999", "9999999999999999", "0.00000000000001", "-.125", "00012"}) {
            assertThat(Cell.number(text)).as(text).isEqualTo(Double.parseDouble(text));
        }
        assertThat(Cell.hasComma("1,2,")).isTrue();
        assertThat(Cell.hasComma("12")).isFalse();
        assertThat(Cell.isMissing("null ")).isTrue();
    }
}
