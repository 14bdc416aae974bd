package dev.engram.experiments.hopfield;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.io.PatternSet;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternsTest {
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.05, 0.1, 0.5, 1})
    void everyPatternHasTheSameNumberOfFlippedUnits(double fraction) {
        Matrix patterns = BinaryPatterns.random(9, 60, 1, 0);
        Matrix flipped = BinaryPatterns.flipped(patterns, fraction, 1, 0);
        for (int p = 0; p < 9; p++) {
            int row = p;
            assertThat(IntStream.range(0, 60).filter(i -> flipped.get(row, i) != patterns.get(row, i)))
                    .hasSize((int) (60 * fraction));
        }
    }

    @Test
    void anotherDrawIsOfOtherPatterns() {
        assertThat(BinaryPatterns.random(5, 40, 1, 0)).isEqualTo(BinaryPatterns.random(5, 40, 1, 0));
        assertThat(BinaryPatterns.random(5, 40, 1, 1)).isNotEqualTo(BinaryPatterns.random(5, 40, 1, 0));
    }

    /** Rows 2 and 3, columns 4 and 5 are one unit: number 14 + 2. Three white pixels of four are above a half, two are not. */
    @Test
    void fourPixelsAreOneUnit() {
        Matrix pictures = Matrix.zeros(197, 784);
        for (int i : new int[] {2 * 28 + 4, 2 * 28 + 5, 3 * 28 + 4, 0, 1}) {
            pictures.set(1, i, 1);
        }
        PatternSet set = PatternSet.of(
                pictures,
                Shape.of(28, 28),
                IntStream.range(0, 197).mapToObj(String::valueOf).toList(),
                List.of());
        float[] digit = BinaryPatterns.digits(set, 1).row(0);
        assertThat(IntStream.range(0, 196).filter(i -> digit[i] == 1)).containsExactly(16);
    }
}
