package dev.engram.io.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSizeTest {
    @Test
    void sizesAreWidthByHeight() {
        assertThat(ImageSize.parse("64X48")).isEqualTo(new ImageSize(64, 48)).hasToString("64x48");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "64", "64x", "ax5", "5x5x5"})
    void otherWordsAreNoSizes(String text) {
        assertThatThrownBy(() -> ImageSize.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The size \"%s\" must have the form WIDTHxHEIGHT".formatted(text));
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "5, 0", "-1, 5", "16385, 1", "1, 16385"})
    void sidesAreFromOneTo16384(int width, int height) {
        assertThat(ImageSize.of(width, height)).isEmpty();
        assertThatThrownBy(() -> ImageSize.parse(width + "x" + height))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The size %dx%d must be at least 1x1 and at most 16384x16384", width, height);
        assertThat(ImageSize.of(1, 16_384)).contains(new ImageSize(1, 16_384));
        assertThat(ImageSize.of(16_384, 1)).contains(new ImageSize(16_384, 1));
    }
}
