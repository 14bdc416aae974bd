package dev.engram.io.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that is continued where a run was stopped, be it by the user, a crash, a failing disk or a rotting one, is the file of a run that was not. */
class ResumableFileTest {
    private static final int CRASHES_EACH = Integer.getInteger("engram.crashes", 4);
    private static final int BLOCK = 1_000;
    private static final int BLOCKS = 7;
    private static final String KEY = "a".repeat(Digests.LENGTH);
    private static final String OTHER = "b".repeat(Digests.LENGTH);

    @TempDir
    Path folder;

    private static byte[] whole() {
        byte[] bytes = new byte[BLOCK * BLOCKS];
        new SplittableRandom(5).nextBytes(bytes);
        return bytes;
    }

    /** Writes blocks, commits every second one with the number of blocks as its note, until so many are there. */
    private static void write(ResumableFile file, int blocks) {
        List<Integer> noted = notes(file);
        int done = (int) (file.length() / BLOCK);
        assertThat(file.length()).isEqualTo(done * (long) BLOCK);
        assertThat(noted)
                .isEqualTo(IntStream.rangeClosed(1, done / 2)
                        .map(i -> 2 * i)
                        .boxed()
                        .toList());
        for (int block = done; block < blocks; block++) {
            file.write(whole(), block * BLOCK, BLOCK);
            if (block % 2 == 1) {
                file.commit(ByteBuffer.allocate(Integer.BYTES).putInt(block + 1).array());
            }
        }
    }

    private static void run(FileStore store, Path root) {
        try (ResumableFile file = ResumableFile.open(store, root.resolve("t"), KEY)) {
            write(file, BLOCKS);
            file.finish();
            assertThat(notes(file)).containsExactly(2, 4, 6);
        }
    }

    private static List<Integer> notes(ResumableFile file) {
        List<Integer> notes = new ArrayList<>();
        file.notes().forEach(note -> notes.add(ByteBuffer.wrap(note).getInt()));
        return notes;
    }

    private static TreeSet<String> names(Path root) {
        try (Stream<Path> all = Files.list(root)) {
            TreeSet<String> names = new TreeSet<>();
            all.forEach(path -> names.add(path.getFileName().toString()));
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path hidden(Path root, String suffix) {
        return root.resolve(names(root).stream()
                .filter(name -> name.endsWith(".engram." + suffix))
                .findFirst()
                .orElseThrow());
    }

    private void stopAfter(Path root, int blocks) {
        try (ResumableFile file = ResumableFile.open(FileStore.REAL, root.resolve("t"), KEY)) {
            write(file, blocks);
        }
    }

    private Path root(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name)).toRealPath();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void whereverItIsStoppedTheNextContinuesBehindTheLastCommit(int blocks) throws IOException {
        Path root = root("run");
        stopAfter(root, blocks);
        assertThat(names(root)).hasSize(blocks < 2 ? 0 : 2); // nothing of a run without a commit

        try (ResumableFile file = ResumableFile.open(FileStore.REAL, root.resolve("t"), KEY)) {
            assertThat(file.length()).isEqualTo(blocks / 2 * 2L * BLOCK);
            assertThat(file.found()).isEqualTo(blocks < 2 ? ResumableFile.Found.NOTHING : ResumableFile.Found.SAME);
            write(file, BLOCKS);
            file.finish();
        }

        assertThat(Files.readAllBytes(root.resolve("t"))).isEqualTo(whole());
        assertThat(names(root)).containsExactly("t");
    }

    @Test
    void itCanBeStoppedAgainAndAgain() throws IOException {
        Path root = root("run");
        for (int blocks = 1; blocks <= BLOCKS; blocks++) {
            stopAfter(root, blocks);
            assertThat(root.resolve("t")).doesNotExist();
        }
        run(FileStore.REAL, root);
        assertThat(Files.readAllBytes(root.resolve("t"))).isEqualTo(whole());
    }

    @Test
    void aCrashAnywhereLosesNoCommitAndTheNextRunEndsWithTheSameBytes() throws IOException {
        Path root = root("run");
        Files.write(root.resolve("t"), new byte[] {1, 2, 3});
        SimulatedDisk disk = SimulatedDisk.of(root);
        run(disk, root);
        assertThat(Files.readAllBytes(root.resolve("t"))).isEqualTo(whole());
        crashEverywhere(disk, new byte[] {1, 2, 3}, 0);
    }

    @Test
    void aCrashOfTheRunThatContinuesLosesNothingEither() throws IOException {
        Path root = root("run");
        stopAfter(root, 3);
        SimulatedDisk disk = SimulatedDisk.of(root);
        run(disk, root);
        crashEverywhere(disk, new byte[0], 2 * BLOCK);
    }

    private void crashEverywhere(SimulatedDisk disk, byte[] old, int least) throws IOException {
        int most = 0;
        for (int operations = 0; operations <= disk.operations(); operations++) {
            for (int i = 0; i < CRASHES_EACH; i++) {
                long seed = operations * 1_000L + i;
                Path after = folder.resolve("crash" + seed);
                disk.crash(operations, seed, after);
                after = after.toRealPath();
                String where = "after %d operations, seed %d".formatted(operations, seed);
                byte[] there = Files.exists(after.resolve("t")) ? Files.readAllBytes(after.resolve("t")) : new byte[0];
                assertThat(Arrays.equals(there, old) || Arrays.equals(there, whole()))
                        .as(where)
                        .isTrue();
                if (!Arrays.equals(there, whole())) {
                    try (ResumableFile file = ResumableFile.open(FileStore.REAL, after.resolve("t"), KEY)) {
                        assertThat(file.length()).as(where).isGreaterThanOrEqualTo(least);
                        most = Math.max(most, (int) file.length());
                    }
                }
                run(FileStore.REAL, after);
                assertThat(Files.readAllBytes(after.resolve("t"))).as(where).isEqualTo(whole());
                assertThat(names(after)).as(where).containsExactly("t");
            }
        }
        assertThat(most).isEqualTo(6 * BLOCK);
    }

    @Test
    void whateverOperationFailsTheNextRunEndsWithTheSameBytes() throws IOException {
        for (int n = 0; ; n++) {
            Path root = root("fails" + n);
            SimulatedDisk disk = SimulatedDisk.failingAfter(root, n);
            try {
                run(disk, root);
            } catch (OutputException e) {
                assertThat(e).hasMessageContaining("injected failure of " + disk.failed());
            }
            if (disk.failed().isEmpty()) {
                assertThat(n).isGreaterThan(20);
                return;
            }
            run(FileStore.REAL, root);
            assertThat(Files.readAllBytes(root.resolve("t"))).isEqualTo(whole());
            assertThat(names(root))
                    .as("failure of %s, the %dth", disk.failed(), n)
                    .containsExactly("t");
        }
    }

    @Test
    void aFullDiskLeavesWhatWasCommitted() throws IOException {
        Path root = root("full");
        SimulatedDisk disk = SimulatedDisk.fullAfter(root, 5 * BLOCK);
        assertThatThrownBy(() -> run(disk, root))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("No space");

        try (ResumableFile file = ResumableFile.open(FileStore.REAL, root.resolve("t"), KEY)) {
            assertThat(file.length()).isEqualTo(4 * BLOCK);
        }
    }

    /** A bit or more of every byte of the record, and one of many of the beginning. */
    @Test
    void rotIsNeverContinued() throws IOException {
        Path root = root("rot");
        stopAfter(root, 5);
        for (String suffix : List.of("log", "part")) {
            byte[] good = Files.readAllBytes(hidden(root, suffix));
            byte[] record = Files.readAllBytes(hidden(root, "log"));
            byte[] beginning = Files.readAllBytes(hidden(root, "part"));
            int step = suffix.equals("log") ? 5 : 203;
            for (int bit = 0; bit < good.length * 8; bit += step) {
                Files.write(hidden(root, "part"), beginning);
                Files.write(hidden(root, "log"), record);
                byte[] bad = good.clone();
                bad[bit / 8] ^= (byte) (1 << bit % 8);
                Files.write(hidden(root, suffix), bad);
                try (ResumableFile file = ResumableFile.open(FileStore.REAL, root.resolve("t"), KEY)) {
                    int kept = (int) file.length();
                    assertThat(kept).isLessThanOrEqualTo(4 * BLOCK);
                    if (file.found() == ResumableFile.Found.SAME) {
                        byte[] left = Files.readAllBytes(hidden(root, "part"));
                        assertThat(Arrays.copyOf(left, kept)).isEqualTo(Arrays.copyOf(whole(), kept));
                    }
                }
            }
        }
    }

    @Test
    void whatIsOfAnotherKeyIsLeftAloneUntilTheFileIsWritten() throws IOException {
        Path root = root("run");
        stopAfter(root, 4);
        try (ResumableFile file = ResumableFile.open(FileStore.REAL, root.resolve("t"), OTHER)) {
            assertThat(file.found()).isEqualTo(ResumableFile.Found.OTHER);
            assertThat(file.length()).isZero();
        }
        assertThat(names(root)).hasSize(2);

        AtomicFiles.write(root.resolve("other"), out -> out.write(1)); // tidies the folder
        assertThat(names(root)).hasSize(3);

        AtomicFiles.write(root.resolve("t"), out -> out.write(1));
        assertThat(names(root)).containsExactly("other", "t");
    }

    @Test
    void whatAnotherIsWritingIsNotContinued() throws IOException {
        Path root = root("run");
        try (ResumableFile file = ResumableFile.open(FileStore.REAL, root.resolve("t"), KEY)) {
            write(file, 4);
            try (ResumableFile second = ResumableFile.open(FileStore.REAL, root.resolve("t"), KEY)) {
                assertThat(second.found()).isEqualTo(ResumableFile.Found.OWNED);
                write(second, BLOCKS);
                second.finish();
            }
            write(file, BLOCKS);
            file.finish();
        }
        assertThat(Files.readAllBytes(root.resolve("t"))).isEqualTo(whole());
        assertThat(names(root)).containsExactly("t");
    }

    @Test
    void afterAWeekNothingIsLeft() throws IOException {
        Path root = root("run");
        stopAfter(root, 4);
        Files.setLastModifiedTime(
                hidden(root, "log"),
                FileTime.from(Instant.now().minus(Duration.ofDays(7)).plusSeconds(60)));
        AtomicFiles.write(root.resolve("other"), out -> out.write(1));
        assertThat(names(root)).hasSize(3);

        Files.setLastModifiedTime(
                hidden(root, "log"),
                FileTime.from(Instant.now().minus(Duration.ofDays(7)).minusSeconds(60)));
        AtomicFiles.write(root.resolve("other"), out -> out.write(1));
        assertThat(names(root)).containsExactly("other");
    }

    @Test
    void whoeverClosesItEndsTheWriting() throws IOException {
        Path root = root("run");
        ResumableFile file = ResumableFile.open(FileStore.REAL, root.resolve("t"), KEY);
        write(file, 2);
        file.close();
        assertThatThrownBy(() -> file.write(new byte[1], 0, 1)).isInstanceOf(CancellationException.class);
        assertThatThrownBy(file::finish).isInstanceOf(CancellationException.class);
        run(FileStore.REAL, root);
        assertThat(Files.readAllBytes(root.resolve("t"))).isEqualTo(whole());
    }

    @Test
    void theBeginningOfAPrivateFileIsPrivate() throws IOException {
        Path root = root("run");
        Path target = Files.createFile(root.resolve("t"));
        if (!Files.getFileStore(target).supportsFileAttributeView("posix")) {
            return;
        }
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
        stopAfter(root, 4);
        for (String suffix : List.of("part", "log")) {
            assertThat(Files.getPosixFilePermissions(hidden(root, suffix))).hasSize(2);
        }
        run(FileStore.REAL, root);
        assertThat(Files.getPosixFilePermissions(target)).hasSize(2);
    }
}
