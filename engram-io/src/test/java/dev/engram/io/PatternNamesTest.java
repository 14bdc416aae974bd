package dev.engram.io;

import static dev.engram.io.TestFiles.dict;
import static dev.engram.io.TestFiles.npy;
import static dev.engram.io.TestFiles.npz;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.io.file.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatternNamesTest {
    private static final byte[] TWO_PATTERNS = npy(dict("|u1", "(2, 2)"), 1, 2, 3, 4);

    @TempDir
    Path folder;

    private PatternSet read(Object... entries) throws IOException {
        return PatternReader.read(npz(folder.resolve("a.npz"), entries), ReadOptions.defaults());
    }

    @Test
    void aListIsReadWithoutMarkAndSpaces() throws IOException {
        Path file = folder.resolve("names.txt");
        Files.writeString(file, "\uFEFF ant\r\nélan 2 \r\n", StandardCharsets.UTF_8);
        assertThat(PatternNames.read(file, 2, false)).containsExactly("ant", "élan 2");
        assertThat(PatternNames.read(file, 1, true)).containsExactly("ant");
        assertThatThrownBy(() -> PatternNames.read(file, 1, false))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("2 names for 1 pattern");
        assertThatThrownBy(() -> PatternNames.read(file, 3, true)).hasMessageContaining("2 names for 3 patterns");
    }

    @Test
    void whatIsNotTextOrTooLongIsRefused() throws IOException {
        Path file = folder.resolve("names.txt");
        Files.write(file, new byte[] {'a', (byte) 0xff});
        assertThatThrownBy(() -> PatternNames.read(file, 1, false)).hasMessageContaining("not UTF-8 text");
        Files.writeString(file, "x".repeat(PatternNames.LONGEST + 1));
        assertThatThrownBy(() -> PatternNames.read(file, 1, false)).hasMessageContaining("line 1", "at most 1,000");
    }

    @Test
    void equalNamesOfFilesAreToldApart() {
        assertThat(PatternNames.unique(List.of("a", "b", "a", "a (2)", "a")))
                .containsExactly("a", "b", "a (3)", "a (2)", "a (4)");
        assertThat(PatternNames.unique(List.of("x".repeat(2_000))).get(0)).hasSizeLessThan(PatternNames.LONGEST);
    }

    /** Bytes worked out by hand: 'U2' is two code points of four bytes each, 'S3' three bytes, 'i2' two, the first byte the lowest. */
    @Test
    void textAndNumbersOfAnNpzAreNames() throws IOException {
        byte[] names = npy(dict("<U2", "(2,)"), 'a', 0, 0, 0, 0xe9, 0, 0, 0, 'b', 0, 0, 0, 0, 0, 0, 0);
        assertThat(read("images.npy", TWO_PATTERNS, "names.npy", names).names()).containsExactly("aé", "b");
        byte[] big = npy(dict(">U1", "(2,)"), 0, 0, 0, 'x', 0, 1, 0xf6, 0); // U+1F600
        assertThat(read("images.npy", TWO_PATTERNS, "names.npy", big).names()).containsExactly("x", "\ud83d\ude00");
        byte[] classes = npy(dict("|S3", "(2,)"), 'c', 'a', 't', 'c', 'a', 't');
        assertThat(read("images.npy", TWO_PATTERNS, "labels.npy", classes).names())
                .containsExactly("cat #0", "cat #1");
        byte[] numbers = npy(dict("<i2", "(2,)"), 0xff, 0xff, 1, 1); // -1 and 257
        PatternSet labelled = read("images.npy", TWO_PATTERNS, "labels.npy", numbers);
        assertThat(labelled.names()).containsExactly("-1 #0", "257 #1");
        assertThat(labelled.isNamed()).isTrue();
        assertThat(labelled.digest())
                .as("names are not data")
                .isEqualTo(read("images.npy", TWO_PATTERNS).digest());
    }

    @Test
    void anEntryThatIsNoListOfNamesIsLeftWithANote() throws IOException {
        byte[] one = npy(dict("|u1", "(1,)"), 7);
        PatternSet few = read("images.npy", TWO_PATTERNS, "labels.npy", one);
        assertThat(few.isNamed()).isFalse();
        assertThat(few.notes()).containsExactly("The entry labels holds 1 for 2 patterns, and was not used as names.");
        byte[] objects = npy(dict("|O", "(2,)"), 1, 2, 3, 4);
        assertThat(read("images.npy", TWO_PATTERNS, "names.npy", objects).notes())
                .containsExactly("The entry names was not used as names.");
    }

    @Test
    void namesThatAreNotUniqueAreRefused() throws IOException {
        byte[] twice = npy(dict("|S1", "(2,)"), 'a', 'a');
        assertThatThrownBy(() -> read("images.npy", TWO_PATTERNS, "names.npy", twice))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("(entry names), number 1: the name a was given before, at 0");
    }

    @Test
    void numpysOwnFilesAreRead() throws Exception {
        Path file = folder.resolve("n.npz");
        Python.run(
                folder,
                List.of("numpy"),
                "numpy.savez_compressed(sys.argv[1], images=numpy.zeros((3, 2)), names=numpy.array(['ä b', 'c', '\\U0001F600']))",
                file);
        assertThat(PatternReader.read(file, ReadOptions.defaults()).names())
                .containsExactly("ä b", "c", "\ud83d\ude00");
    }
}
