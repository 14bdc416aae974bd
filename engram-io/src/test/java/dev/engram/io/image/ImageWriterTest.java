package dev.engram.io.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.io.PatternSet;
import dev.engram.io.TestFiles;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Shape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageWriterTest {
    @TempDir
    Path folder;

    @Test
    void valuesAreClampedAndRounded() {
        float[] values = {-1, 0, 0.2f, 0.4999f / 255, 0.5001f / 255, 1, 2, Float.NaN};
        Shape shape = Shape.of(2, 4);

        int[] samples = ImageWriter.toImage(values, shape).getRaster().getPixels(0, 0, 4, 2, (int[]) null);

        assertThat(samples).containsExactly(0, 0, 51, 0, 1, 255, 255, 0);
    }

    @Test
    void everyByteSurvivesWritingAndReading() {
        for (Shape shape : List.of(Shape.of(16, 16), Shape.of(16, 16, 3))) {
            float[] values = new float[shape.values()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (i % 256) / 255f;
            }
            Path file = folder.resolve("a.png");

            ImageWriter.writePng(file, values, shape);

            PatternSet read = TestFiles.read(file);
            assertThat(read.shape()).isEqualTo(shape);
            assertThat(read.patterns().data()).isEqualTo(values);
        }
    }

    @Test
    void bytesForReportsAreAPng() throws IOException {
        byte[] png = ImageWriter.png(new float[] {1, 0, 0, 0, 0, 1}, Shape.of(1, 2, 3));

        assertThat(ImageIO.read(new ByteArrayInputStream(png)).getRGB(0, 0)).isEqualTo(0xffff0000);
        assertThat(ImageIO.read(new ByteArrayInputStream(png)).getRGB(1, 0)).isEqualTo(0xff0000ff);
    }

    @Test
    void folderIsNumberedAndNamed() throws IOException {
        Path out = folder.resolve("out");

        ImageWriter.writeFolder(
                out, Matrix.wrap(3, 1, 0, 0.2f, 1), Shape.of(1, 1), List.of("a.JPEG", "../n01/b c", "7"));

        try (Stream<Path> files = Files.list(out)) {
            assertThat(files.map(p -> p.getFileName().toString()).filter(n -> !n.startsWith(".")))
                    .containsExactlyInAnyOrder("000-a.png", "001-.._n01_b_c.png", "002-7.png");
        }
        PatternSet read = TestFiles.read(out);
        assertThat(read.patterns().data()).containsExactly(0, 0.2f, 1);
        assertThat(read.notes()).isEmpty();
    }

    @Test
    void shapesThatAreNoPictureAreRefused() {
        assertThatThrownBy(() -> ImageWriter.toImage(new float[2], Shape.of(1, 1, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 channels");
        assertThatThrownBy(() -> ImageWriter.toImage(new float[3], Shape.of(1, 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
