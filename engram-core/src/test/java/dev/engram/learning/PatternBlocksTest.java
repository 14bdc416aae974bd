package dev.engram.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatternBlocksTest {
    /** More than two blocks of 1,024 patterns of one value, each its number. */
    private static final Matrix NUMBERS = Matrix.zeros(2_050, 1);

    static {
        for (int i = 0; i < NUMBERS.rows(); i++) {
            NUMBERS.set(i, 0, i);
        }
    }

    @Test
    void aBlockHasAtMostSixteenMegabytesAndAThousandPatterns() {
        assertThat(PatternBlocks.rowsFor(1)).isEqualTo(1_024);
        assertThat(PatternBlocks.rowsFor(4_096)).isEqualTo(1_024);
        assertThat(PatternBlocks.rowsFor(8_192)).isEqualTo(512);
        assertThat(PatternBlocks.rowsFor(1 << 23)).isEqualTo(1);
    }

    @Test
    void patternsComeInTheirOrder() {
        PatternBlocks blocks = PatternBlocks.of(NUMBERS);
        List<Matrix> seen = new ArrayList<>();
        blocks.forEach(seen::add);

        assertThat(seen).extracting(Matrix::rows).containsExactly(1_024, 1_024, 2);
        assertThat(seen.get(2)).isEqualTo(Matrix.wrap(2, 1, 2_048, 2_049));
        assertThat(blocks.count()).isEqualTo(2_050);
        assertThat(blocks.values()).isEqualTo(1);
    }

    @Test
    void anotherWayOfVisitingThemChangesNeitherNumberNorSize() {
        PatternBlocks blocks = PatternBlocks.of(NUMBERS);
        List<Integer> told = new ArrayList<>();
        PatternBlocks watched = blocks.visitedBy(visitor -> blocks.forEach(block -> {
            told.add(block.rows());
            visitor.accept(block);
        }));

        assertThat(watched.count()).isEqualTo(2_050);
        assertThat(watched.values()).isEqualTo(1);
        assertThat(watched.rows(3)).isEqualTo(Matrix.wrap(1, 1, 3));
        assertThat(told).containsExactly(1_024, 1_024, 2);
    }

    @Test
    void namedPatternsAreFoundInWhicheverBlock() {
        PatternBlocks blocks = PatternBlocks.of(NUMBERS);

        assertThat(blocks.rows(0, 1_023, 1_024, 2_049)).isEqualTo(Matrix.wrap(4, 1, 0, 1_023, 1_024, 2_049));
        assertThat(blocks.rows().rows()).isZero();
        assertThatThrownBy(() -> blocks.rows(1, 2_050))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There are 2050 patterns; [1, 2050] were asked for, ascending.");
    }
}
