package dev.engram.io.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The samples of a picture are those that are stored, with no colours managed; all expected values are Pillow's (13.0.0, libjpeg-turbo
 * 3.2.0).
 */
class StoredSamplesTest {
    private static final int SOI = 2;

    /**
     * {@code Image.new("RGB", (8, 8), (200, 100, 50)).save(b, "JPEG", quality=95, subsampling=0, optimize=True)}: its components are Y, Cb,
     * Cr, and each has all pixels, by which ImageIO takes them for red, green and blue if no marker says otherwise. Three stray bytes
     * stand before its frame, which decoders pass over.
     */
    private static final byte[] JPEG = Base64.getDecoder()
            .decode(
                    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAIBAQEBAQIBAQECAgICAgQDAgICAgUEBAMEBgUGBgYFBgYGBwkIBgcJBwYGCAsI"
                            + "CQoKCgoKBggLDAsKDAkKCgr/2wBDAQICAgICAgUDAwUKBwYHCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoK"
                            + "CgoKCgoKCgoKCgoKCgoKCgr/wAARCAAIAAgDAREAAhEBAxEB/8QAFAABAAAAAAAAAAAAAAAAAAAABf/EABQQAQAAAAAAAAAA"
                            + "AAAAAAAAAAD/xAAUAQEAAAAAAAAAAAAAAAAAAAAI/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQACEQMRAD8APFc2H//Z");

    /** Where JFIF's marker ends. */
    private static final int AFTER_JFIF = 20;

    @TempDir
    Path folder;

    @Test
    void aColourProfileChangesNothing() throws IOException {
        byte[] linear = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        ByteBuffer body = ByteBuffer.allocate(14 + linear.length);
        body.put("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.US_ASCII)).put(linear);

        assertThat(colour(with(segment(0xe2, body.array()), AFTER_JFIF))).isEqualTo("200 100 50");
        assertThat(colour(JPEG)).isEqualTo("200 100 50");
    }

    @Test
    void threeComponentsWithoutMarkersAreTakenByTheirNames() throws IOException {
        byte[] bare = with(new byte[0], AFTER_JFIF);
        byte[] unmarked = new byte[bare.length - AFTER_JFIF + SOI];
        System.arraycopy(bare, 0, unmarked, 0, SOI);
        System.arraycopy(bare, AFTER_JFIF, unmarked, SOI, bare.length - AFTER_JFIF);

        assertThat(colour(unmarked)).isEqualTo("200 100 50");
        assertThat(colour(named(unmarked, 0, 1, 2))).isEqualTo("200 100 50");
        assertThat(colour(named(unmarked, 'R', 'G', 'B'))).isEqualTo("124 86 182");
        assertThat(colour(with(unmarked, adobe(0), SOI))).isEqualTo("124 86 182");
        assertThat(colour(with(unmarked, adobe(1), SOI))).isEqualTo("200 100 50");
        assertThat(colour(with(adobe(0), AFTER_JFIF))).as("JFIF knows no RGB").isEqualTo("200 100 50");
    }

    /** A frame of 2 x 1 pixels at (1, 2) of a canvas of 4 x 3; the colours are 10 20 30, 255 0 51, 1 2 3 and 0 255 0. */
    @Test
    void aGifIsItsCanvasAndNotItsFirstRectangle() throws IOException {
        byte[] gif = HexFormat.of()
                .parseHex("4749463837610400030081" + "0000" + "0a141eff003301020300ff00" + "2c01000200020001000008"
                        + "0500030c0808003b");
        Path file = Files.write(folder.resolve("a.gif"), gif);

        DecodedImage image = ImageDecoder.decode(file);

        assertThat(image.size()).isEqualTo("4x3");
        int[] expected = new int[4 * 3 * 3];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = 10 * (i % 3 + 1);
        }
        System.arraycopy(new int[] {255, 0, 51, 0, 255, 0}, 0, expected, (2 * 4 + 1) * 3, 6);
        assertThat(bytes(image)).containsExactly(expected);
        assertThat(image.notes()).isEmpty();
    }

    @Test
    void aTransparentGifIsTransparentBesideItsFirstRectangle() throws IOException {
        byte[] gif = HexFormat.of()
                .parseHex("4749463839610300010081" + "0000" + "0a141eff003301020300ff00" + "21f9040100000200"
                        + "2c01000000020001000008" + "0500030c0808003b");
        Path file = Files.write(folder.resolve("a.gif"), gif);

        DecodedImage image = ImageDecoder.decode(file);

        assertThat(bytes(image)).containsExactly(0, 0, 0, 255, 0, 51, 0, 255, 0);
        assertThat(image.notes()).containsExactly(DecodedImage.Note.ALPHA);
    }

    /** The canvas of 2 x 1 pixels grows to hold the frame of 2 x 1 at (1, 2), in Pillow too; beside it is the first colour. */
    @Test
    void aFrameBeyondItsCanvasIsNotCut() throws IOException {
        DecodedImage image = frame("02000100", "01000200");
        assertThat(image.size()).isEqualTo("3x3");
        assertThat(bytes(image))
                .containsExactly(
                        10, 20, 30, 10, 20, 30, 10, 20, 30, //
                        10, 20, 30, 10, 20, 30, 10, 20, 30, //
                        10, 20, 30, 255, 0, 51, 0, 255, 0);
    }

    @Test
    void aFrameAsWideAsItsCanvasMayBeLower() throws IOException {
        DecodedImage image = frame("02000200", "00000100");
        assertThat(image.size()).isEqualTo("2x2");
        assertThat(bytes(image)).containsExactly(10, 20, 30, 10, 20, 30, 255, 0, 51, 0, 255, 0);
    }

    /** A frame of 2 x 1 pixels on a canvas of that size, at that place. */
    private DecodedImage frame(String size, String place) throws IOException {
        byte[] gif = HexFormat.of()
                .parseHex("474946383761" + size + "81" + "0000" + "0a141eff003301020300ff00" + "2c" + place
                        + "0200010000" + "08" + "0500030c0808003b");
        return ImageDecoder.decode(Files.write(folder.resolve("a.gif"), gif));
    }

    private String colour(byte[] jpeg) throws IOException {
        int[] bytes = bytes(ImageDecoder.decode(Files.write(folder.resolve("a.jpg"), jpeg)));
        return bytes[0] + " " + bytes[1] + " " + bytes[2];
    }

    private static int[] bytes(DecodedImage image) {
        int[] bytes = new int[image.values().length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = Math.round(image.values()[i] * 255);
        }
        return bytes;
    }

    private static byte[] adobe(int transform) {
        byte[] body = "Adobe\0\0\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII);
        body[6] = 100;
        body[11] = (byte) transform;
        return segment(0xee, body);
    }

    private static byte[] segment(int marker, byte[] body) {
        ByteBuffer segment = ByteBuffer.allocate(4 + body.length);
        segment.put((byte) 0xff).put((byte) marker).putShort((short) (2 + body.length));
        return segment.put(body).array();
    }

    private static byte[] with(byte[] segment, int at) {
        return with(JPEG, segment, at);
    }

    private static byte[] with(byte[] jpeg, byte[] segment, int at) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, at);
        out.writeBytes(segment);
        out.write(jpeg, at, jpeg.length - at);
        return out.toByteArray();
    }

    /** The same with other names of the components, in the frame and in the scan. */
    private static byte[] named(byte[] jpeg, int... names) {
        byte[] renamed = jpeg.clone();
        int frame = at(jpeg, 0xc0);
        int scan = at(jpeg, 0xda);
        for (int i = 0; i < names.length; i++) {
            renamed[frame + 10 + 3 * i] = (byte) names[i];
            renamed[scan + 5 + 2 * i] = (byte) names[i];
        }
        return renamed;
    }

    private static int at(byte[] jpeg, int marker) {
        for (int i = SOI; ; i++) {
            if (jpeg[i] == (byte) 0xff && jpeg[i + 1] == (byte) marker) {
                return i;
            }
        }
    }
}
