package dev.engram.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FlagsTest {
    private static final int SIZE = 64;
    private static final PatternSet FLAGS = Flags.read(SIZE);

    private static float[] pixel(String country, int row, int column) {
        float[] flag = FLAGS.patterns().row(FLAGS.names().indexOf(country));
        int at = (row * SIZE + column) * 3;
        return Arrays.copyOfRange(flag, at, at + 3);
    }

    @Test
    void distinctFlagsAreSortedByCode() {
        assertThat(FLAGS.count()).isEqualTo(258);
        assertThat(FLAGS.names()).isSorted().contains("it", "jp", "np").doesNotHaveDuplicates();
        assertThat(FLAGS.notes()).singleElement().asString().startsWith("12 of 270 flags");
        Set<List<Float>> distinct = new HashSet<>();
        for (int i = 0; i < FLAGS.count(); i++) {
            Float[] boxed = new Float[SIZE * SIZE * 3];
            float[] row = FLAGS.patterns().row(i);
            Arrays.setAll(boxed, j -> row[j]);
            distinct.add(Arrays.asList(boxed));
        }
        assertThat(distinct).hasSize(258);
    }

    @Test
    void coloursAreWhereTheFlagsHaveThem() {
        // Italy: green, white, red from left to right; Japan: a red disc on white.
        float[] green = pixel("it", 32, 5);
        float[] red = pixel("it", 32, 60);
        assertThat(pixel("it", 32, 32)).containsExactly(1, 1, 1);
        assertThat(green[1]).isGreaterThan(green[0] + 0.3f);
        assertThat(red[0]).isGreaterThan(red[1] + 0.3f);
        assertThat(pixel("jp", 2, 2)).containsExactly(new float[] {1, 1, 1}, Offset.offset(0.01f));
        assertThat(pixel("jp", 32, 32)[0]).isGreaterThan(pixel("jp", 32, 32)[1] + 0.3f);
    }

    @Test
    void drawingIsRepeatable() {
        assertThat(Flags.read(SIZE).digest()).isEqualTo(FLAGS.digest());
    }

    @Test
    void sizeMustBePositive() {
        assertThatThrownBy(() -> Flags.read(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(0)");
    }
}
