package dev.engram.io.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OwnerLockTest {
    @TempDir
    Path folder;

    private Path file = Path.of("");

    /** Started as another process: adds 1 to the number in the file, so many times; or holds the lock until it is killed. */
    public static void main(String[] args) throws Exception {
        Path file = Path.of(args[0]);
        int times = Integer.parseInt(args[1]);
        for (int i = 0; i < times; i++) {
            addOne(file);
        }
        if (times == 0) {
            OwnerLock lock = OwnerLock.take(file, Duration.ZERO, line -> {});
            System.out.println("held " + lock.isHeld());
            Thread.sleep(60_000);
        }
    }

    private static void addOne(Path file) throws IOException {
        try (OwnerLock lock = OwnerLock.take(file, Duration.ofSeconds(50), line -> {})) {
            if (!lock.isHeld()) {
                throw new AssertionError("no locks here");
            }
            int number = Integer.parseInt(Files.readString(file));
            AtomicFiles.write(file, out -> out.write(String.valueOf(number + 1).getBytes(StandardCharsets.UTF_8)));
        }
    }

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("n"), "0");
    }

    private Process start(int times) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OwnerLockTest.class.getName(),
                        file.toString(),
                        String.valueOf(times))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    void nothingIsLostAmongThreadsAndProcesses() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(start(100));
        }
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                try {
                    for (int n = 0; n < 50; n++) {
                        addOne(file);
                    }
                } catch (IOException | RuntimeException e) {
                    failures.add(e);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }

        assertThat(failures).isEmpty();
        assertThat(file).hasContent("500");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void whoCannotHaveItIsToldOfTheOwnerAndRefusedInTimeAndTheDeadOwnNothing() throws Exception {
        Process owner = start(0);
        assertThat(owner.inputReader().readLine()).isEqualTo("held true");
        List<String> told = new ArrayList<>();

        assertThatThrownBy(() -> OwnerLock.take(file, Duration.ofMillis(300), told::add))
                .isInstanceOf(BusyException.class)
                .hasMessageContaining("is being changed by process " + owner.pid())
                .hasMessageContaining("Maybe try again");
        assertThat(told).hasSize(1).allSatisfy(line -> assertThat(line).contains("waiting up to"));

        owner.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
        OwnerLock.take(file, Duration.ofSeconds(5), told::add).close();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void anotherThreadIsAnOwnerToo() {
        try (OwnerLock lock = OwnerLock.take(file, Duration.ZERO, line -> {})) {
            assertThat(lock.isHeld()).isTrue();
            assertThatThrownBy(() -> OwnerLock.take(file, Duration.ZERO, line -> {}))
                    .isInstanceOf(BusyException.class)
                    .hasMessageContaining("another thread");
        }
    }
}
