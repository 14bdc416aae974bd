package dev.engram.io.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers written by hand, as ITU T.81 has them: markers, and segments whose length counts its own two bytes. */
class JpegHeaderTest {
    private static final String START = "ffd8";
    private static final String JFIF = segment("e0", "4a46494600");
    private static final String RGB = segment("c0", "08 0001 0001 03 521100 471100 421100".replace(" ", ""));

    private static String segment(String marker, String bytes) {
        return "ff%s%04x%s".formatted(marker, bytes.length() / 2 + 2, bytes);
    }

    private static JpegHeader header(String... parts) {
        return JpegHeader.of(HexFormat.of().parseHex(String.join("", parts)));
    }

    @Test
    void nothingIsSaidByWhatIsNoJpeg() {
        for (String bytes : new String[] {"", "ff", "ffd9" + JFIF, "00d8" + JFIF, START, START + "ff"}) {
            assertThat(header(bytes)).isEqualTo(header("00"));
        }
    }

    @Test
    void everySegmentIsReadInAnyOrder() {
        String exif = HexFormat.of().formatHex("Exif\0\0tiff".getBytes(StandardCharsets.US_ASCII));
        String adobe = HexFormat.of().formatHex("Adobe".getBytes(StandardCharsets.US_ASCII));
        JpegHeader all = header(
                START, segment("e2", ""), segment("e1", exif), RGB, JFIF, segment("ee", adobe + "000000000000" + "07"));
        assertThat(all.exif())
                .hasValueSatisfying(tiff -> assertThat(tiff).asString().isEqualTo("tiff"));
        assertThat(all.jfif()).isTrue();
        assertThat(all.components()).containsExactly((int) 'R', (int) 'G', (int) 'B');
        assertThat(all.adobeTransform()).contains(7);
        assertThat(header(START, segment("ee", adobe + "000000000000")).adobeTransform())
                .as("a byte short")
                .isEmpty();
        assertThat(header(START, segment("e0", "4a464946")).jfif()).isFalse();
        assertThat(header(START, segment("e1", "4a46494600")).jfif()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"c0", "c1", "c3", "cf"})
    void framesNameTheirComponents(String marker) {
        String frame = RGB.replaceFirst("ffc0", "ff" + marker);
        assertThat(header(START, frame).components()).hasSize(3);
        assertThat(header(START, frame, segment(marker, "0800010001015900")).components())
                .as("the first counts")
                .hasSize(3);
        assertThat(header(START, frame).isRgb()).isTrue();
        assertThat(header(START, JFIF, frame).isRgb()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bf", "c4", "c8", "cc", "d1"})
    void otherMarkersHaveNone(String marker) {
        assertThat(header(START, RGB.replaceFirst("ffc0", "ff" + marker)).components())
                .isEmpty();
    }

    /** Restarts and 01 have no segment; fill bytes, and whatever stands before a marker, are passed over. */
    @ParameterizedTest
    @ValueSource(strings = {"ffd0", "ffd7", "ff01", "ff01ffd3ff01", "ffff", "abcd", "ff00", "00ff00"})
    void whatStandsBetweenSegmentsIsPassedOver(String between) {
        assertThat(header(START, between, JFIF, between, RGB))
                .satisfies(found -> assertThat(found.jfif()).isTrue())
                .satisfies(found -> assertThat(found.components()).hasSize(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffda0002", "ffd90002", "ffe20001", "ffe20000", "ffe2ffff"})
    void nothingIsReadAfterTheEndOfTheHeader(String end) {
        assertThat(header(START, JFIF, end, RGB)).isEqualTo(header(START, JFIF));
    }

    /** Whatever stands in them, here the end of the picture again and again. */
    @Test
    void longSegmentsArePassedOver() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(HexFormat.of().parseHex(START));
        for (int i = 0; i < 3; i++) {
            bytes.writeBytes(HexFormat.of().parseHex("ffe2ffff"));
            bytes.writeBytes(HexFormat.of().parseHex("ffd9".repeat(0xfffd / 2) + "00"));
        }
        bytes.writeBytes(HexFormat.of().parseHex(RGB));
        assertThat(JpegHeader.of(bytes.toByteArray()).components()).hasSize(3);
    }
}
