package dev.engram.io.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever operation is the last, or fails: the old or the new, whole, and nothing else after the next start. {@code
 * -Dengram.crashes=N} looks at N crashes after each operation.
 */
class CrashTest {
    private static final int CRASHES_EACH = Integer.getInteger("engram.crashes", 16);
    private static final long SEED = 20;

    /** The real one, without waiting for the disk. */
    private static final FileStore QUICK = new FileStore() {
        @Override
        public void force(Path file) {}

        @Override
        public void forceFolder(Path folder) {}
    };

    @TempDir
    Path folder;

    /** Something written, and what may be at the target then: all of one map, path by path. */
    enum Scenario {
        SAVE {
            @Override
            void write(FileStore store, Path root) {
                AtomicFiles.write(store, root.resolve("t"), out -> out.write(bytes(2)));
            }
        },
        REPLACE {
            @Override
            void before(Path root) {
                AtomicFiles.write(root.resolve("t"), out -> out.write(bytes(1)));
            }

            @Override
            void write(FileStore store, Path root) {
                AtomicFiles.write(store, root.resolve("t"), out -> out.write(bytes(2)));
            }
        },
        REPLACE_WITH_SEVERAL_NAMES {
            @Override
            void before(Path root) throws IOException {
                AtomicFiles.write(root.resolve("t"), out -> out.write(bytes(1), 0, 50_000));
                Files.createLink(root.resolve("u"), root.resolve("t"));
            }

            @Override
            void write(FileStore store, Path root) {
                AtomicFiles.write(store, root.resolve("t"), out -> out.write(bytes(2)));
            }
        },
        SAVE_FOLDER {
            @Override
            void write(FileStore store, Path root) {
                AtomicFiles.writeFolder(store, root.resolve("t"), fresh -> fill(fresh, 2));
            }
        },
        FILL_EMPTY_FOLDER {
            @Override
            void before(Path root) throws IOException {
                Files.createDirectory(root.resolve("t"));
            }

            @Override
            void write(FileStore store, Path root) {
                AtomicFiles.writeFolder(store, root.resolve("t"), fresh -> fill(fresh, 2));
            }
        },
        REPLACE_FOLDER {
            @Override
            void before(Path root) {
                AtomicFiles.writeFolder(root.resolve("t"), fresh -> fill(fresh, 1));
            }

            @Override
            void write(FileStore store, Path root) {
                AtomicFiles.writeFolder(store, root.resolve("t"), fresh -> fill(fresh, 2));
            }
        };

        void before(Path root) throws IOException {}

        abstract void write(FileStore store, Path root);

        static byte[] bytes(int version) {
            byte[] bytes = new byte[70_000];
            new SplittableRandom(version).nextBytes(bytes);
            return bytes;
        }

        static void fill(NewFolder fresh, int version) throws IOException {
            fresh.write("page.html", "version " + version);
            fresh.write("figures/a.svg", out -> out.write(bytes(version)));
            fresh.write(version + ".csv", "only in " + version);
        }
    }

    /** What is in a folder: digests of files, by their paths. */
    private static Map<String, String> content(Path root) {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.toList()) {
                if (!path.equals(root)) {
                    String name = root.relativize(path).toString();
                    content.put(name, Files.isDirectory(path) ? "a folder" : digest(Files.readAllBytes(path)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return content;
    }

    private static String digest(byte[] bytes) {
        MessageDigest digest = Digests.sha256();
        digest.update(bytes);
        return Digests.hex(digest);
    }

    private Path root(String name, Scenario scenario) throws IOException {
        Path root = Files.createDirectory(folder.resolve(name)).toRealPath();
        scenario.before(root);
        return root;
    }

    @ParameterizedTest
    @EnumSource
    void aCrashAnywhereLeavesTheOldOrTheNew(Scenario scenario) throws IOException {
        Path root = root("run", scenario);
        Map<String, String> old = content(root);
        SimulatedDisk disk = SimulatedDisk.of(root);
        scenario.write(disk, root);
        Map<String, String> fresh = content(root);

        int points = 0;
        for (int at = 0; at <= disk.operations(); at++) {
            for (int i = 0; i < CRASHES_EACH; i++) {
                long seed = SEED * 1_000_000 + at * 1_000L + i;
                String where = "%s, seed %d, after %d operations".formatted(scenario, seed, at);
                Path left = folder.resolve("crash" + points++);
                disk.crash(at, seed, left);
                if (i % 4 == 0) {
                    crashAgainWhileStarting(left.toRealPath(), seed, where, old, fresh);
                }
                Temporaries.tidy(QUICK, left.toRealPath());
                assertThat(content(left)).as(where).isIn(old, fresh);
                if (at == disk.operations()) {
                    assertThat(content(left))
                            .as("%s: written is durable", where)
                            .isEqualTo(fresh);
                }
                OutputFolder.deleteTree(QUICK, left);
            }
        }
        System.out.printf("%s: %d crash points from seed %d%n", scenario, points, SEED * 1_000_000);
    }

    /** The next start is itself cut off: what it leaves must still be brought in order by the one after. */
    private void crashAgainWhileStarting(
            Path left, long seed, String where, Map<String, String> old, Map<String, String> fresh) throws IOException {
        Path copy = folder.resolve("again");
        Path second = folder.resolve("second");
        SimulatedDisk.of(left).crash(0, seed, copy);
        SimulatedDisk disk = SimulatedDisk.of(copy.toRealPath());
        Temporaries.tidy(disk, copy.toRealPath());
        disk.crash(new SplittableRandom(seed).nextInt(disk.operations() + 1), seed, second);
        Temporaries.tidy(QUICK, second.toRealPath());
        assertThat(content(second)).as("%s, and again while starting", where).isIn(old, fresh);
        OutputFolder.deleteTree(QUICK, copy);
        OutputFolder.deleteTree(QUICK, second);
    }

    @ParameterizedTest
    @EnumSource
    void whicheverOperationFailsIsReportedAndLeavesTheOldOrTheNew(Scenario scenario) throws IOException {
        for (int n = 0; ; n++) {
            Path root = root("fail" + n, scenario);
            Map<String, String> old = content(root);
            SimulatedDisk disk = SimulatedDisk.failingAfter(root, n);
            boolean reported = false;
            try {
                scenario.write(disk, root);
            } catch (OutputException e) {
                reported = true;
                assertThat(e).hasMessageContaining("injected failure").hasMessageNotContaining("null");
            }
            if (disk.failed().isEmpty()) {
                assertThat(n).isGreaterThan(4);
                return;
            }
            assertThat(reported)
                    .as("%s %d: %s", scenario, n, disk.failed())
                    .isEqualTo(!disk.failed().equals("Delete") || scenario == Scenario.REPLACE_WITH_SEVERAL_NAMES);
            if (scenario == Scenario.REPLACE_WITH_SEVERAL_NAMES) { // being overwritten: the next start finishes
                Temporaries.tidy(QUICK, root);
            }
            Map<String, String> left = content(root);
            left.keySet().removeIf(name -> name.startsWith(".") && name.contains(".engram.old"));
            if (!left.equals(old)) {
                Path whole = root("whole" + n, scenario);
                scenario.write(QUICK, whole);
                assertThat(left).as("%s %d: %s", scenario, n, disk.failed()).isEqualTo(content(whole));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFullDiskLeavesTheOldAndNothingElse(Scenario scenario) throws IOException {
        for (long bytes : new long[] {0, 1, 9, 65_535, 65_536, 65_537, 69_999, 70_005}) {
            Path root = root("full" + bytes, scenario);
            Map<String, String> old = content(root);
            SimulatedDisk disk = SimulatedDisk.fullAfter(root, bytes);
            if (bytes < 70_000 || scenario.name().contains("FOLDER")) {
                assertThatThrownBy(() -> scenario.write(disk, root))
                        .isInstanceOf(OutputException.class)
                        .hasMessageContaining("No space left on device. Maybe free some space");
                assertThat(content(root)).isEqualTo(old);
            }
        }
    }

    /** What {@code reproduce} does with its folder: made, marked, a cell written, and the next. */
    @Test
    void cellsOfACrashedRunAreWholeOrAbsentAndStayOnceWritten() throws IOException {
        Path root = Files.createDirectory(folder.resolve("run")).toRealPath();
        SimulatedDisk disk = SimulatedDisk.of(root);
        int[] after = new int[4];
        for (int cell = 0; cell < after.length; cell++) {
            byte[] bytes = Scenario.bytes(cell);
            AtomicFiles.createFolders(disk, root.resolve("report/cells"));
            AtomicFiles.write(disk, root.resolve("report/cells/%d.json".formatted(cell)), out -> out.write(bytes));
            after[cell] = disk.operations();
        }
        int points = 0;
        for (int at = 0; at <= disk.operations(); at++) {
            for (int i = 0; i < CRASHES_EACH; i++) {
                Path left = folder.resolve("crash" + points++);
                disk.crash(at, points, left);
                for (int cell = 0; cell < after.length; cell++) {
                    Path file = left.resolve("report/cells/%d.json".formatted(cell));
                    String where = "cell %d, seed %d, after %d operations".formatted(cell, points, at);
                    assertThat(Files.exists(file) || at < after[cell]).as(where).isTrue();
                    if (Files.exists(file)) {
                        assertThat(Files.readAllBytes(file)).as(where).isEqualTo(Scenario.bytes(cell));
                    }
                }
                OutputFolder.deleteTree(QUICK, left);
            }
        }
        System.out.printf("cells: %d crash points%n", points);
    }
}
