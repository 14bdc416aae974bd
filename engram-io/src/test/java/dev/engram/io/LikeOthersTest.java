package dev.engram.io;

import static dev.engram.io.PatternReader.read;
import static dev.engram.io.TestFiles.grey;
import static dev.engram.io.TestFiles.rgb;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.io.file.InputException;
import dev.engram.io.image.Fit;
import dev.engram.memory.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures brought to the shape of the patterns they are for. */
class LikeOthersTest {
    @TempDir
    Path folder;

    private static ReadOptions like(int... shape) {
        return ReadOptions.defaults().withLike(Shape.of(shape));
    }

    @Test
    void theSizeIsThatOfTheOthersBitForBit() throws IOException {
        rgb(folder.resolve("a.png"), 5, 7, 255, 0, 51);
        rgb(folder.resolve("b.png"), 2, 4, 1, 2, 3);
        PatternSet explicit = read(folder, ReadOptions.defaults().withResize(2, 4));
        PatternSet found = read(folder, like(4, 2, 3));
        assertThat(found.patterns()).isEqualTo(explicit.patterns());
        assertThat(found.digest()).isEqualTo(explicit.digest());
        assertThat(found.notes())
                .containsExactly(
                        "1 of 2 pictures were resized from 5x7 to 2x4, as the patterns they are compared with.");
    }

    @Test
    void severalSizesAreSaid() throws IOException {
        grey(folder.resolve("a.png"), 5, 7, 1);
        grey(folder.resolve("b.png"), 6, 7, 1);
        assertThat(read(folder, like(2, 2).withFit(Fit.PAD)).notes())
                .containsExactly("2 of 2 pictures were resized from 5x7 and other sizes to 2x2 (fit: pad), as the"
                        + " patterns they are compared with.");
    }

    @Test
    void aSizeThatIsGivenGoesBefore() throws IOException {
        grey(folder.resolve("a.png"), 5, 7, 1);
        PatternSet set = read(folder, like(2, 2).withResize(3, 3));
        assertThat(set.shape()).isEqualTo(Shape.of(3, 3));
        assertThat(set.notes()).containsExactly("1 of 1 pictures were resized from 5x7 to 3x3.");
    }

    @Test
    void greyBecomesRgbWhereTheOthersAre() throws IOException {
        grey(folder.resolve("a.png"), 1, 1, 51);
        PatternSet set = read(folder, like(1, 1, 3));
        assertThat(set.shape()).isEqualTo(Shape.of(1, 1, 3));
        assertThat(set.patterns().row(0)).containsExactly(0.2f, 0.2f, 0.2f);
        assertThat(set.notes())
                .containsExactly("1 of 1 pictures were grey and became RGB, as the patterns they are compared with.");
    }

    /** Pillow's {@code convert("L")} makes 82 and 124 of these, whole numbers of 255. */
    @Test
    void coloursBecomeGreyWhereTheOthersAre() throws IOException {
        rgb(folder.resolve("a.png"), 1, 1, 255, 0, 51);
        rgb(folder.resolve("b.png"), 1, 1, 10, 200, 30);
        PatternSet set = read(folder, like(1, 1));
        assertThat(set.shape()).isEqualTo(Shape.of(1, 1));
        assertThat(Math.round(set.patterns().get(0, 0) * 255)).isEqualTo(82);
        assertThat(Math.round(set.patterns().get(1, 0) * 255)).isEqualTo(124);
        assertThat(set.notes()).singleElement().asString().contains("2 of 2", "became grey (0.299 red");
    }

    @Test
    void oneChannelMayBeADimension() throws IOException {
        grey(folder.resolve("a.png"), 2, 2, 51);
        assertThat(read(folder, like(2, 2, 1)).shape()).isEqualTo(Shape.of(2, 2, 1));
    }

    @Test
    void whatIsNoPictureSaysNothingAboutPictures() throws IOException {
        grey(folder.resolve("a.png"), 2, 3, 51);
        for (int[] vector : new int[][] {{6}, {2, 2, 2, 2}, {20_000, 2}}) {
            assertThat(read(folder, like(vector)).shape()).isEqualTo(Shape.of(3, 2));
        }
    }

    @Test
    void fourChannelsAreNotGuessed() throws IOException {
        rgb(folder.resolve("a.png"), 2, 2, 1, 2, 3);
        assertThat(read(folder, like(2, 2, 4)).shape()).isEqualTo(Shape.of(2, 2, 3));
    }

    @Test
    void arraysStayAsTheyAreUnlessASizeIsGiven() throws IOException {
        Path file = Files.write(
                folder.resolve("a.npy"), TestFiles.npy(TestFiles.dict("|u1", "(1, 1, 4)"), 0, 51, 102, 153));
        assertThat(read(file, like(2, 2)).shape()).isEqualTo(Shape.of(1, 4));
        PatternSet cropped = read(file, like(1, 1).withResize(2, 1).withFit(Fit.CROP));
        assertThat(cropped.patterns().row(0)).containsExactly(0.2f, 0.4f);
        assertThat(cropped.notes()).containsExactly("All 1 pictures were resized from 4x1 to 2x1 (fit: crop).");
    }

    @Test
    void theFlagsAreDrawnInTheSizeOfTheOthers() {
        ReadOptions one = ReadOptions.defaults().withLimit(1);
        assertThat(Flags.read(one.withLike(Shape.of(9, 9, 3))).patterns())
                .isEqualTo(Flags.read(one.withResize(9, 9)).patterns());
        assertThat(Flags.read(one.withLike(Shape.of(9, 8, 3))).shape()).isEqualTo(Shape.of(64, 64, 3));
    }

    @Test
    void theFilesOfPicturesAreThoseThatAreRead() throws IOException {
        Path picture = grey(folder.resolve("b.png"), 1, 1, 1);
        grey(folder.resolve("a.png"), 1, 1, 1);
        ReadOptions options = ReadOptions.defaults();
        assertThat(PatternReader.pictures(folder, options).orElseThrow().names())
                .isEqualTo(read(folder, options).names());
        assertThat(PatternReader.pictures(folder, options.withLimit(1))
                        .orElseThrow()
                        .files())
                .hasSize(1);
        assertThat(PatternReader.pictures(picture, options).orElseThrow().names())
                .containsExactly("b.png");
        Path array = Files.write(folder.resolve("a.npy"), TestFiles.npy(TestFiles.dict("|u1", "(1, 1)"), 0));
        assertThat(PatternReader.pictures(array, options)).isEmpty();
        assertThatThrownBy(() -> PatternReader.pictures(folder.resolve("absent"), options))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("does not exist");
    }
}
