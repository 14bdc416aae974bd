package dev.engram.io.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.io.Python;
import dev.engram.io.TestFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyWriterTest {
    @TempDir
    Path folder;

    @Test
    void bytesAreThoseOfTheFormat() throws IOException {
        Path file = folder.resolve("a.npy");

        NpyWriter.write(file, new int[] {2}, new float[] {1, -2.5f});

        byte[] bytes = Files.readAllBytes(file);
        String expected = "\u0093NUMPY\u0001\u0000v\u0000{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }";
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).startsWith(expected + " ");
        assertThat(bytes).hasSize(128 + 8);
        assertThat(bytes[127]).isEqualTo((byte) '\n');
        assertThat(bytes).endsWith(TestFiles.bytes(0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0));
    }

    @Test
    void shapesOfAnyRankComeBack() {
        for (int[] shape : new int[][] {{}, {0}, {1021}, {2, 3, 5}, {3, 0, 2}, {17, 1021}}) {
            int length = 1;
            for (int dimension : shape) {
                length *= dimension;
            }
            float[] data = new float[length];
            for (int i = 0; i < length; i++) {
                data[i] = i * 0.5f;
            }
            Path file = folder.resolve("b.npy");

            NpyWriter.write(file, shape, data);

            assertThat(NpyReader.read(file)).isEqualTo(new NpyArray(NpyType.FLOAT32, shape, data));
        }
    }

    @Test
    void numpyReadsWhatWasWritten() throws Exception {
        Path file = folder.resolve("c.npy");
        NpyWriter.write(file, new int[] {2, 1, 2}, new float[] {1, 0.5f, -3, 1e30f});

        String seen = Python.run(
                folder,
                List.of("numpy"),
                "a = numpy.load(sys.argv[1])\nprint(a.dtype, a.shape, a.flags.c_contiguous, a.ravel().tolist())",
                file);

        assertThat(seen).isEqualTo("float32 (2, 1, 2) True [1.0, 0.5, -3.0, 1.0000000150474662e+30]");
    }

    @Test
    void shapeAndDataMustAgree() {
        assertThatThrownBy(() -> NpyWriter.write(folder.resolve("d.npy"), new int[] {2, 2}, new float[3]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(folder.resolve("d.npy")).doesNotExist();
    }

    @Test
    void headersThatFillTheirLineGetNoPaddingMore() throws IOException {
        // 64 characters of dictionary and line end, and a shape of 64: twenty ones and a ten.
        int[] shape = new int[21];
        Arrays.fill(shape, 1);
        shape[20] = 10;
        Path file = folder.resolve("e.npy");

        NpyWriter.write(file, shape, new float[10]);

        assertThat(Files.size(file)).isEqualTo(128 + 10 * 4);
        assertThat(NpyReader.read(file).shape()).isEqualTo(shape);
    }
}
