package dev.engram.io.numpy;

import static dev.engram.io.TestFiles.dict;
import static dev.engram.io.TestFiles.npy;
import static dev.engram.io.TestFiles.npz;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.io.Python;
import dev.engram.io.TestFiles;
import dev.engram.io.file.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzFileTest {
    private static final int ALL = Integer.MAX_VALUE;

    @TempDir
    Path folder;

    @Test
    void entryCalledImagesIsPreferred() throws IOException {
        Path file = npz(
                folder.resolve("a.npz"),
                "labels.npy",
                npy(dict("|u1", "(1,)"), 7),
                "images.npy",
                npy(dict("|u1", "(1, 2)"), 3, 4));

        assertThat(NpzFile.readFirst(file, "images", ALL).values()).containsExactly(3, 4);
    }

    @Test
    void onlyArrayIsTakenWhateverItsName() throws IOException {
        Path file =
                npz(folder.resolve("a.npz"), "arr_0.npy", npy(dict("|u1", "(1, 2)"), 3, 4), "readme.txt", new byte[3]);

        assertThat(NpzFile.readFirst(file, "images", ALL).values()).containsExactly(3, 4);
    }

    @Test
    void severalArraysWithoutTheNameAreListed() throws IOException {
        byte[] array = npy(dict("|u1", "(1, 1)"), 3);
        Path file = npz(folder.resolve("a.npz"), "x.npy", array, "b.npy", array);

        assertThatThrownBy(() -> NpzFile.readFirst(file, "images", ALL))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("[b, x]")
                .hasMessageContaining("np.savez(path, images=array)");
    }

    @Test
    void truncationAtEveryLengthIsReported() throws IOException {
        byte[] whole = Files.readAllBytes(npz(folder.resolve("a.npz"), "images.npy", npy(dict("|u1", "(1, 2)"), 3, 4)));
        for (int length = 0; length < whole.length; length++) {
            Path file = Files.write(folder.resolve("part.npz"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> NpzFile.readFirst(file, "images", ALL))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("part.npz");
        }
    }

    @Test
    void entryThatClaimsMoreThanItHasIsRefused() throws IOException {
        // The header promises 2 GB; the entry's own size in the directory, raised to match, cannot come from its bytes.
        byte[] array = npy(dict("|u1", "(2000000000,)"), 3, 4);
        byte[] zip = Files.readAllBytes(npz(folder.resolve("a.npz"), "images.npy", array));
        Path honest = folder.resolve("a.npz");
        assertThatThrownBy(() -> NpzFile.readFirst(honest, "images", ALL))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("promises");

        int directory = indexOf(zip, TestFiles.bytes('P', 'K', 1, 2));
        System.arraycopy(TestFiles.bytes(0xff, 0xff, 0xff, 0x7f), 0, zip, directory + 24, 4);
        Path bomb = Files.write(folder.resolve("bomb.npz"), zip);

        assertThatThrownBy(() -> NpzFile.readFirst(bomb, "images", ALL)).isInstanceOf(InputException.class);
    }

    @Test
    void storedEntriesWrittenByNumpyAreRead() throws Exception {
        Path file = folder.resolve("n.npz");
        Python.run(
                folder,
                List.of("numpy"),
                "numpy.savez(sys.argv[1], images=numpy.arange(6, dtype='>i4').reshape(3, 2), labels=[1])",
                file);

        NpyArray array = NpzFile.readFirst(file, "images", 2);

        assertThat(array.shape()).containsExactly(2, 2);
        assertThat(array.values()).containsExactly(0, 1, 2, 3);
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i + part.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("not found");
    }
}
