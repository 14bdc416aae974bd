package dev.engram.io;

import static dev.engram.io.TestFiles.bytes;
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
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxReaderTest {
    /** Three pictures of 1x2 bytes. */
    private static final byte[] IMAGES =
            bytes(0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 51, 102, 153, 204, 255);

    @TempDir
    Path folder;

    @Test
    void bytesBecomeValuesFromZeroToOne() throws IOException {
        PatternSet set = read(Files.write(folder.resolve("train-images-idx3-ubyte"), IMAGES));

        assertThat(set.shape().toString()).isEqualTo("1x2");
        assertThat(set.patterns().data()).containsExactly(0, 0.2f, 0.4f, 0.6f, 0.8f, 1);
        assertThat(set.names()).containsExactly("0", "1", "2");
    }

    @Test
    void gzippedFilesAreRead() throws IOException {
        Path file = Files.write(folder.resolve("images.gz"), gzip(IMAGES));

        PatternSet set = PatternReader.read(file, ReadOptions.defaults().withLimit(2));

        assertThat(set.patterns().data()).containsExactly(0, 0.2f, 0.4f, 0.6f);
    }

    @Test
    void bigEndianFloatsAreRead() throws IOException {
        byte[] floats = bytes(0, 0, 0x0d, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0x3f, 0x80, 0, 0, 0xbf, 0x80, 0, 0);

        PatternSet set = read(Files.write(folder.resolve("floats"), floats));

        assertThat(set.patterns().data()).containsExactly(1, -1);
        assertThat(set.notes()).singleElement().asString().contains("from -1.0 to 1.0");
    }

    @Test
    void truncationIsReportedInPlainAndGzippedFiles() throws IOException {
        for (int length = 1; length < IMAGES.length; length++) {
            Path plain = Files.write(folder.resolve("part"), Arrays.copyOf(IMAGES, length));
            Path packed = Files.write(folder.resolve("part.gz"), gzip(Arrays.copyOf(IMAGES, length)));
            assertThatThrownBy(() -> read(plain))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("part");
            assertThatThrownBy(() -> read(packed))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("part");
        }
        byte[] packed = gzip(IMAGES);
        Path file = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(packed, packed.length - 12));
        assertThatThrownBy(() -> read(file)).isInstanceOf(InputException.class).hasMessageContaining("truncated");
    }

    @Test
    void labelsAreNotPictures() throws IOException {
        Path file = Files.write(folder.resolve("train-labels-idx1-ubyte"), bytes(0, 0, 8, 1, 0, 0, 0, 2, 5, 0));

        assertThatThrownBy(() -> read(file)).isInstanceOf(InputException.class).hasMessageContaining("labels");
    }

    @Test
    void impossibleDimensionsAreRefused() throws IOException {
        byte[] file = IMAGES.clone();
        Arrays.fill(file, 4, 16, (byte) 0xff);
        Path negative = Files.write(folder.resolve("negative"), file);
        Arrays.fill(file, 4, 16, (byte) 0x7f);
        Path huge = Files.write(folder.resolve("huge"), file);

        assertThatThrownBy(() -> read(negative)).hasMessageContaining("impossible shape [-1, -1, -1]");
        assertThatThrownBy(() -> read(huge)).hasMessageContaining("impossible shape");
    }

    @Test
    void otherThingsInGzipAreNamed() throws IOException {
        Path file = Files.write(folder.resolve("text.gz"), gzip("hello".getBytes(StandardCharsets.UTF_8)));

        assertThatThrownBy(() -> read(file)).isInstanceOf(InputException.class).hasMessageContaining("not IDX");
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
