package dev.engram.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The research data, read as a user would. */
class SharedDataTest {
    @Test
    void cifarAndMnistAndTinyImageNetHaveTheirShapes() {
        assertIs(SharedData.require("cifar10-train-3000.npz"), 20, "32x32x3");
        assertIs(SharedData.require("tiny-imagenet-train-2000.npz"), 20, "64x64x3");
        assertIs(SharedData.require("mnist-test-10000.npz"), 20, "28x28");
    }

    private static void assertIs(Path file, int limit, String shape) {
        PatternSet set = PatternReader.read(file, ReadOptions.defaults().withLimit(limit));
        assertThat(set.count()).isEqualTo(limit);
        assertThat(set.shape().toString()).isEqualTo(shape);
        assertThat(set.notes()).isEmpty();
        for (float value : set.patterns().data()) {
            assertThat(value).isBetween(0f, 1f);
        }
    }

    @Test
    void folderOfPicturesIsRead() {
        PatternSet set = TestFiles.read(SharedData.require("sample-cc0"));

        assertThat(set.count()).isEqualTo(64);
        assertThat(set.shape().toString()).isEqualTo("128x128x3");
    }
}
