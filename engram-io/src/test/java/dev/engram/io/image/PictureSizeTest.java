package dev.engram.io.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.engram.io.PatternReader;
import dev.engram.io.PatternSet;
import dev.engram.io.ReadOptions;
import dev.engram.io.file.InputException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures of many pixels in a small file: known by their header, before a pixel is decoded. */
class PictureSizeTest {
    private static final int SIDE = 20_000;

    @TempDir
    Path folder;

    /** Black and white, one bit a pixel: the left half white. */
    private Path picture(int width, int height, int rows) throws IOException {
        byte[] row = new byte[1 + (width + 7) / 8];
        for (int i = 1; i <= width / 16; i++) {
            row[i] = -1;
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, new Deflater(9))) {
            for (int y = 0; y < rows; y++) {
                out.write(row);
            }
        }
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(header);
        fields.writeInt(width);
        fields.writeInt(height);
        fields.write(new byte[] {1, 0, 0, 0, 0});
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        chunk(png, "IHDR", header.toByteArray());
        chunk(png, "IDAT", packed.toByteArray());
        chunk(png, "IEND", new byte[0]);
        return Files.write(folder.resolve("%dx%d.png".formatted(width, height)), png.toByteArray());
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(type.getBytes(StandardCharsets.US_ASCII));
        checksum.update(data);
        DataOutputStream out = new DataOutputStream(png);
        out.writeInt(data.length);
        out.writeBytes(type);
        out.write(data);
        out.writeInt((int) checksum.getValue());
    }

    @Test
    void tooManyPixelsAreRefused() throws IOException {
        Path file = picture(SIDE, SIDE, SIDE);

        assertThat(Files.size(file)).isLessThan(110_000);
        assertThatThrownBy(() -> PatternReader.read(file, ReadOptions.defaults()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(
                        "has 20,000x20,000 pixels; at most 134,217,728 are read. Maybe use --resize WIDTHxHEIGHT.");
    }

    /** A hundred bytes of each format hold as many pixels as it packs best. */
    @ParameterizedTest
    @CsvSource({"png, 8320", "GIF, 4096", "jpeg, 1024", "bmp, 1024"})
    void aSizeThatTheBytesCannotHoldIsRefused(String format, int pixels) throws IOException {
        Path file = Files.write(folder.resolve("x"), new byte[100]);
        assertThat(PictureSize.of(file, format, pixels, 100, false)).isEqualTo(new PictureSize(pixels, 100, 1));
        assertThatThrownBy(() -> PictureSize.of(file, format, pixels, 101, false))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("its 100 bytes cannot hold");
    }

    /** 2^28 pixels, of which 2^24 are read; one row and column more makes it every fifth, with the last of each. */
    @Test
    void asManyAreReadAsMayBe() throws IOException {
        Path file = Files.write(folder.resolve("x"), new byte[40_000]);
        assertThat(PictureSize.of(file, "png", 1 << 14, 1 << 14, true).every()).isEqualTo(4);
        assertThat(PictureSize.of(file, "png", (1 << 14) + 1, (1 << 14) + 1, true)
                        .every())
                .isEqualTo(5);
        assertThat(PictureSize.of(file, "png", 1 << 14, (1 << 13) + 1, true).every())
                .isEqualTo(3);
    }

    @Test
    void aChecksumThatDoesNotAgreeIsNamedWithItsPlace() throws IOException {
        Path file = picture(16, 16, 16);
        byte[] bytes = Files.readAllBytes(file);
        int signature = 8;
        int header = 12 + 13; // length, type and checksum, and 13 bytes
        for (int[] part : new int[][] {
            {signature + 20, signature},
            {signature + header + 9, signature + header},
            {bytes.length - 1, bytes.length - 12}
        }) {
            byte[] changed = bytes.clone();
            changed[part[0]] ^= 1;
            Files.write(file, changed);
            assertThatThrownBy(() -> PngChecksums.require(file))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("at byte %d does not agree".formatted(part[1]));
        }
    }

    @Test
    void whereItIsResizedSomeRowsAndColumnsAreRead() throws IOException {
        PatternSet set = PatternReader.read(
                picture(SIDE, SIDE, SIDE), ReadOptions.defaults().withResize(4, 2));

        // Of the triangle around a pixel's middle, as wide as two pixels, an eighth lies beyond the next edge.
        assertThat(set.patterns().data())
                .containsExactly(new float[] {1, 0.875f, 0.125f, 0, 1, 0.875f, 0.125f, 0}, offset(1e-6f));
        assertThat(set.notes())
                .contains("1 of 1 pictures were so large that only some of their rows and columns were read.");
    }

    @Test
    void morePixelsThanTheFileCanHold() throws IOException {
        Path file = picture(SIDE, 5_000, 1);

        assertThatThrownBy(() -> PatternReader.read(file, ReadOptions.defaults().withResize(4, 4)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("claims 20,000x5,000 pixels, which its")
                .hasMessageContaining("bytes cannot hold");
    }
}
