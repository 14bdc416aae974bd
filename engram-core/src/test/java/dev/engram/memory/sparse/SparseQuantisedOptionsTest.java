package dev.engram.memory.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.memory.Settings;
import dev.engram.memory.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SparseQuantisedOptionsTest {
    private static final Shape SHAPE = Shape.of(8, 16);
    private static final SparseQuantisedOptions TREE = SparseQuantisedOptions.tree(SHAPE, 4, 2, 1);
    private static final SparseQuantisedKind KIND = new SparseQuantisedKind();

    @Test
    void everyOptionCanBeChangedAlone() {
        SparseQuantisedOptions all =
                TREE.withShape(Shape.of(4, 4)).withUnits(5).withNovelty(0.5).withBottomUp(1);
        assertThat(all).isEqualTo(new SparseQuantisedOptions(Shape.of(4, 4), List.of(4, 2, 1), 5, 0.5, 1));
        assertThat(all.describe())
                .containsExactly(
                        Map.entry("sides", "4,2,1"),
                        Map.entry("units", "5"),
                        Map.entry("novelty", "0.5"),
                        Map.entry("bottom_up", "1.0"));
        assertThat(TREE.describe()).containsEntry("units", "auto").containsEntry("novelty", "Infinity");
        assertThat(SparseQuantisedOptions.flat(SHAPE).sides()).containsExactly(1);
        assertThat(TREE.name()).isEqualTo("sparse-quantised-hopfield");
    }

    @Test
    void aTreeDividesThePatternAndEachLevelTheOneBefore() {
        assertThatThrownBy(() -> SparseQuantisedOptions.tree(SHAPE)).hasMessageContaining("must end with 1");
        assertThatThrownBy(() -> SparseQuantisedOptions.tree(SHAPE, 4, 2)).hasMessageContaining("must end with 1");
        for (Integer[] sides : new Integer[][] {{3, 1}, {16, 1}, {8, 3, 1}, {2, 4, 1}, {0, 1}, {-1, 1}}) {
            assertThatThrownBy(() -> SparseQuantisedOptions.tree(SHAPE, sides))
                    .hasMessageContaining("must divide the pattern 8x16");
        }
        assertThatThrownBy(() -> SparseQuantisedOptions.tree(Shape.of(16, 8), 16, 1))
                .hasMessageContaining("must divide");
    }

    @Test
    void optionsWithoutMeaningAreRefused() {
        assertThatThrownBy(() -> TREE.withUnits(-1)).hasMessageContaining("(-1)");
        for (double novelty : new double[] {0, -1, Double.NaN}) {
            assertThatThrownBy(() -> TREE.withNovelty(novelty)).hasMessageContaining("must be positive");
        }
        for (double trust : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> TREE.withBottomUp(trust)).hasMessageContaining("must be from 0 to 1");
        }
        assertThat(TREE.withBottomUp(0).bottomUp()).isZero();
    }

    /** Two floats for each of 3 · 128 values, and 256 bytes for each pattern in each of 16 nodes. */
    @Test
    void patternsAreKeptWhereEachHasUnitsOfItsOwn() {
        assertThat(TREE.keepsPatterns()).isTrue();
        assertThat(TREE.withUnits(5).keepsPatterns()).isFalse();
        assertThat(TREE.withNovelty(1).keepsPatterns()).isFalse();
        assertThat(TREE.withNovelty(1.1).keepsPatterns()).isTrue();
        assertThat(TREE.bytesNeeded(3, SHAPE)).isEqualTo(8 * 3 * 128 + 256 * 16 * 3);
        assertThat(TREE.obstacle(3, SHAPE, 15_360)).isEmpty();
        assertThat(TREE.obstacle(3, SHAPE, 15_359)).isPresent();
        assertThat(TREE.obstacle(3, Shape.of(6, 8), Long.MAX_VALUE).orElse("")).contains("must divide the pattern 6x8");
    }

    @Test
    void theKindReadsItsSettings() {
        assertThat(KIND.name()).isEqualTo("sparse-quantised-hopfield");
        assertThat(KIND.settings()).extracting(s -> s.option()).containsExactly("--sides", "--units");
        assertThat(KIND.model(Settings.none()).sides()).containsExactly(1);
        SparseQuantisedOptions model = KIND.model(new Settings(Map.of("sides", "8,4,1", "units", "3")));
        assertThat(model.sides()).containsExactly(8, 4, 1);
        assertThat(model.units()).isEqualTo(3);
        assertThatThrownBy(() -> KIND.model(new Settings(Map.of("sides", "4,3,1"))))
                .hasMessage(
                        "--sides 4,3,1 is no tree: each number must divide the one before, and the last be 1. Maybe --sides 8,4,1.");
        assertThat(KIND.variants()).containsOnlyKeys("sparse quantised Hopfield");
        assertThat(KIND.advice(model, 3, SHAPE)).contains("--units");
    }
}
