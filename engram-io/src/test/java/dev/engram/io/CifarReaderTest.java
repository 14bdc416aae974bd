package dev.engram.io;

import static dev.engram.io.TestFiles.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.io.file.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarReaderTest {
    @TempDir
    Path folder;

    /** Planes of one picture of the given colour, but white in pixel 33 (row 1, column 1). */
    private static byte[] planes(int r, int g, int b) {
        byte[] planes = new byte[3072];
        Arrays.fill(planes, 0, 1024, (byte) r);
        Arrays.fill(planes, 1024, 2048, (byte) g);
        Arrays.fill(planes, 2048, 3072, (byte) b);
        planes[33] = planes[1024 + 33] = planes[2048 + 33] = (byte) 255;
        return planes;
    }

    private static byte[] binary(byte[]... pictures) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < pictures.length; i++) {
            out.write(i);
            out.writeBytes(pictures[i]);
        }
        return out.toByteArray();
    }

    /** {'data': uint8 array [n, 3072], 'labels': [...]} as Python 2's cPickle writes it, texts as BINSTRINGs. */
    private static byte[] python(byte[]... pictures) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        text(out, "\u0080\u0002}q\u0001(U\u0004data");
        text(out, "cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\u0000\u0085U\u0001b\u0087R");
        text(out, "(K\u0001K" + (char) pictures.length + "M\u0000\u000c\u0086");
        text(
                out,
                "cnumpy\ndtype\nU\u0002u1K\u0000K\u0001\u0087R(K\u0003U\u0001|NNN"
                        + "J\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ff");
        text(out, "K\u0000tb\u0089");
        int length = 3072 * pictures.length;
        text(out, "T" + (char) (length & 0xff) + (char) (length >> 8 & 0xff) + "\u0000\u0000");
        for (byte[] picture : pictures) {
            out.writeBytes(picture);
        }
        text(out, "tbU\u0006labels]q\u0002(K\u0003K\u0004eu.");
        return out.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void assertIsColour(float[] picture, float r, float g, float b) {
        assertThat(Arrays.copyOf(picture, 3)).containsExactly(r, g, b);
        assertThat(Arrays.copyOfRange(picture, 99, 102)).as("row 1, column 1").containsExactly(1, 1, 1);
        assertThat(Arrays.copyOfRange(picture, 3069, 3072)).containsExactly(r, g, b);
    }

    @Test
    void binaryPlanesBecomePixels() throws IOException {
        Path file = Files.write(folder.resolve("data_batch_1.bin"), binary(planes(51, 102, 153), planes(204, 0, 51)));

        PatternSet set = read(file);

        assertThat(set.shape().toString()).isEqualTo("32x32x3");
        assertThat(set.count()).isEqualTo(2);
        assertIsColour(set.patterns().row(0), 0.2f, 0.4f, 0.6f);
        assertIsColour(set.patterns().row(1), 0.8f, 0, 0.2f);
    }

    @Test
    void pythonTwoPickleGivesTheSamePictures() throws IOException {
        byte[][] pictures = {planes(51, 102, 153), planes(204, 0, 51)};
        PatternSet binary = read(Files.write(folder.resolve("a.bin"), binary(pictures)));

        PatternSet python = read(Files.write(folder.resolve("data_batch_1"), python(pictures)));

        assertThat(python.patterns()).isEqualTo(binary.patterns());
        assertThat(python.digest()).isEqualTo(binary.digest());
    }

    @Test
    void foldersAreReadInTheOrderOfTheirBatches() throws IOException {
        Files.write(folder.resolve("data_batch_2.bin"), binary(planes(255, 0, 0)));
        Files.write(folder.resolve("data_batch_1.bin"), binary(planes(0, 255, 0), planes(0, 0, 255)));
        Files.write(folder.resolve("test_batch.bin"), binary(planes(9, 9, 9)));

        PatternSet all = read(folder);
        PatternSet two = PatternReader.read(folder, ReadOptions.defaults().withLimit(2));

        assertThat(all.count()).isEqualTo(3);
        assertIsColour(all.patterns().row(2), 1, 0, 0);
        assertThat(all.notes()).singleElement().asString().contains("test batch");
        assertThat(two.patterns()).isEqualTo(all.patterns().slice(0, 2));
    }

    @Test
    void pythonFoldersAreRead() throws IOException {
        Files.write(folder.resolve("batches.meta"), "x".getBytes(StandardCharsets.UTF_8));
        Files.write(folder.resolve("data_batch_1"), python(planes(255, 0, 0)));

        assertIsColour(read(folder).patterns().row(0), 1, 0, 0);
    }

    @Test
    void truncatedBatchesAreReported() throws IOException {
        byte[] binary = binary(planes(1, 2, 3), planes(4, 5, 6));
        Path bin = Files.write(folder.resolve("x.bin"), Arrays.copyOf(binary, binary.length - 1));
        assertThatThrownBy(() -> read(bin)).isInstanceOf(InputException.class).hasMessageContaining("CIFAR-10");

        byte[] python = python(planes(1, 2, 3));
        for (int length : List.of(2, 10, 60, 100, 150, 1000, python.length - 1)) {
            Path file = Files.write(folder.resolve("part"), Arrays.copyOf(python, length));
            assertThatThrownBy(() -> read(file))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("part");
        }
    }

    @Test
    void wrongLabelsAreNotABatch() throws IOException {
        byte[] binary = binary(planes(1, 2, 3));
        binary[0] = 10;
        Path file = Files.write(folder.resolve("data_batch_1.bin"), binary);

        assertThatThrownBy(() -> read(file)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> read(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("label");
    }
}
