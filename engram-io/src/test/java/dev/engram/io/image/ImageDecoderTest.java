package dev.engram.io.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.io.TestFiles;
import dev.engram.io.file.InputException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
    @TempDir
    Path folder;

    @Test
    void greySamplesAreTakenAsTheyAreStored() throws IOException {
        DecodedImage image = ImageDecoder.decode(TestFiles.grey(folder.resolve("g.png"), 3, 2, 51));

        assertThat(image.channels()).isEqualTo(1);
        assertThat(image.width()).isEqualTo(3);
        assertThat(image.values()).containsOnly(0.2f).hasSize(6);
    }

    @Test
    void coloursComeInTheOrderRedGreenBlue() throws IOException {
        for (String suffix : new String[] {"png", "bmp", "gif"}) {
            DecodedImage image = ImageDecoder.decode(TestFiles.rgb(folder.resolve("c." + suffix), 1, 1, 255, 0, 51));
            assertThat(image.values()).as(suffix).containsExactly(1, 0, 0.2f);
        }
        DecodedImage jpeg = ImageDecoder.decode(TestFiles.rgb(folder.resolve("c.jpg"), 16, 16, 255, 0, 51));
        assertThat(Arrays.copyOf(jpeg.values(), 3)).containsExactly(new float[] {1, 0, 0.2f}, Offset.offset(0.02f));
    }

    @Test
    void sixteenBitsAreScaledByTheirOwnRange() throws IOException {
        Path grey = TestFiles.picture(folder.resolve("g.png"), 1, 1, BufferedImage.TYPE_USHORT_GRAY, 32_768);
        assertThat(ImageDecoder.decode(grey).values()).containsExactly(32_768 / 65_535f);

        ComponentColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, 1, DataBuffer.TYPE_USHORT);
        WritableRaster raster = model.createCompatibleWritableRaster(1, 1);
        raster.setPixel(0, 0, new int[] {65_535, 1, 13_107});
        Path rgb = folder.resolve("c.png");
        ImageIO.write(new BufferedImage(model, raster, false, null), "png", rgb.toFile());

        assertThat(ImageDecoder.decode(rgb).values()).containsExactly(1, 1 / 65_535f, 0.2f);
    }

    /** Five bits of red and blue, six of green, in one number. */
    @Test
    void packedPixelsAreScaledToo() throws IOException {
        Path file = TestFiles.picture(folder.resolve("p.bmp"), 3, 2, BufferedImage.TYPE_USHORT_565_RGB, 31, 21, 8);
        DecodedImage image = ImageDecoder.decode(file);
        assertThat(image.size()).isEqualTo("3x2");
        for (int i = 0; i < 18; i += 3) {
            assertThat(Arrays.copyOfRange(image.values(), i, i + 3))
                    .containsExactly(new float[] {1, 21 / 63f, 8 / 31f}, Offset.offset(0.5f / 255));
        }
        assertThat(image.notes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "89504e470d0a1a0a",
                "ffd8ff",
                "4749463837",
                "4749463839",
                "424d" + "000000000000000000000000" + "28000000",
                "424d" + "ffffffffffffffffffffffff" + "7c000000ff"
            })
    void picturesAreKnownByTheirFirstBytes(String bytes) {
        assertThat(ImageDecoder.hasPictureSignature(HexFormat.of().parseHex(bytes)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "89504e470d0a1a",
                "ffd8fe",
                "47494639",
                "424d",
                "424d" + "000000000000000000000000" + "280000",
                "424d" + "000000000000000000000000" + "29000000",
                "424d" + "000000000000000000000000" + "00000028"
            })
    void otherBytesAreNoPicture(String bytes) {
        assertThat(ImageDecoder.hasPictureSignature(HexFormat.of().parseHex(bytes)))
                .isFalse();
    }

    @Test
    void transparencyIsPutOnBlackAndNoted() throws IOException {
        Path half = TestFiles.picture(folder.resolve("a.png"), 1, 1, BufferedImage.TYPE_4BYTE_ABGR, 255, 102, 0, 51);
        Path none = TestFiles.picture(folder.resolve("b.png"), 1, 1, BufferedImage.TYPE_4BYTE_ABGR, 255, 102, 0, 255);

        DecodedImage image = ImageDecoder.decode(half);

        assertThat(image.values()).containsExactly(new float[] {0.2f, 0.08f, 0}, Offset.offset(1e-6f));
        assertThat(image.notes()).containsExactly(DecodedImage.Note.ALPHA);
        assertThat(ImageDecoder.decode(none).notes()).isEmpty();
    }

    @Test
    void paletteOfGreysIsGrey() throws IOException {
        Path grey = TestFiles.picture(folder.resolve("a.png"), 2, 1, BufferedImage.TYPE_BYTE_BINARY, 1);
        assertThat(ImageDecoder.decode(grey).channels()).isEqualTo(1);
        assertThat(ImageDecoder.decode(grey).values()).containsExactly(1, 1);

        BufferedImage indexed = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_INDEXED);
        Graphics2D graphics = indexed.createGraphics();
        graphics.setColor(new Color(255, 0, 51));
        graphics.fillRect(0, 0, 1, 1);
        graphics.dispose();
        Path coloured = folder.resolve("b.png");
        ImageIO.write(indexed, "png", coloured.toFile());
        assertThat(ImageDecoder.decode(coloured).values()).containsExactly(1, 0, 0.2f);
    }

    @Test
    void cmykIsRefusedWithAdvice() throws IOException {
        Path file = folder.resolve("cmyk.jpg");
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.write(new IIOImage(raster, null, null));
        }
        writer.dispose();

        assertThatThrownBy(() -> ImageDecoder.decode(file))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "The picture %s has 4 components of colour (probably CMYK); grey or RGB was expected. Maybe convert it to RGB first."
                                .formatted(file));
    }

    @Test
    void truncatedPicturesOfEveryFormatAreReported() throws IOException {
        for (String suffix : new String[] {"png", "jpg", "bmp", "gif"}) {
            byte[] whole = Files.readAllBytes(noise(folder.resolve("whole." + suffix)));
            for (double part : new double[] {0, 0.01, 0.1, 0.5, 0.9}) {
                Path file = Files.write(
                        folder.resolve("part." + suffix), Arrays.copyOf(whole, (int) (whole.length * part)));
                assertThatThrownBy(() -> ImageDecoder.decode(file))
                        .as("%s cut to %s", suffix, part)
                        .isInstanceOf(InputException.class)
                        .hasMessageContaining("part." + suffix);
            }
        }
    }

    @Test
    void damageNeverEndsInAnythingButAClearError() throws IOException {
        Random random = new Random(7);
        for (String suffix : new String[] {"png", "jpg", "bmp", "gif"}) {
            byte[] whole = Files.readAllBytes(noise(folder.resolve("whole." + suffix)));
            for (int trial = 0; trial < 150; trial++) {
                byte[] damaged = whole.clone();
                damaged[random.nextInt(Math.min(400, damaged.length))] = (byte) random.nextInt(256);
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                Path file = Files.write(folder.resolve("damaged." + suffix), damaged);
                try {
                    assertThat(ImageDecoder.decode(file).values()).isNotNull();
                } catch (InputException e) {
                    assertThat(e).hasMessageContaining("damaged." + suffix);
                }
            }
        }
    }

    @Test
    void textUnderTheNameOfAPictureIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("a.png"), "hello");

        assertThatThrownBy(() -> ImageDecoder.decode(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a.png is not PNG, JPEG, GIF or BMP");
    }

    private static Path noise(Path file) throws IOException {
        BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_3BYTE_BGR);
        Random random = new Random(1);
        for (int y = 0; y < 30; y++) {
            for (int x = 0; x < 40; x++) {
                image.setRGB(x, y, random.nextInt(1 << 24));
            }
        }
        String name = file.getFileName().toString();
        ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
        return file;
    }
}
