package dev.engram.io.numpy;

import static dev.engram.io.TestFiles.dict;
import static dev.engram.io.TestFiles.npy;
import static dev.engram.io.TestFiles.npz;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.engram.io.Python;
import dev.engram.io.TestFiles;
import dev.engram.io.file.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
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

    private Path damaged(String name, byte[] zip, int at) throws IOException {
        byte[] bytes = zip.clone();
        bytes[at] ^= 1;
        return Files.write(folder.resolve(name), bytes);
    }

    @Test
    void theChecksumIsComparedWhereValuesAreTaken() throws IOException {
        byte[] zip = Files.readAllBytes(npz(folder.resolve("a.npz"), "x.npy", npy(dict("|u1", "(1, 2)"), 3, 4)));
        int directory = indexOf(zip, TestFiles.bytes('P', 'K', 1, 2));
        Path file = damaged("sum.npz", zip, directory + 16);

        assertThat(NpzFile.<int[]>open(file, "x", ALL, OpenArray::shape)).containsExactly(1, 2);
        assertThatThrownBy(() -> NpzFile.readFirst(file, "x", ALL))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("sum.npz (entry x.npy) is damaged: its length or its checksum does not agree");
        assertThatThrownBy(() -> NpzFile.find(file, "x", NpyStrings::read)).isInstanceOf(InputException.class);
    }

    @Test
    void anEntryIsFoundByItsNameOrNotAtAll() throws IOException {
        Path file = npz(
                folder.resolve("a.npz"),
                "labels.npy",
                npy(dict("|u1", "(2,)"), 7, 8),
                "names.npy",
                npy(dict("|S1", "(2,)"), 'a', 'b'));

        assertThat(NpzFile.find(file, "names", NpyStrings::read)).contains(List.of("a", "b"));
        assertThat(NpzFile.find(file, "labels", NpyStrings::read)).contains(List.of("7", "8"));
        assertThat(NpzFile.find(file, "name", NpyStrings::read)).isEmpty();
    }

    @Test
    void anEntryWithoutBytesIsNoArray() throws IOException {
        Path file = npz(folder.resolve("a.npz"), "x.npy", new byte[0]);

        assertThatThrownBy(() -> NpzFile.readFirst(file, "x", ALL)).hasMessageContaining("is not a NumPy file");
    }

    @Test
    void namesInDirectoryAndEntriesMustAgree() throws IOException {
        byte[] zip = Files.readAllBytes(npz(
                folder.resolve("a.npz"),
                "labels.npy",
                npy(dict("|u1", "(1,)"), 7),
                "images.npy",
                npy(dict("|u1", "(1, 2)"), 3, 4)));
        int name = indexOf(zip, TestFiles.bytes('i', 'm', 'a', 'g'));
        int directory = indexOf(zip, TestFiles.bytes('P', 'K', 1, 2));

        Path entry = damaged("entry.npz", zip, name);
        assertThatThrownBy(() -> NpzFile.readFirst(entry, "images", ALL))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the entry at byte %,d is called hmages.npy there and images.npy in the directory"
                        .formatted(name - 30));
        Path listed = damaged("listed.npz", zip, directory + 46);
        assertThatThrownBy(() -> NpzFile.readFirst(listed, "images", ALL))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the entry at byte 0 is called labels.npy there and mabels.npy in the directory");
        Path beginning = damaged("beginning.npz", zip, name - 30);
        assertThatThrownBy(() -> NpzFile.readFirst(beginning, "labels", ALL))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(
                        "no entry begins at byte %,d, where images.npy was expected".formatted(name - 30));
    }

    @Test
    void aZipMayHaveBytesBeforeItsFirstEntryAndAComment() throws IOException {
        byte[] zip = Files.readAllBytes(
                npz(folder.resolve("a.npz"), "a.npy", npy(dict("|u1", "(1, 2)"), 3, 4), "b.txt", new byte[3]));
        byte[] longer = new byte[5 + zip.length + 4];
        System.arraycopy(zip, 0, longer, 5, zip.length);
        longer[5 + zip.length - 2] = 4;
        Path file = Files.write(folder.resolve("longer.npz"), longer);

        assertThat(NpzFile.readFirst(file, "a", ALL).values()).containsExactly(3, 4);
        Path renamed = damaged("renamed.npz", longer, 5 + 30);
        assertThatThrownBy(() -> NpzFile.readFirst(renamed, "a", ALL))
                .hasMessageContaining("the entry at byte 5 is called `.npy there and a.npy in the directory");
    }

    @Test
    void noFileStaysOpenWhateverHappens() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(descriptors), "open files are listed on Linux only");
        byte[] zip = Files.readAllBytes(npz(folder.resolve("open.npz"), "x.npy", npy(dict("|u1", "(1, 2)"), 3, 4)));
        Path good = folder.resolve("open.npz");
        NpzFile.readFirst(good, "x", ALL);
        Path renamed = damaged("open-too.npz", zip, 30);
        assertThatThrownBy(() -> NpzFile.readFirst(renamed, "x", ALL)).isInstanceOf(InputException.class);

        try (Stream<Path> open = Files.list(descriptors)) {
            assertThat(open.map(NpzFileTest::target)).doesNotContain(good.toRealPath(), renamed.toRealPath());
        }
    }

    private static Path target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException e) {
            return descriptor;
        }
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
