package dev.engram.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MatrixTest {
    @Test
    void rowsAndColumnsAreWhereTheyShouldBe() {
        Matrix m = Matrix.ofRows(new float[] {1, 2, 3}, new float[] {4, 5, 6});
        assertThat(m.get(1, 0)).isEqualTo(4);
        assertThat(m.row(1)).containsExactly(4, 5, 6);
        assertThat(m.rows(1, 0)).isEqualTo(Matrix.ofRows(new float[] {4, 5, 6}, new float[] {1, 2, 3}));
        assertThat(m.toDouble().toFloat()).isEqualTo(m);
    }

    @Test
    void finitenessSeesEveryKindOfNonNumber() {
        assertThat(Matrix.wrap(1, 3, 1e38f, -1e38f, 0f).isFinite()).isTrue();
        assertThat(Matrix.wrap(1, 2, 1f, Float.NaN).isFinite()).isFalse();
        assertThat(Matrix.wrap(1, 2, Float.POSITIVE_INFINITY, 1f).isFinite()).isFalse();
        assertThat(Matrix.wrap(1, 2, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY)
                        .isFinite())
                .isFalse();
    }

    @Test
    void finitenessLooksAtEveryPositionOfEveryLength() {
        for (int length : new int[] {0, 1, 7, 63, 64, 65}) {
            float[] data = new float[length];
            Arrays.fill(data, -Float.MAX_VALUE);
            assertThat(Matrix.wrap(1, length, data).isFinite()).isTrue();
            for (int i = 0; i < length; i++) {
                data[i] = Float.NEGATIVE_INFINITY;
                assertThat(Matrix.wrap(1, length, data).isFinite())
                        .as("infinity at %d of %d", i, length)
                        .isFalse();
                data[i] = 1;
            }
        }
    }

    @Test
    void impossibleShapesAreRefusedWithTheNumbers() {
        assertThatThrownBy(() -> Matrix.zeros(100_000, 100_000)).hasMessageContaining("10000000000");
        assertThatThrownBy(() -> Matrix.zeros(-1, 2)).hasMessageContaining("-1 rows");
        assertThatThrownBy(() -> Matrix.wrap(2, 2, 1, 2, 3)).hasMessageContaining("2 * 2 = 4");
        assertThatThrownBy(() -> Matrix.ofRows(new float[2], new float[3])).hasMessageContaining("Row 1 has 3 values");
        assertThatThrownBy(() -> Matrix.zeros(2, 2).set(Matrix.zeros(2, 3))).hasMessageContaining("[2, 3]");
    }
}
