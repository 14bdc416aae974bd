package dev.engram.io.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NpyArrayTest {
    private static NpyArray array(NpyType type, int[] shape, float... values) {
        return new NpyArray(type, shape, values);
    }

    @Test
    void arraysAreEqualWhenTypeShapeAndValuesAre() {
        NpyArray array = array(NpyType.FLOAT32, new int[] {1, 2}, 3, 4);

        assertThat(array)
                .isEqualTo(array(NpyType.FLOAT32, new int[] {1, 2}, 3, 4))
                .hasSameHashCodeAs(array(NpyType.FLOAT32, new int[] {1, 2}, 3, 4))
                .isNotEqualTo(array(NpyType.FLOAT64, new int[] {1, 2}, 3, 4))
                .isNotEqualTo(array(NpyType.FLOAT32, new int[] {2, 1}, 3, 4))
                .isNotEqualTo(array(NpyType.FLOAT32, new int[] {1, 2}, 3, 5))
                .isNotEqualTo("NpyArray[f4, [1, 2]]");
        assertThat(array.hashCode())
                .isNotEqualTo(array(NpyType.FLOAT32, new int[] {1, 2}, 3, 5).hashCode());
        assertThat(array).hasToString("NpyArray[f4, [1, 2]]");
        assertThat(array.rank()).isEqualTo(2);
    }

    @Test
    void shapesThatAreNoneAreRefused() {
        assertThatThrownBy(() -> array(NpyType.FLOAT32, new int[] {-1, -2}, 3, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("negative");
        assertThatThrownBy(() -> array(NpyType.FLOAT32, new int[] {3}, 3, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has 3 values; 2 were given");
    }
}
