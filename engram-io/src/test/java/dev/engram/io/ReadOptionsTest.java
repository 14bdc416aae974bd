package dev.engram.io;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.linalg.Matrix;
import dev.engram.memory.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadOptionsTest {
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
