package dev.engram.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.io.image.ImageSize;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadOptionsTest {
    @Test
    void sizesAreWidthByHeight() {
        assertThat(ImageSize.parse("64X48")).isEqualTo(new ImageSize(64, 48)).hasToString("64x48");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "64", "64x", "ax5", "0x5", "-1x5", "5x5x5", "99999x1"})
    void otherSizesAreRefused(String text) {
        assertThatThrownBy(() -> ImageSize.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void negativeLimitIsRefused() {
        assertThatThrownBy(() -> ReadOptions.defaults().withLimit(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(-1)");
    }

    @Test
    void setsWhoseCountsDisagreeAreRefused() {
        Matrix patterns = Matrix.zeros(2, 3);
        assertThatThrownBy(() -> PatternSet.of(patterns, Shape.of(4), List.of("a", "b"), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PatternSet.of(patterns, Shape.of(3), List.of("a"), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 names for 2 patterns");
    }
}
