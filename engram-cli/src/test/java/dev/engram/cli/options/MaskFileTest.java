package dev.engram.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.cli.BadInputTest;
import dev.engram.cli.Cli;
import dev.engram.cli.Samples;
import dev.engram.io.file.InputException;
import dev.engram.io.image.Fit;
import dev.engram.io.image.ImageWriter;
import dev.engram.memory.Mask;
import dev.engram.memory.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrays of {@link BadInputTest#booleans} mark every other element, from the first. */
class MaskFileTest {
    private static final int CUES = 4;

    @TempDir
    Path folder;

    @Test
    void anArrayOfPixelsMarksAllChannels() throws IOException {
        BadInputTest.booleans(folder.resolve("m.npy"), 6, 5);
        Mask known = mask(Choices.MaskMeaning.KNOWN);

        assertThat(known.rows()).isEqualTo(1);
        assertThat(known.knownValues(0)).isEqualTo(15 * 3);
        for (int channel = 0; channel < 3; channel++) {
            assertThat(known.isKnown(0, channel)).isTrue();
            assertThat(known.isKnown(0, 3 + channel)).isFalse();
        }
    }

    @Test
    void missingIsTheOtherWayRound() throws IOException {
        BadInputTest.booleans(folder.resolve("m.npy"), 6, 5);
        Mask known = mask(Choices.MaskMeaning.MISSING);
        assertThat(known.isKnown(0, 0)).isFalse();
        assertThat(known.isKnown(0, 3)).isTrue();
    }

    @Test
    void anArrayOfThePatternsShapeMarksValues() throws IOException {
        BadInputTest.booleans(folder.resolve("m.npy"), 6, 5, 3);
        Mask known = mask(Choices.MaskMeaning.KNOWN);
        assertThat(known.isKnown(0, 0)).isTrue();
        assertThat(known.isKnown(0, 1)).isFalse();
    }

    @Test
    void anArrayMayHoldAMaskForEachCue() throws IOException {
        BadInputTest.booleans(folder.resolve("m.npy"), CUES, 6, 5);
        assertThat(mask(Choices.MaskMeaning.KNOWN).rows()).isEqualTo(CUES);
        BadInputTest.booleans(folder.resolve("m.npy"), CUES, 90);
        assertThat(mask(Choices.MaskMeaning.KNOWN).rows()).isEqualTo(CUES);
    }

    @Test
    void aPictureMarksWhatIsWhite() {
        float[] white = new float[30];
        white[7] = 1;
        Path picture = folder.resolve("m.png");
        ImageWriter.writePng(picture, white, Shape.of(6, 5));
        Mask known = new MaskFile(picture, Samples.RGB, CUES, false, Fit.STRETCH).read(Choices.MaskMeaning.KNOWN);

        assertThat(known.knownValues(0)).isEqualTo(3);
        assertThat(known.isKnown(0, 21)).isTrue();
    }

    /** 8 wide for 4, 2 high for 2: each pixel is of the triangle ½ + ½ and a quarter of its neighbours', 1 3 3 1 of 8. */
    @Test
    void aPictureOfAnotherSizeIsKnownWhereNothingMissingHasAPart() {
        Path picture = folder.resolve("m.png");
        ImageWriter.writePng(picture, new float[] {1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0}, Shape.of(2, 8));
        assertThat(knownOf(picture, Shape.of(2, 4), Fit.STRETCH, Choices.MaskMeaning.KNOWN))
                .containsExactly(true, false, false, false, true, false, false, false);
        assertThat(knownOf(picture, Shape.of(2, 4), Fit.STRETCH, Choices.MaskMeaning.MISSING))
                .containsExactly(false, false, false, true, false, false, false, true);
        assertThat(knownOf(picture, Shape.of(2, 4), Fit.CROP, Choices.MaskMeaning.KNOWN))
                .containsExactly(true, true, false, false, true, true, false, false);
        // One row in the upper half; the other is around it.
        assertThat(knownOf(picture, Shape.of(2, 4), Fit.PAD, Choices.MaskMeaning.MISSING))
                .containsExactly(false, false, false, true, false, false, false, false);
    }

    /** Label pictures hold 0 and 1 of 255; 127 of 255 is no white either. */
    @ParameterizedTest
    @ValueSource(ints = {1, 127})
    void aDarkPictureOfTwoValuesMarksWhatIsNotNought(int mark) {
        float[] labels = new float[30];
        labels[7] = mark / 255f;
        Path picture = folder.resolve("m.png");
        ImageWriter.writePng(picture, labels, Shape.of(6, 5));
        Mask known = new MaskFile(picture, Samples.RGB, CUES, false, Fit.STRETCH).read(Choices.MaskMeaning.KNOWN);
        assertThat(known.knownValues(0)).isEqualTo(3);
        assertThat(known.isKnown(0, 21)).isTrue();
    }

    /** 0, 1 and 200 of 255: a picture of several values marks what is white. */
    @Test
    void aPictureOfMoreValuesMarksWhatIsWhite() {
        float[] grey = new float[30];
        grey[7] = 1 / 255f;
        grey[8] = 200 / 255f;
        Path picture = folder.resolve("m.png");
        ImageWriter.writePng(picture, grey, Shape.of(6, 5));
        Mask known = new MaskFile(picture, Samples.RGB, CUES, false, Fit.STRETCH).read(Choices.MaskMeaning.KNOWN);
        assertThat(known.knownValues(0)).isEqualTo(3);
        assertThat(known.isKnown(0, 24)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Choices.MaskMeaning.class)
    void aMaskThatMarksNothingOrEverythingIsRefused(Choices.MaskMeaning meaning) throws IOException {
        Path picture = folder.resolve("m.png");
        for (float value : new float[] {0, 1, 1 / 255f}) {
            float[] all = new float[30];
            Arrays.fill(all, value);
            ImageWriter.writePng(picture, all, Shape.of(6, 5));
            assertThatThrownBy(() -> new MaskFile(picture, Samples.RGB, CUES, false, Fit.STRETCH).read(meaning))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(value == 0 ? "m.png marks nothing" : "m.png marks everything")
                    .hasMessageContaining("Maybe");
        }
    }

    /** Black, with the mask in its transparency: what is opaque may be meant, or what is not. */
    @Test
    void aMaskInTheTransparencyIsRefusedWithAWayOut() throws IOException {
        BufferedImage image = new BufferedImage(5, 6, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(2, 1, 0xff000000);
        Path picture = folder.resolve("m.png");
        ImageIO.write(image, "png", picture.toFile());
        assertThatThrownBy(() ->
                        new MaskFile(picture, Samples.RGB, CUES, false, Fit.STRETCH).read(Choices.MaskMeaning.MISSING))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("marks nothing")
                .hasMessageContaining("alpha channel");
    }

    private static Boolean[] knownOf(Path picture, Shape shape, Fit fit, Choices.MaskMeaning meaning) {
        Mask known = new MaskFile(picture, shape, 1, false, fit).read(meaning);
        return IntStream.range(0, shape.values())
                .mapToObj(value -> known.isKnown(0, value))
                .toArray(Boolean[]::new);
    }

    @Test
    void completeTakesAMaskFile() throws IOException {
        Path patterns = Samples.npy(folder.resolve("p.npy"), CUES, Samples.RGB);
        Path memory = Cli.learned(patterns, folder.resolve("m.engram"));
        BadInputTest.booleans(folder.resolve("m.npy"), CUES, 6, 5);
        Path answers = folder.resolve("o.npy");
        Cli.Result result = Cli.run(
                "complete",
                memory,
                patterns,
                "--mask",
                folder.resolve("m.npy"),
                "--mask-means",
                "missing",
                "-o",
                answers);

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(Cli.run("score", patterns, answers).out()).contains("Recovered 4 of 4");
    }

    private Mask mask(Choices.MaskMeaning meaning) {
        return new MaskFile(folder.resolve("m.npy"), Samples.RGB, CUES, false, Fit.STRETCH).read(meaning);
    }
}
