package dev.engram.io.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

        assertThatThrownBy(() -> AtomicFiles.write(SimulatedDisk.fullAfter(folder, bytes), file, out -> out.write(NEW)))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("No space left on device. Maybe free some space");
        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("a");
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

        AtomicFiles.writeFolder(target, fresh -> {
            assertThat(target).doesNotExist();
            fresh.write("sub/a.txt", "a");
        });

        assertThat(target.resolve("sub/a.txt")).hasContent("a");
        assertThat(names()).containsExactly("out");
    }

    @Test
    void emptyFolderIsFilled() throws IOException {
        Path target = Files.createDirectory(folder.resolve("out"));

        AtomicFiles.writeFolder(target, fresh -> fresh.write("a.txt", "a"));

        assertThat(target.resolve("a.txt")).hasContent("a");
        assertThat(names()).containsExactly("out");
    }

    @Test
    void ownUntouchedFolderIsReplacedButNotOneTheUserChanged() throws IOException {
        Path target = folder.resolve("out");
        AtomicFiles.writeFolder(target, fresh -> fresh.write("a.txt", "a"));
        AtomicFiles.writeFolder(target, fresh -> fresh.write("b.txt", "b"));
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
    @ValueSource(strings = {"rw-------", "rw-r-----", "rwxrwxrwx"})
    void permissionsOfWhatIsReplacedStay(String permissions) throws IOException {
        Assumptions.assumeTrue(
                folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path file = Files.writeString(folder.resolve("a"), "old");
        Path target = folder.resolve("out");
        AtomicFiles.writeFolder(target, fresh -> fresh.write("a.txt", "a"));
        for (Path path : List.of(file, target)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }

        AtomicFiles.write(file, out -> {
            Path built = hidden().get(0);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(built)))
                    .as("nobody else reads it while it is written")
                    .isEqualTo("rw-------");
            out.write('n');
        });
        AtomicFiles.writeFolder(target, fresh -> fresh.write("b.txt", "b"));

        for (Path path : List.of(file, target)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo(permissions);
        }
    }

    @Test
    void ownerAndGroupStayWhereThatIsAllowed() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "old");
        try {
            Files.setAttribute(file, "unix:gid", 12_345);
            Files.setAttribute(file, "unix:uid", 12_345);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            Assumptions.abort("only root may give files away");
        }

        AtomicFiles.write(file, out -> out.write('n'));

        assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(12_345);
        assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(12_345);
    }

    private List<Path> hidden() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(p -> p.getFileName().toString().startsWith(".")).toList();
        }
    }

    @Test
    void linkToNothingIsWrittenThrough() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("hop"));
        Files.createSymbolicLink(folder.resolve("hop"), Path.of("inner/a"));
        Path folderLink = Files.createSymbolicLink(folder.resolve("pictures"), inner.resolve("out"));

        AtomicFiles.write(link, out -> out.write('n'));
        AtomicFiles.writeFolder(folderLink, fresh -> fresh.write("a.txt", "a"));

        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(inner.resolve("a")).hasContent("n");
        assertThat(Files.isSymbolicLink(folderLink)).isTrue();
        assertThat(inner.resolve("out/a.txt")).hasContent("a");

        Path lost = Files.createSymbolicLink(folder.resolve("lost"), Path.of("no/a"));
        assertThatThrownBy(() -> AtomicFiles.write(lost, out -> out.write('n')))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("no does not exist. Maybe create it first");
        Path round = Files.createSymbolicLink(folder.resolve("round"), Path.of("round"));
        assertThatThrownBy(() -> AtomicFiles.write(round, out -> out.write('n')))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("symbolic links");
    }

    /** For the file system, .. after a link is the folder above where the link leads. */
    @Test
    void parentOfALinkedFolderIsWhereTheFileSystemSaysItIs() throws IOException {
        Files.createDirectories(folder.resolve("deep/inner"));
        Files.createSymbolicLink(folder.resolve("link"), Path.of("deep/inner"));

        AtomicFiles.write(folder.resolve("link/../a"), out -> out.write('n'));

        assertThat(folder.resolve("deep/a")).hasContent("n");
        assertThat(folder.resolve("a")).doesNotExist();
    }

    @Test
    void leftoversOfTheDeadAreRemovedAndThoseOfTheLivingAndOfOthersAreNot() throws IOException {
        Files.writeString(folder.resolve(".a.0123abcd.engram.tmp"), "half");
        Files.createDirectories(folder.resolve(".out.0123abcd.engram.tmp/sub"));
        Files.writeString(folder.resolve(".out.0123abcd.engram.tmp/sub/a"), "half");
        Files.createFile(folder.resolve(".m.engram.engram.lock"));
        Files.writeString(folder.resolve(".a.0123abcd.tmp"), "another program's");

        AtomicFiles.write(folder.resolve("b"), outer -> {
            AtomicFiles.write(folder.resolve("a"), out -> out.write('a'));
            outer.write('b');
        });

        assertThat(names()).containsExactly(".a.0123abcd.tmp", "a", "b");
        assertThat(folder.resolve("b")).hasContent("b");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void folderOfARunKilledWhileReplacingItComesBack(boolean whole) throws IOException {
        Path target = folder.resolve("out");
        AtomicFiles.writeFolder(target, fresh -> fresh.write("a.txt", "a"));
        AtomicFiles.writeFolder(folder.resolve("new"), fresh -> fresh.write("b.txt", "b"));
        Path built = folder.resolve(".out.0123abcd.engram.tmp");
        Files.move(target, folder.resolve(".out.0123abcd.engram.old"));
        Files.move(folder.resolve("new"), built);
        if (!whole) {
            Files.delete(built.resolve("b.txt"));
        }

        AtomicFiles.settle(target);

        assertThat(names()).containsExactly("out");
        assertThat(target.resolve(whole ? "b.txt" : "a.txt")).exists();
    }

    @Test
    void fileWithSeveralNamesKeepsThem() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "the old one, longer");
        Path other = Files.createLink(folder.resolve("b"), file);

        AtomicFiles.write(file, out -> out.write("new".getBytes(StandardCharsets.UTF_8)));

        assertThat(other).hasContent("new");
        assertThat(Files.isSameFile(file, other)).isTrue();
        assertThat(names()).containsExactly("a", "b");
    }

    /** A writer that was killed while it overwrote the file had all of the new beside it. */
    @Test
    void fileWithSeveralNamesIsFinishedByWhoOpensIt() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "nehalf old");
        Files.createLink(folder.resolve("b"), file);
        Files.writeString(folder.resolve(".a.0123abcd.engram.redo"), "new");

        try (OpenInput in = OpenInput.of(file)) {
            assertThat(in.stream().readAllBytes()).asString().isEqualTo("new");
            assertThat(in.size()).isEqualTo(3);
        }
        assertThat(folder.resolve("b")).hasContent("new");
        assertThat(names()).containsExactly("a", "b");
    }
}
