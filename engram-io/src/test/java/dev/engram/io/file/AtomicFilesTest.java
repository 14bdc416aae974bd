package dev.engram.io.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AtomicFilesTest {
    private static final byte[] NEW = new byte[300_000];

    @TempDir
    Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void newFileIsWrittenAndNothingElseIsLeft() throws IOException {
        AtomicFiles.write(folder.resolve("a"), out -> out.write(NEW));

        assertThat(folder.resolve("a")).hasBinaryContent(NEW);
        assertThat(names()).containsExactly("a");
    }

    @Test
    void existingFileIsReplaced() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "old");

        AtomicFiles.write(file, out -> out.write('n'));

        assertThat(file).hasContent("n");
    }

    @Test
    void newFilesHaveOrdinaryPermissions() throws IOException {
        Path plain = Files.createFile(folder.resolve("plain"));
        AtomicFiles.write(folder.resolve("a"), out -> out.write(1));

        Assumptions.assumeTrue(
                plain.getFileSystem().supportedFileAttributeViews().contains("posix"), "no permissions");
        assertThat(Files.getPosixFilePermissions(folder.resolve("a"))).isEqualTo(Files.getPosixFilePermissions(plain));
    }

    @Test
    void symbolicLinkStaysAndItsFileIsReplaced() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);

        AtomicFiles.write(link, out -> out.write('n'));

        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(file).hasContent("n");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 65_535, 65_536, 65_537, 299_999})
    void fullDiskLeavesTheOldFileAndNothingElse(long bytes) throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "old");

        assertThatThrownBy(() -> AtomicFiles.write(FaultyFileStore.fullAfter(bytes), file, out -> out.write(NEW)))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("No space left on device. Maybe free some space");
        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void failureOfAnyActLeavesTheOldFileAndNothingElse(int acts) throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "old");
        FaultyFileStore store = FaultyFileStore.failingAfter(acts, false);

        assertThatThrownBy(() -> AtomicFiles.write(store, file, out -> out.write(NEW)))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("injected failure");
        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void crashAtAnyActLeavesTheOldFileOrTheNew(int acts) throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "old");
        FaultyFileStore store = FaultyFileStore.failingAfter(acts, true);

        assertThatThrownBy(() -> AtomicFiles.write(store, file, out -> out.write(NEW)))
                .isInstanceOf(FaultyFileStore.Crash.class);
        if (acts < 3) {
            assertThat(file).hasContent("old");
        } else {
            assertThat(file).hasBinaryContent(NEW);
        }
    }

    @Test
    void failureOfTheContentRemovesTheTemporaryFile() throws IOException {
        assertThatThrownBy(() -> AtomicFiles.write(folder.resolve("a"), out -> {
                    out.write(NEW);
                    throw new IllegalStateException("content");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(names()).isEmpty();
    }

    @Test
    void foldersMissingParentsAndDevicesAreNoTargets() throws IOException {
        Path directory = Files.createDirectory(folder.resolve("d"));

        assertThatThrownBy(() -> AtomicFiles.write(directory, out -> {}))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("is a folder");
        assertThatThrownBy(() -> AtomicFiles.write(folder.resolve("no/a"), out -> {}))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("does not exist. Maybe create it first");
        assertThatThrownBy(() -> AtomicFiles.writeFolder(folder.resolve("no/a"), out -> {}))
                .isInstanceOf(OutputException.class);
        Path device = Path.of("/dev/null");
        Assumptions.assumeTrue(Files.exists(device), "no /dev/null here");
        assertThatThrownBy(() -> AtomicFiles.write(device, out -> {}))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("not an ordinary file");
    }

    @Test
    void readOnlyTargetsAreRespected() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        Assumptions.assumeFalse(Files.isWritable(file), "this user (root) may write everything");

        assertThatThrownBy(() -> AtomicFiles.write(file, out -> out.write(1)))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("read-only");
    }

    @Test
    void folderAppearsWhole() throws IOException {
        Path target = folder.resolve("out");

        AtomicFiles.writeFolder(target, temporary -> {
            assertThat(target).doesNotExist();
            Files.createDirectory(temporary.resolve("sub"));
            Files.writeString(temporary.resolve("sub/a.txt"), "a");
        });

        assertThat(target.resolve("sub/a.txt")).hasContent("a");
        assertThat(names()).containsExactly("out");
    }

    @Test
    void emptyFolderIsFilled() throws IOException {
        Path target = Files.createDirectory(folder.resolve("out"));

        AtomicFiles.writeFolder(target, temporary -> Files.writeString(temporary.resolve("a.txt"), "a"));

        assertThat(target.resolve("a.txt")).hasContent("a");
        assertThat(names()).containsExactly("out");
    }

    @Test
    void ownUntouchedFolderIsReplacedButNotOneTheUserChanged() throws IOException {
        Path target = folder.resolve("out");
        AtomicFiles.writeFolder(target, temporary -> Files.writeString(temporary.resolve("a.txt"), "a"));
        AtomicFiles.writeFolder(target, temporary -> Files.writeString(temporary.resolve("b.txt"), "b"));
        assertThat(target.resolve("a.txt")).doesNotExist();
        assertThat(target.resolve("b.txt")).hasContent("b");
        Files.writeString(target.resolve("mine.txt"), "precious");

        assertThatThrownBy(() -> AtomicFiles.writeFolder(target, temporary -> {}))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("nothing is deleted");
        assertThat(target.resolve("mine.txt")).hasContent("precious");
        assertThat(target.resolve("b.txt")).hasContent("b");
        assertThat(names()).containsExactly("out");
    }

    @Test
    void foldersOfOthersAndFilesAreNotTouched() throws IOException {
        Path target = Files.createDirectory(folder.resolve("out"));
        Files.writeString(target.resolve("thesis.txt"), "precious");
        Path file = Files.writeString(folder.resolve("file"), "old");

        assertThatThrownBy(() -> AtomicFiles.writeFolder(target, temporary -> {}))
                .isInstanceOf(OutputException.class);
        assertThatThrownBy(() -> AtomicFiles.writeFolder(file, temporary -> {}))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("is a file");
        assertThat(target.resolve("thesis.txt")).hasContent("precious");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void failedReplacementPutsTheOldFolderBack(int acts) throws IOException {
        Path target = folder.resolve("out");
        AtomicFiles.writeFolder(target, temporary -> Files.writeString(temporary.resolve("a.txt"), "a"));
        FaultyFileStore store = FaultyFileStore.failingAfter(acts, false);

        assertThatThrownBy(() -> AtomicFiles.writeFolder(
                        store, target, temporary -> Files.writeString(temporary.resolve("b.txt"), "b")))
                .isInstanceOf(OutputException.class);
        assertThat(target.resolve("a.txt")).hasContent("a");
        assertThat(names()).containsExactly("out");
    }
}
