package dev.engram.cli.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.Cli;
import dev.engram.cli.Main;
import dev.engram.cli.Samples;
import dev.engram.io.file.OwnerLock;
import dev.engram.io.memory.MemoryFile;
import dev.engram.io.memory.StoredMemory;
import dev.engram.linalg.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Eight store and forget the same memory at once: nothing is lost. {@code -Dengram.rounds=50} lets them do so as often,
 * and with processes of their own.
 */
class ManyEditorsTest {
    private static final int EDITORS = 8;
    private static final int ROUNDS = Integer.getInteger("engram.rounds", 10);
    private static final int PROCESS_ROUNDS = Integer.getInteger("engram.rounds", 1);

    @TempDir
    Path folder;

    private Path memory = Path.of("");
    private Set<String> names = new HashSet<>();
    private long refused;

    @BeforeEach
    void learn() throws IOException {
        memory = folder.resolve("m.engram");
        Path list = names("first", "a0", "a1", "a2", "a3", "a4", "a5");
        Path patterns = Samples.npy(folder.resolve("p.npy"), Samples.GREY, Samples.patterns(6, Samples.GREY, 1));
        Cli.Result learned = Cli.run(
                "learn", patterns, "-o", memory, "--hidden", 256, "--updates", 5, "--prior", "codes", "--names", list);
        assertThat(learned.exitCode()).as(learned.err()).isZero();
        names.addAll(List.of("a0", "a1", "a2", "a3", "a4", "a5"));
    }

    private Path names(String file, String... names) throws IOException {
        return Files.write(folder.resolve(file + ".txt"), List.of(names));
    }

    /** Starts one command, and returns its exit code. */
    private interface Run {
        int of(List<String> words) throws Exception;
    }

    /** Half of them store a pattern each, half forget one that was stored the round before. */
    private void round(int round, Run run) throws Exception {
        Map<String, Integer> exits = new ConcurrentHashMap<>();
        List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        List<String> forgotten = names.stream().sorted().limit(EDITORS / 2).toList();
        List<String> stored = new ArrayList<>();
        List<List<String>> commands = new ArrayList<>();
        for (int i = 0; i < EDITORS / 2; i++) {
            String name = "b%04d-%d".formatted(round, i);
            stored.add(name);
            Matrix one = Samples.patterns(1, Samples.GREY, 1_000L * round + i + 7);
            Path pattern = Samples.npy(folder.resolve(i + ".npy"), Samples.GREY, one);
            commands.add(List.of(
                    "store",
                    memory.toString(),
                    pattern.toString(),
                    "--names",
                    names("n" + i, name).toString()));
            commands.add(List.of("forget", memory.toString(), forgotten.get(i)));
        }
        for (List<String> command : commands) {
            Thread thread = new Thread(() -> {
                try {
                    exits.put(key(command), run.of(command));
                } catch (Exception | Error e) {
                    failures.add(e);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        assertThat(exits).hasSize(EDITORS).allSatisfy((command, exit) -> assertThat(exit)
                .as(command)
                .isIn(0, 5)); // 5: refused after a minute's wait
        refused += exits.values().stream().filter(exit -> exit == 5).count();
        for (int i = 0; i < EDITORS / 2; i++) {
            if (done(exits, commands.get(2 * i))) {
                names.add(stored.get(i));
            }
            if (done(exits, commands.get(2 * i + 1))) {
                names.remove(forgotten.get(i));
            }
        }
        StoredMemory now = MemoryFile.read(memory);
        assertThat(now.catalogue().names()).containsExactlyInAnyOrderElementsOf(names);
    }

    private static String key(List<String> command) {
        return command.get(0) + command.get(command.size() - 1);
    }

    private static boolean done(Map<String, Integer> exits, List<String> command) {
        return exits.getOrDefault(key(command), -1) == 0;
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).noneMatch(path -> path.getFileName().toString().startsWith("."));
        }
    }

    @Test
    @Timeout(300)
    void nothingIsLostAmongThreads() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            round(round, words -> {
                Cli.Result result = Cli.run(words.toArray());
                assertThat(result.exitCode()).as(result.err()).isZero();
                return result.exitCode();
            });
        }
        assertNothingIsLeft();
    }

    @Test
    @Timeout(1_800)
    void nothingIsLostAmongProcesses() throws Exception {
        for (int round = 0; round < PROCESS_ROUNDS; round++) {
            round(round, words -> {
                List<String> command = new ArrayList<>(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName()));
                command.addAll(words);
                Process process = new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                return process.waitFor();
            });
        }
        assertNothingIsLeft();
        System.out.printf("%d rounds of %d processes, %d refused%n", PROCESS_ROUNDS, EDITORS, refused);
    }

    @Test
    void whoWaitedInVainIsRefusedWithAnExitCodeOfItsOwn() throws IOException {
        byte[] before = Files.readAllBytes(memory);
        try (OwnerLock lock = OwnerLock.take(memory, Duration.ZERO, line -> {})) {
            assertThat(lock.isHeld()).isTrue();
            Cli.Result refused = Cli.run("forget", memory, "a0", "--wait", "0.2", "--json");

            assertThat(refused.exitCode()).isEqualTo(5);
            assertThat(refused.errorLines().get(0)).contains("m.engram is being changed by", "waiting up to 0.2 s");
            assertThat(refused.errorLines().get(1))
                    .contains("0.2 s were waited for it, and nothing was written. Maybe try again later.");
            assertThat(refused.out()).containsPattern("\"exit_code\" ?: ?5");
            assertThat(Cli.run("forget", memory, "a0", "--dry-run").exitCode()).isZero();
            assertThat(Cli.run("forget", memory, "a0", "-o", folder.resolve("other.engram"))
                            .exitCode())
                    .as("nobody else's memory is changed")
                    .isZero();
        }
        assertThat(memory).hasBinaryContent(before);
    }

    @Test
    void theHelpNamesWaitingAndTheExitCode() {
        assertThat(Cli.run("--help").out().replaceAll("\\s+", " "))
                .contains("5 another program is changing the memory");
        for (String command : List.of("store", "forget")) {
            assertThat(Cli.run("help", command).out().replaceAll("\\s+", " "))
                    .contains("--wait", "(default: %d)".formatted(OwnerLock.PATIENCE.toSeconds()), "exit code 5");
        }
    }
}
