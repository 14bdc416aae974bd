package dev.engram.io.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Expected numbers from Pillow 13.0.0, on pictures of floats (mode F): {@code resize}, {@code crop} to the centre and
 * {@code resize}, {@code ImageOps.pad}, all with {@code Image.BILINEAR}. ({@code ImageOps.fit} lets what is cut off shine in.)
 */
class FittingTest {
    private static final Offset<Float> CLOSE = Offset.offset(0.002f);
    private static final BitSet NOTHING = new BitSet();

    /** 4 wide, 2 high: 0 51 102 153 in both rows. */
    private static final float[] WIDE = {0, 51, 102, 153, 0, 51, 102, 153};

    /** 3 wide, 5 high: 0, 10, 20 ... */
    private static final float[] TALL = {0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130, 140};

    private static float[] fitted(Fit fit, float[] picture, int width, int height, int toWidth, int toHeight) {
        return Fitting.of(fit, width, height, new ImageSize(toWidth, toHeight)).apply(picture, 1);
    }

    @Test
    void stretchingChangesTheAspectRatio() {
        assertThat(fitted(Fit.STRETCH, WIDE, 4, 2, 3, 3))
                .containsExactly(new float[] {15.3f, 76.5f, 137.7f, 15.3f, 76.5f, 137.7f, 15.3f, 76.5f, 137.7f}, CLOSE);
        assertThat(fitted(Fit.STRETCH, TALL, 3, 5, 2, 2))
                .containsExactly(new float[] {33.75f, 46.25f, 93.75f, 106.25f}, CLOSE);
    }

    @Test
    void stretchingIsResampling() {
        assertThat(fitted(Fit.STRETCH, TALL, 3, 5, 7, 4)).isEqualTo(Resampler.resize(TALL, 3, 5, 1, 7, 4));
    }

    @Test
    void croppingTakesTheCentre() {
        assertThat(fitted(Fit.CROP, WIDE, 4, 2, 2, 2)).containsExactly(51, 102, 51, 102);
        assertThat(fitted(Fit.CROP, WIDE, 4, 2, 3, 3))
                .containsExactly(new float[] {51, 76.5f, 102, 51, 76.5f, 102, 51, 76.5f, 102}, CLOSE);
        assertThat(fitted(Fit.CROP, TALL, 3, 5, 3, 3)).containsExactly(30, 40, 50, 60, 70, 80, 90, 100, 110);
        assertThat(fitted(Fit.CROP, TALL, 3, 5, 6, 6))
                .startsWith(30, 32.5f, 37.5f, 42.5f, 47.5f, 50)
                .endsWith(90, 92.5f, 97.5f, 102.5f, 107.5f, 110);
    }

    @Test
    void paddingSurroundsTheWholePictureWithTheMeanOfItsEdge() {
        float edge = 76.5f; // every pixel of 4x2 is at the edge
        assertThat(fitted(Fit.PAD, WIDE, 4, 2, 4, 4))
                .containsExactly(edge, edge, edge, edge, 0, 51, 102, 153, 0, 51, 102, 153, edge, edge, edge, edge);
        // Of 3x5 all but 40, 70 and 100: mean 70.
        assertThat(fitted(Fit.PAD, TALL, 3, 5, 5, 5))
                .startsWith(70, 0, 10, 20, 70)
                .endsWith(70, 120, 130, 140, 70);
        assertThat(fitted(Fit.PAD, TALL, 3, 5, 3, 3))
                .containsExactly(new float[] {16.607f, 29.107f, 70, 63.75f, 76.25f, 70, 110.893f, 123.393f, 70}, CLOSE);
    }

    @Test
    void thePaddingIsOfThePicturesOwnColour() {
        float[] red = {1, 0, 0.2f, 1, 0, 0.2f};
        float[] padded = Fitting.of(Fit.PAD, 2, 1, new ImageSize(2, 3)).apply(red, 3);
        assertThat(padded).containsExactly(1, 0, 0.2f, 1, 0, 0.2f, 1, 0, 0.2f, 1, 0, 0.2f, 1, 0, 0.2f, 1, 0, 0.2f);
    }

    @Test
    void oneColourStaysOneColourHoweverExtremeTheSides() {
        int[][] sides = {{1, 1, 1, 1}, {1, 9, 9, 1}, {9, 1, 1, 9}, {100, 1, 2, 2}, {1, 100, 3, 2}, {7, 5, 7, 5}};
        for (int[] s : sides) {
            float[] grey = new float[s[0] * s[1]];
            Arrays.fill(grey, 0.4f);
            for (Fit fit : Fit.values()) {
                float[] there = fitted(fit, grey, s[0], s[1], s[2], s[3]);
                assertThat(there)
                        .hasSize(s[2] * s[3])
                        .usingElementComparator(FittingTest::close)
                        .containsOnly(0.4f);
                assertThat(Fitting.of(fit, s[0], s[1], new ImageSize(s[2], s[3]))
                                .restore(there, grey, 1, NOTHING))
                        .hasSize(grey.length)
                        .usingElementComparator(FittingTest::close)
                        .containsOnly(0.4f);
            }
        }
    }

    private static int close(float a, float b) {
        return Math.abs(a - b) < 1e-6 ? 0 : Float.compare(a, b);
    }

    @Test
    void anAnswerFillsThePictureAndLeavesWhatWasCutOff() {
        Fitting crop = Fitting.of(Fit.CROP, 4, 2, new ImageSize(1, 1));
        assertThat(crop.restore(new float[] {7}, WIDE, 1, NOTHING)).containsExactly(0, 7, 7, 153, 0, 7, 7, 153);
        Fitting stretch = Fitting.of(Fit.STRETCH, 4, 2, new ImageSize(2, 1));
        assertThat(stretch.restore(new float[] {0, 8}, WIDE, 1, NOTHING)).containsExactly(0, 2, 6, 8, 0, 2, 6, 8);
    }

    @Test
    void thePaddingOfAnAnswerIsLeftOut() {
        Fitting pad = Fitting.of(Fit.PAD, 4, 2, new ImageSize(4, 4));
        float[] answer = {9, 9, 9, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9};
        assertThat(pad.restore(answer, WIDE, 1, NOTHING)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void whatIsKnownOfThePictureStays() {
        BitSet left = new BitSet();
        left.set(0);
        Fitting stretch = Fitting.of(Fit.STRETCH, 4, 2, new ImageSize(2, 1));
        assertThat(stretch.restore(new float[] {0, 8}, WIDE, 1, left)).containsExactly(0, 51, 6, 8, 0, 51, 6, 8);
        // In the padded square the picture is the two rows in the middle; the second of them is known.
        BitSet second = new BitSet();
        second.set(8, 12);
        Fitting pad = Fitting.of(Fit.PAD, 4, 2, new ImageSize(4, 4));
        assertThat(pad.restore(new float[16], WIDE, 1, second)).containsExactly(0, 0, 0, 0, 0, 51, 102, 153);
    }

    /** 3x3 pixels of which number i is (i, 10 i, 100 i), but for the one in the middle, which is not at the edge: 32/8, 320/8, 3200/8. */
    @Test
    void everyChannelHasItsOwnMeanOfTheEdge() {
        float[] picture = new float[27];
        for (int i = 0; i < 9; i++) {
            for (int c = 0; c < 3; c++) {
                picture[3 * i + c] = i == 4 ? 5000 : (float) (i * Math.pow(10, c));
            }
        }
        float[] padded = Fitting.of(Fit.PAD, 3, 3, new ImageSize(5, 3)).apply(picture, 3);
        for (int y = 0; y < 3; y++) {
            assertThat(Arrays.copyOfRange(padded, 15 * y, 15 * y + 3)).containsExactly(4, 40, 400);
            assertThat(Arrays.copyOfRange(padded, 15 * y + 3, 15 * y + 12))
                    .containsExactly(Arrays.copyOfRange(picture, 9 * y, 9 * y + 9));
            assertThat(Arrays.copyOfRange(padded, 15 * y + 12, 15 * y + 15)).containsExactly(4, 40, 400);
        }
    }

    /** The four pixels in the middle of 2x4 and of 4x2 are answered but for green of the second and red of the fourth, which are known. */
    @Test
    void colouredAnswersFillTheMiddleChannelByChannel() {
        BitSet known = new BitSet();
        known.set(3 + 1);
        known.set(9);
        float[] picture = new float[24];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = i;
        }
        float[] answer = new float[12];
        for (int i = 0; i < answer.length; i++) {
            answer[i] = 100 + i;
        }
        assertThat(Fitting.of(Fit.CROP, 2, 4, new ImageSize(2, 2)).restore(answer, picture, 3, known))
                .containsExactly(
                        0, 1, 2, 3, 4, 5, // above
                        100, 101, 102, 103, 10, 105, 106, 107, 108, 15, 110, 111, // 10 and 15 are the picture's
                        18, 19, 20, 21, 22, 23);
        assertThat(Fitting.of(Fit.CROP, 4, 2, new ImageSize(2, 2)).restore(answer, picture, 3, known))
                .containsExactly(
                        0, 1, 2, 100, 101, 102, 103, 7, 105, 9, 10, 11, // 7 is the picture's
                        12, 13, 14, 106, 107, 108, 18, 110, 111, 21, 22, 23);
    }

    @Test
    void fitsAreKnownByTheirWords() {
        assertThat(Fit.values()).extracting(Fit::word).containsExactly("stretch", "crop", "pad");
    }
}
