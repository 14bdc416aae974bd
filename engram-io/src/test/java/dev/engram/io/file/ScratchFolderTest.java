package dev.engram.io.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ScratchFolderTest {
    private final String purpose = UUID.randomUUID().toString();

    @Test
    void itIsEmptyPrivateAndGoneAfterwards() throws IOException {
        Path path;
        try (ScratchFolder folder = ScratchFolder.create(purpose)) {
            path = folder.path();
            assertThat(path).isEmptyDirectory();
            Path outer = Temporaries.parent(path);
            if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(outer)))
                        .isEqualTo("rwx------");
            }
            Files.createDirectories(path.resolve("a/b"));
            Files.writeString(path.resolve("a/b/c"), "c");
        }
        assertThat(Temporaries.parent(path)).doesNotExist();
    }

    @Test
    void whatIsOpenIsLeftAlone() throws IOException {
        try (ScratchFolder first = ScratchFolder.create(purpose);
                ScratchFolder second = ScratchFolder.create(purpose)) {
            assertThat(first.path()).isDirectory().isNotEqualTo(second.path());
        }
    }

    @Test
    void whatAKilledRunLeftIsRemovedByTheNext() throws Exception {
        Path left = killed();
        assertThat(left.resolve("some file")).exists();
        try (ScratchFolder folder = ScratchFolder.create(purpose)) {
            assertThat(folder.path()).isDirectory();
            assertThat(Temporaries.parent(left)).doesNotExist();
        }
    }

    /** Where a process that was killed had its folder. */
    private Path killed() throws Exception {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        purpose))
                .redirectErrorStream(true)
                .start();
        try (var out = process.inputReader()) {
            Path folder = Path.of(String.valueOf(out.readLine()));
            try (ScratchFolder other = ScratchFolder.create(purpose)) {
                assertThat(folder).as("it lives").isNotEqualTo(other.path()).isDirectory();
            }
            process.destroyForcibly();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return folder;
        }
    }

    /** Opens a folder, says where, and waits to be killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws Exception {
            ScratchFolder folder = ScratchFolder.create(args[0]);
            Files.writeString(folder.path().resolve("some file"), "left");
            System.out.println(folder.path());
            Thread.sleep(TimeUnit.MINUTES.toMillis(5));
            folder.close();
        }
    }
}
