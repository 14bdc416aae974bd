package dev.engram.io;

import static dev.engram.io.TestFiles.dict;
import static dev.engram.io.TestFiles.grey;
import static dev.engram.io.TestFiles.npy;
import static dev.engram.io.TestFiles.rgb;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.engram.io.file.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternReaderTest {
    @TempDir
    Path folder;

    private static PatternSet read(Path path, ReadOptions options) {
        return PatternReader.read(path, options);
    }

    @Test
    void folderIsReadInTheOrderOfNamesWhateverTheNamesClaim() throws IOException {
        rgb(folder.resolve("b.png"), 2, 1, 0, 255, 0);
        Files.move(rgb(folder.resolve("x.png"), 2, 1, 255, 0, 0), folder.resolve("a")); // a picture without a suffix
        rgb(folder.resolve("c.BMP"), 2, 1, 0, 0, 255);

        PatternSet set = TestFiles.read(folder);

        assertThat(set.names()).containsExactly("a", "b.png", "c.BMP");
        assertThat(set.shape().dimensions()).containsExactly(1, 2, 3);
        assertThat(set.patterns().data()).containsExactly(1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1);
        assertThat(set.notes()).isEmpty();
    }

    @Test
    void hiddenFilesAndNonPicturesAreIgnoredAndCounted() throws IOException {
        grey(folder.resolve("a.png"), 1, 1, 255);
        grey(folder.resolve(".hidden.png"), 1, 1, 255);
        Files.writeString(folder.resolve("notes.txt"), "text");
        Files.createDirectory(folder.resolve("deeper"));
        grey(folder.resolve("deeper").resolve("z.png"), 1, 1, 255);

        PatternSet set = TestFiles.read(folder);

        assertThat(set.names()).containsExactly("a.png");
        assertThat(set.notes()).last().asString().startsWith("2 hidden files");
    }

    @Test
    void picturesOfClassesThatAPictureBesideThemHidesAreCounted() throws IOException {
        grey(folder.resolve("preview.png"), 1, 1, 255);
        for (String name : List.of("a/0.png", "a/1.png", "b/images/2.png", "c/notes.txt")) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            if (name.endsWith("png")) {
                grey(file, 1, 1, 255);
            } else {
                Files.writeString(file, "text");
            }
        }

        PatternSet set = TestFiles.read(folder);

        assertThat(set.names()).containsExactly("preview.png");
        assertThat(set.notes())
                .singleElement()
                .asString()
                .startsWith("3 pictures in 2 sub-folders were not read")
                .contains("preview.png");
    }

    @Test
    void whatLooksLikeAPictureAndCannotBeReadIsSaid() throws IOException {
        grey(folder.resolve("a.png"), 1, 1, 255);
        for (String name : List.of("b.webp", "c.TIF", "d.webp")) {
            Files.writeString(folder.resolve(name), "not looked at");
        }
        Files.createSymbolicLink(folder.resolve("e.png"), folder.resolve("absent.png"));
        Files.writeString(folder.resolve("notes"), "BMW pictures, taken in May"); // as bitmaps begin

        PatternSet set = TestFiles.read(folder);

        assertThat(set.names()).containsExactly("a.png");
        assertThat(set.notes())
                .containsExactly(
                        "3 pictures are of a format that is not read (1 TIFF, 2 WebP), left out. Maybe convert to PNG first.",
                        "1 link leads nowhere, left out: e.png.",
                        "1 hidden file or file that is no picture was ignored.");
    }

    @Test
    void aDeviceIsRefusedBeforeItIsRead() {
        Path device = Path.of("/dev/zero");
        assumeTrue(Files.exists(device), "this system has no /dev/zero");
        assertThatThrownBy(() -> TestFiles.read(device))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is a pipe, a socket or a device");
    }

    @Test
    void aFolderOfPicturesOfOtherFormatsSaysWhich() throws IOException {
        Files.writeString(folder.resolve("b.webp"), "not looked at");

        assertThatThrownBy(() -> TestFiles.read(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("1 picture is of a format that is not read (1 WebP)");
    }

    @Test
    void greyPicturesAloneHaveNoChannelAxis() throws IOException {
        grey(folder.resolve("a.png"), 2, 3, 51);
        grey(folder.resolve("b.png"), 2, 3, 102);

        PatternSet set = TestFiles.read(folder);

        assertThat(set.shape().dimensions()).containsExactly(3, 2);
        assertThat(set.patterns().row(1)).containsOnly(0.4f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.png", "c.png", "z.png"})
    void mixOfGreyAndColourBecomesColour(String coloured) throws IOException {
        grey(folder.resolve("a.png"), 1, 1, 51);
        grey(folder.resolve("d.png"), 1, 1, 102);
        rgb(folder.resolve(coloured), 1, 1, 255, 0, 0);

        PatternSet set = TestFiles.read(folder);

        assertThat(set.shape().dimensions()).containsExactly(1, 1, 3);
        assertThat(set.patterns().row(set.names().indexOf("a.png"))).containsExactly(0.2f, 0.2f, 0.2f);
        assertThat(set.patterns().row(set.names().indexOf("d.png"))).containsExactly(0.4f, 0.4f, 0.4f);
        assertThat(set.patterns().row(set.names().indexOf(coloured))).containsExactly(1, 0, 0);
        assertThat(set.notes()).singleElement().asString().startsWith("2 of 3 pictures were grey");
    }

    @Test
    void differentSizesNameTwoFilesAndTheWayOut() throws IOException {
        grey(folder.resolve("a.png"), 2, 3, 51);
        grey(folder.resolve("b.png"), 2, 3, 51);
        grey(folder.resolve("c.png"), 4, 3, 51);

        assertThatThrownBy(() -> TestFiles.read(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a.png is 2x3")
                .hasMessageContaining("c.png is 4x3")
                .hasMessageContaining("Maybe use --resize 2x3");
    }

    @Test
    void resizeBringsAllToOneSizeAndSaysHowMany() throws IOException {
        grey(folder.resolve("a.png"), 2, 2, 51);
        grey(folder.resolve("b.png"), 5, 7, 102);

        PatternSet set = read(folder, ReadOptions.defaults().withResize(2, 2));

        assertThat(set.patterns().row(0)).containsOnly(0.2f);
        assertThat(set.patterns().row(1))
                .usingElementComparator((x, y) -> Math.abs(x - y) < 1e-6 ? 0 : 1)
                .containsOnly(0.4f);
        assertThat(set.notes()).containsExactly("1 of 2 pictures were resized from 5x7 to 2x2.");
    }

    @Test
    void badPictureIsNamedAndLimitNeverTouchesIt() throws IOException {
        grey(folder.resolve("a.png"), 1, 1, 51);
        grey(folder.resolve("b.png"), 1, 1, 102);
        Files.writeString(folder.resolve("c.png"), "not a picture");

        assertThatThrownBy(() -> TestFiles.read(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("c.png");
        assertThat(read(folder, ReadOptions.defaults().withLimit(2)).names()).containsExactly("a.png", "b.png");
    }

    @Test
    void classFoldersAreReadOneAfterTheOther() throws IOException {
        for (String name : new String[] {"dog", "cat"}) {
            Path one = Files.createDirectory(folder.resolve(name));
            grey(one.resolve("1.png"), 1, 1, 51);
            grey(one.resolve("0.png"), 1, 1, 51);
        }

        assertThat(TestFiles.read(folder).names()).containsExactly("cat/0.png", "cat/1.png", "dog/0.png", "dog/1.png");
    }

    @Test
    void tinyImageNetIsReadFromItsTrainFolder() throws IOException {
        for (String name : new String[] {"train/n02/images", "train/n01/images", "val/images"}) {
            Path images = Files.createDirectories(folder.resolve(name));
            rgb(images.resolve("p_0.jpg"), 8, 8, 255, 255, 255);
            Files.writeString(images.resolveSibling("boxes.txt"), "p_0 0 0 8 8");
        }
        Files.writeString(folder.resolve("wnids.txt"), "n01");

        PatternSet set = TestFiles.read(folder);

        assertThat(set.names()).containsExactly("train/n01/p_0.jpg", "train/n02/p_0.jpg");
        assertThat(set.patterns().data()).containsOnly(1);
        assertThat(TestFiles.read(folder.resolve("train")).names()).containsExactly("n01/p_0.jpg", "n02/p_0.jpg");
    }

    @Test
    void emptyFoldersAreRefused() throws IOException {
        assertThatThrownBy(() -> TestFiles.read(folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("has no pictures");
        Files.writeString(folder.resolve("a.txt"), "text");
        assertThatThrownBy(() -> TestFiles.read(folder)).isInstanceOf(InputException.class);
    }

    @Test
    void onePictureIsOnePattern() throws IOException {
        PatternSet set = TestFiles.read(rgb(folder.resolve("a.png"), 2, 2, 255, 0, 0));

        assertThat(set.count()).isEqualTo(1);
        assertThat(set.names()).containsExactly("a.png");
    }

    @Test
    void arraysOfBytesBecomeValuesFromZeroToOne() throws IOException {
        Path file = Files.write(folder.resolve("a.npy"), npy(dict("|u1", "(2, 1, 2)"), 0, 51, 102, 255));

        PatternSet set = TestFiles.read(file);

        assertThat(set.shape().dimensions()).containsExactly(1, 2);
        assertThat(set.patterns().data()).containsExactly(0, 0.2f, 0.4f, 1);
        assertThat(set.names()).containsExactly("0", "1");
        assertThat(set.notes()).isEmpty();
    }

    @Test
    void arraysAreResizedToo() throws IOException {
        Path file = Files.write(folder.resolve("a.npy"), npy(dict("|u1", "(1, 2, 2)"), 0, 51, 102, 255));

        PatternSet set = read(file, ReadOptions.defaults().withResize(1, 1));

        assertThat(set.patterns().data()[0]).isCloseTo(0.4f, Offset.offset(1e-6f)); // the mean
        assertThat(set.notes()).containsExactly("All 1 pictures were resized from 2x2 to 1x1.");
        Path vectors = Files.write(folder.resolve("b.npy"), npy(dict("|u1", "(1, 2)"), 0, 51));
        assertThatThrownBy(() -> read(vectors, ReadOptions.defaults().withResize(3, 3)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("not pictures");
    }

    @Test
    void integersOtherThanBytesAreTakenAsTheyAreAndNoted() throws IOException {
        Path file = Files.write(folder.resolve("a.npy"), npy(dict("<i2", "(1, 2)"), 1, 0, 0xff, 0xff));

        PatternSet set = TestFiles.read(file);

        assertThat(set.patterns().data()).containsExactly(1, -1);
        assertThat(set.notes()).singleElement().asString().contains("-1.0 to 1.0");
    }

    @Test
    void notFiniteValuesAreNamedByPatternAndValue() throws IOException {
        // [[0, 1], [1, NaN]], float32
        Path file = Files.write(
                folder.resolve("a.npy"),
                npy(dict("<f4", "(2, 2)"), 0, 0, 0, 0, 0, 0, 0x80, 0x3f, 0, 0, 0x80, 0x3f, 0, 0, 0xc0, 0x7f));

        assertThatThrownBy(() -> TestFiles.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("value 1 of pattern 1 (1) is NaN")
                .hasMessageContaining("np.nan_to_num");
        assertThat(read(file, ReadOptions.defaults().withLimit(1)).count()).isEqualTo(1);
    }

    @Test
    void arraysWithoutPatternsOrAxesAreRefused() throws IOException {
        Path empty = Files.write(folder.resolve("a.npy"), npy(dict("|u1", "(0, 2)")));
        Path flat = Files.write(folder.resolve("b.npy"), npy(dict("|u1", "(2,)"), 1, 2));

        assertThatThrownBy(() -> TestFiles.read(empty)).hasMessageContaining("no values");
        assertThatThrownBy(() -> TestFiles.read(flat)).hasMessageContaining("reshape(1, -1)");
    }

    @Test
    void unknownFilesAreDescribedByTheirBytes() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.npy"));
        Path text = Files.writeString(folder.resolve("text.npy"), "hello");
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> TestFiles.read(empty))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> TestFiles.read(text))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("68 65 6c 6c 6f")
                .hasMessageContaining("not what its name says");
        assertThatThrownBy(() -> TestFiles.read(missing))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void digestTellsValuesAndShapesApart() throws IOException {
        Path wide = Files.write(folder.resolve("a.npy"), npy(dict("|u1", "(1, 1, 2)"), 3, 4));
        Path high = Files.write(folder.resolve("b.npy"), npy(dict("|u1", "(1, 2, 1)"), 3, 4));
        Path other = Files.write(folder.resolve("c.npy"), npy(dict("|u1", "(1, 1, 2)"), 4, 3));

        String digest = TestFiles.read(wide).digest();

        // hashlib.sha256(struct.pack('<4i', 2, 1, 2, 1) + (np.array([3, 4], 'f4') / np.float32(255)).tobytes())
        assertThat(digest).isEqualTo("4493b0d654beb553ca49f8c20f85bbdb38d086d969c524733b2af7acdb3c7f7a");
        assertThat(TestFiles.read(high).digest()).isNotEqualTo(digest);
        assertThat(TestFiles.read(other).digest()).isNotEqualTo(digest);
    }
}
