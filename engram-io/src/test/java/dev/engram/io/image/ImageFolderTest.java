package dev.engram.io.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.io.TestFiles;
import dev.engram.io.file.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What PatternReaderTest does not read: numbers of what is left out, and what is no folder of pictures. */
class ImageFolderTest {
    @TempDir
    Path folder;

    private void picture(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        TestFiles.grey(file, 1, 1, 255);
    }

    @Test
    void noMoreThanAreWantedAreFoundWhereverTheyLie() throws IOException {
        for (String name : new String[] {"a/0.png", "a/images/1.png", "b/2.png", "b/3.png", "c/4.png"}) {
            picture(name);
        }
        assertThat(ImageFolder.find(folder, 3).names()).containsExactly("a/0.png", "a/1.png", "b/2.png");
        assertThat(ImageFolder.find(folder, 3).files())
                .containsExactly(
                        folder.resolve("a/0.png"), folder.resolve("a/images/1.png"), folder.resolve("b/2.png"));
        assertThat(ImageFolder.find(folder, 9).names()).hasSize(5);
        assertThat(ImageFolder.find(folder, 9).notes()).isEmpty();
    }

    @Test
    void theTrainFolderIsTakenAloneAndThatIsSaid() throws IOException {
        for (String name : new String[] {"test/0.png", "train/1.png", "train/x/2.png", "train/y/images/3.png"}) {
            picture(name);
        }
        ImageFolder found = ImageFolder.find(folder, 9);
        assertThat(found.names()).containsExactly("train/1.png", "train/x/2.png", "train/y/3.png");
        assertThat(found.notes()).containsExactly("The pictures in the sub-folder train were read, no others.");
    }

    @Test
    void severalOfAKindAreLeftOutTogether() throws IOException {
        picture("a.png");
        for (String name : new String[] {"b.png", "c.png"}) {
            Files.createSymbolicLink(folder.resolve(name), folder.resolve("absent.png"));
        }
        Files.writeString(folder.resolve("d.HEIC"), "not looked at");
        assertThat(ImageFolder.find(folder, 9).notes())
                .containsExactly(
                        "1 picture is of a format that is not read (1 HEIC), left out. Maybe convert to PNG first.",
                        "2 links lead nowhere, left out: b.png and others.");
    }

    /** Of what lies in a class only pictures are counted: a folder is none, whatever its name. */
    @Test
    void whatIsHiddenByPicturesBesideItIsCountedByItsNames() throws IOException {
        picture("preview.png");
        picture("class/0.png");
        picture("class/1.png");
        picture("class/2.png/deeper.png");
        picture(".cache/3.png");
        Files.writeString(folder.resolve("class/notes.txt"), "text");
        assertThat(ImageFolder.find(folder, 9).notes())
                .singleElement()
                .asString()
                .startsWith("2 pictures in 1 sub-folder were not read");
    }

    @Test
    void hiddenFoldersHoldNoPictures() throws IOException {
        picture(".cache/0.png");
        assertThatThrownBy(() -> ImageFolder.find(folder, 9))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("has no pictures in it or in its sub-folders");
    }
}
