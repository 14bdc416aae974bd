package dev.engram.io.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that write all the time, killed at random moments: after the next start everything is there, whole, and
 * nothing else. {@code -Dengram.kills=200} kills that often; {@code -Dengram.seed=N} repeats a run.
 */
class KillTest {
    private static final int KILLS = Integer.getInteger("engram.kills", 4);
    private static final int FILES = 20;
    private static final int LONGEST_MILLIS = 400;

    @TempDir
    Path top;

    /** Replaces a file and a folder again and again; both hold one number many times, and never an older one after a newer. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        for (int n = Integer.parseInt(args[1]); ; n++) {
            String number = n + "\n";
            try (OwnerLock lock = OwnerLock.take(folder.resolve("file"), OwnerLock.PATIENCE, line -> {})) {
                assertThat(lock.isHeld()).isTrue();
                AtomicFiles.write(folder.resolve("file"), out -> {
                    for (int i = 0; i < 20_000; i++) {
                        out.write(number.getBytes(StandardCharsets.UTF_8));
                    }
                });
            }
            AtomicFiles.writeFolder(folder.resolve("out"), fresh -> {
                for (int i = 0; i < FILES; i++) {
                    fresh.write("sub%d/%d.txt".formatted(i % 3, i), number);
                }
            });
            System.out.println(n);
        }
    }

    @Test
    void theOldOrTheNewIsThereAfterTheNextStart() throws Exception {
        long seed = Long.getLong("engram.seed", System.nanoTime());
        System.out.printf("%d kills, -Dengram.seed=%d%n", KILLS, seed);
        SplittableRandom random = new SplittableRandom(seed);
        int next = 0;
        int absent = 0;
        int halves = 0;
        Path folder = Files.createDirectory(top.resolve("work"));
        Path said = top.resolve("said");
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            KillTest.class.getName(),
                            folder.toString(),
                            String.valueOf(next))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .redirectOutput(said.toFile())
                    .start();
            while (Files.size(said) == 0 && process.isAlive()) {
                Thread.sleep(1); // it has not begun
            }
            Thread.sleep(random.nextInt(LONGEST_MILLIS));
            process.destroyForcibly().waitFor();
            int written = lastWhole(Files.readString(said));
            absent += Files.exists(folder.resolve("out")) ? 0 : 1;
            halves += names(folder).size() > 2 ? 1 : 0;

            AtomicFiles.settle(folder.resolve("out"));
            int left = numberIn(folder.resolve("out"));
            AtomicFiles.write(folder.resolve("other"), out -> out.write(1)); // the next start

            String where = "kill %d of seed %d, %d was written".formatted(kill, seed, written);
            assertThat(names(folder)).as(where).containsExactly("file", "other", "out");
            assertThat(left).as(where).isBetween(written, written + 1);
            assertThat(numberIn(folder.resolve("out"))).as(where).isEqualTo(left);
            TreeSet<String> lines = new TreeSet<>(Files.readAllLines(folder.resolve("file")));
            assertThat(lines).as(where).hasSize(1);
            assertThat(Files.readAllLines(folder.resolve("file"))).hasSize(20_000);
            assertThat(Integer.parseInt(lines.first())).as(where).isBetween(written, written + 1);
            Files.delete(folder.resolve("other"));
            next = left + 1;
        }
        System.out.printf(
                "%d kills: %d between the two moves of a folder, %d with temporaries%n", KILLS, absent, halves);
    }

    private static TreeSet<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            TreeSet<String> names = new TreeSet<>();
            all.forEach(path -> names.add(path.getFileName().toString()));
            return names;
        }
    }

    private static int lastWhole(String numbers) {
        String whole = numbers.substring(0, numbers.lastIndexOf('\n'));
        return Integer.parseInt(whole.substring(whole.lastIndexOf('\n') + 1));
    }

    private static int numberIn(Path out) throws IOException {
        assertThat(OutputFolder.isUntouched(out)).isTrue();
        TreeSet<String> lines = new TreeSet<>();
        int files = 0;
        try (Stream<Path> all = Files.walk(out)) {
            for (Path path : all.filter(p -> p.toString().endsWith(".txt")).toList()) {
                lines.addAll(Files.readAllLines(path));
                files++;
            }
        }
        assertThat(files).isEqualTo(FILES);
        assertThat(lines).hasSize(1);
        return Integer.parseInt(lines.first());
    }
}
