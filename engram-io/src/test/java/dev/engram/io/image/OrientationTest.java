package dev.engram.io.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.io.file.InputException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JPEGs of ImageIO with a segment APP1 put in. */
class OrientationTest {
    private static final int BLOCK = 8;
    private static final int AFTER_SOI = 2;
    private static final int AFTER_JFIF = 20;

    @TempDir
    Path folder;

    /** Blocks of 8x8 pixels, which JPEG keeps as they are: 0 1 2 in the upper row, 3 4 5 in the lower. */
    private static byte[] jpeg() throws IOException {
        BufferedImage image = new BufferedImage(3 * BLOCK, 2 * BLOCK, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.getRaster().setSample(x, y, 0, 51 * (y / BLOCK * 3 + x / BLOCK));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", out);
        return out.toByteArray();
    }

    /** An APP1 with one or two entries: a width that is of no concern, and the orientation. */
    private static byte[] app1(int orientation, ByteOrder order) {
        ByteBuffer tiff = ByteBuffer.allocate(8 + 2 + 2 * 12 + 4).order(order);
        tiff.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.US_ASCII));
        tiff.putShort((short) 42).putInt(8).putShort((short) 2);
        tiff.putShort((short) 0x0100).putShort((short) 4).putInt(1).putInt(24);
        tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1);
        tiff.putShort((short) orientation).putShort((short) 0).putInt(0);
        byte[] body = tiff.array();
        ByteBuffer segment = ByteBuffer.allocate(4 + 6 + body.length);
        segment.put((byte) 0xff).put((byte) 0xe1).putShort((short) (2 + 6 + body.length));
        segment.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put(body);
        return segment.array();
    }

    private static byte[] with(byte[] segment, int at) throws IOException {
        byte[] jpeg = jpeg();
        ByteBuffer all = ByteBuffer.allocate(jpeg.length + segment.length);
        return all.put(jpeg, 0, at).put(segment).put(jpeg, at, jpeg.length - at).array();
    }

    private static Orientation ofJpeg(byte[] bytes) {
        return Orientation.of(JpegHeader.of(bytes));
    }

    /** The values of the blocks, as rows. */
    private static String blocks(DecodedImage image) {
        StringBuilder rows = new StringBuilder();
        for (int y = BLOCK / 2; y < image.height(); y += BLOCK) {
            for (int x = BLOCK / 2; x < image.width(); x += BLOCK) {
                rows.append(Math.round(image.values()[y * image.width() + x] * 5));
            }
            rows.append(' ');
        }
        return rows.toString().strip();
    }

    /** The expected rows are those of Pillow's {@code ImageOps.exif_transpose}. */
    @ParameterizedTest
    @CsvSource({
        "1, 012 345",
        "2, 210 543",
        "3, 543 210",
        "4, 345 012",
        "5, 03 14 25",
        "6, 30 41 52",
        "7, 52 41 30",
        "8, 25 14 03"
    })
    void picturesAreTurnedAsTheySay(int orientation, String rows) throws IOException {
        Path file = folder.resolve("a.jpg");
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            for (int at : new int[] {AFTER_SOI, AFTER_JFIF}) {
                Files.write(file, with(app1(orientation, order), at));
                DecodedImage image = ImageDecoder.decode(file);
                assertThat(blocks(image)).as("%s at %d", order, at).isEqualTo(rows);
                assertThat(image.notes().contains(DecodedImage.Note.TURNED)).isEqualTo(orientation != 1);
            }
        }
    }

    @Test
    void coloursGoTogether() throws IOException {
        float[] twoPixels = {1, 2, 3, 4, 5, 6};
        DecodedImage image = new DecodedImage(2, 1, 3, twoPixels, List.of());
        assertThat(new Orientation(8).upright(image).values()).containsExactly(4, 5, 6, 1, 2, 3);
        assertThat(new Orientation(8).upright(image).size()).isEqualTo("1x2");
    }

    @Test
    void whatSaysNothingIsUpright() throws IOException {
        assertThat(ofJpeg(jpeg())).isEqualTo(new Orientation(1));
        for (int none : new int[] {0, 9, 0xffff}) {
            assertThat(ofJpeg(with(app1(none, ByteOrder.BIG_ENDIAN), AFTER_SOI)).value())
                    .isEqualTo(1);
        }
        byte[] otherApp1 = app1(6, ByteOrder.BIG_ENDIAN);
        otherApp1[4] = 'h'; // XMP is in an APP1 too
        assertThat(ofJpeg(with(otherApp1, AFTER_SOI)).value()).isEqualTo(1);
        byte[] asLong = app1(6, ByteOrder.BIG_ENDIAN);
        asLong[10 + 8 + 2 + 12 + 3] = 4;
        assertThat(ofJpeg(with(asLong, AFTER_SOI)).value()).isEqualTo(1);
    }

    @Test
    void everyBeginningEndsInAnOrientation() throws IOException {
        byte[] whole = with(app1(6, ByteOrder.LITTLE_ENDIAN), AFTER_JFIF);
        for (int length = 0; length <= whole.length; length++) {
            int value = ofJpeg(Arrays.copyOf(whole, length)).value();
            assertThat(value).isIn(1, 6);
        }
    }

    @Test
    void hostileSegmentsNeverEndInAnythingButAnOrientation() throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        int[] extremes = {0, 1, 0x7f, 0x80, 0xfe, 0xff};
        for (int trial = 0; trial < 20_000; trial++) {
            ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            byte[] segment = app1(random.nextInt(10), order);
            for (int change = random.nextInt(1, 6); change > 0; change--) {
                segment[random.nextInt(segment.length)] = (byte) extremes[random.nextInt(extremes.length)];
            }
            byte[] start = new byte[2 + segment.length + random.nextInt(20)];
            start[0] = (byte) 0xff;
            start[1] = (byte) 0xd8;
            System.arraycopy(segment, 0, start, 2, segment.length);
            assertThat(ofJpeg(start).value()).isBetween(1, 8);
        }
        byte[] markersOnly = new byte[1 << 18];
        Arrays.fill(markersOnly, (byte) 0xff);
        assertThat(ofJpeg(markersOnly).value()).isEqualTo(1);
    }

    @Test
    void damagedExifInAPictureIsReadOrNamed() throws IOException {
        SplittableRandom random = new SplittableRandom(6);
        Path file = folder.resolve("damaged.jpg");
        for (int trial = 0; trial < 200; trial++) {
            byte[] segment = app1(6, ByteOrder.BIG_ENDIAN);
            segment[random.nextInt(segment.length)] = (byte) random.nextInt(256);
            Files.write(file, with(segment, AFTER_SOI));
            try {
                assertThat(ImageDecoder.decode(file).values()).hasSize(6 * BLOCK * BLOCK);
            } catch (InputException e) {
                assertThat(e).hasMessageContaining("damaged.jpg");
            }
        }
    }
}
