package dev.engram.cli.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.Cli;
import dev.engram.cli.Main;
import dev.engram.cli.Samples;
import dev.engram.io.memory.LearningCheckpoint;
import dev.engram.linalg.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A learning that was killed or ran out of time is resumed by the same command, and ends with the same bytes.
 * {@code -Dengram.kills=20} kills that often; {@code -Dengram.seed=N} repeats a run.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ResumeTest {
    private static final int KILLS = Integer.getInteger("engram.kills", 2);
    private static final int LONGEST_MILLIS = 150;
    private static final int UPDATES = 250 * KILLS; // more than are made until the last of them
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;
    private static final int BAD_FILE = 4;
    private static final int CANCELLED = 130;

    @TempDir
    Path folder;

    private Path patterns = Path.of("");
    private Path memory = Path.of("");

    @BeforeEach
    void patterns() throws IOException {
        patterns = Samples.npy(folder.resolve("p.npy"), 20, Samples.RGB);
        memory = Files.createDirectory(folder.resolve("out")).resolve("m.engram");
    }

    private Path checkpoint() {
        return LearningCheckpoint.beside(memory);
    }

    /** A learning of a few seconds, in many updates. */
    private List<Object> deep(Object... more) {
        List<Object> words = new ArrayList<>(List.of("learn", patterns, "-o", memory, "--layers", 4, "--learning"));
        words.add("gradient");
        Map<Object, Object> options =
                new LinkedHashMap<>(Map.of("--updates", 40, "--hidden", 24, "--seed", 5, "--threads", 2));
        for (int i = 0; i + 1 < more.length; i += 2) {
            options.put(more[i], more[i + 1]);
        }
        options.forEach((name, value) -> words.addAll(List.of(name, value)));
        return words;
    }

    private static Cli.Result run(List<Object> words) {
        return Cli.run(words.toArray());
    }

    private static Process start(List<Object> words, Path said) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        words.forEach(word -> all.add(String.valueOf(word)));
        return new ProcessBuilder(all)
                .redirectError(said.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Test
    void aKilledProcessIsResumedAndEndsWithTheSameBytes() throws Exception {
        long seed = Long.getLong("engram.seed", System.nanoTime());
        System.out.printf("%d kills, -Dengram.seed=%d%n", KILLS, seed);
        SplittableRandom random = new SplittableRandom(seed);
        Path said = folder.resolve("said");
        List<Object> words = deep("--updates", UPDATES, "--checkpoint-every", 0);
        int killed = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = start(words, said);
            long before = updates();
            while (process.isAlive() && updates() == before) {
                Thread.sleep(1); // until it has written one
            }
            Thread.sleep(random.nextInt(LONGEST_MILLIS));
            killed += process.isAlive() ? 1 : 0;
            process.destroyForcibly().waitFor();
            assertThat(Files.exists(memory) || Files.exists(checkpoint())).isTrue();
            LearningCheckpoint.read(checkpoint()); // whole
        }
        assertThat(killed).isEqualTo(KILLS);
        int last = LearningCheckpoint.read(checkpoint()).state().update();
        assertThat(start(words, said).waitFor()).isZero();
        assertThat(said).content().contains("Resuming after update %d, kept in ".formatted(last));
        byte[] bytes = Files.readAllBytes(memory);
        try (Stream<Path> left = Files.list(memory.getParent())) {
            assertThat(left).containsExactly(memory);
        }
        Files.delete(memory);
        assertThat(start(deep("--updates", UPDATES), said).waitFor()).isZero();
        assertThat(said).content().doesNotContain("Resuming");
        assertThat(memory).hasBinaryContent(bytes);
    }

    private long updates() throws IOException {
        return Files.exists(checkpoint())
                ? Files.getLastModifiedTime(checkpoint()).toMillis()
                : 0;
    }

    /** The limit passes at some moment of learning; whatever is done by then is not done again. */
    @Test
    void atTheEndOfATimeLimitTheCheckpointIsLeftAndNothingElse() throws IOException {
        Cli.Result ended = run(deep("--updates", 100_000_000, "--time-limit", 2, "--checkpoint-every", 0));
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(FAILED);
        assertThat(ended.err())
                .containsPattern(
                        "engram: the time limit of 2 s has passed; the same command resumes after update \\d+\\."
                                + " Maybe give it more \\(--time-limit\\)\\.");
        assertThat(memory).doesNotExist();
        try (Stream<Path> left = Files.list(memory.getParent())) {
            assertThat(left).containsExactly(checkpoint());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"learn", "recall", "demo", "reproduce", "play"})
    void aCommandEndsAtItsTimeLimitInOneLine(String command) throws IOException {
        Path out = folder.resolve("out").resolve("o");
        List<Object> words =
                switch (command) {
                    case "learn" ->
                        List.of("learn", patterns, "-o", out, "--learning", "gradient", "--updates", 100_000_000);
                    case "recall" -> List.of("recall", Cli.learned(patterns, memory), patterns, "-o", out);
                    case "demo" -> List.of("demo", "-o", out);
                    case "play" -> List.of("play", "--no-open");
                    default -> List.of("reproduce", "beyond", "-o", out);
                };
        List<Object> limited = new ArrayList<>(words);
        limited.addAll(List.of("--time-limit", command.equals("learn") || command.equals("play") ? 1 : 1e-9));
        Cli.Result ended = run(limited);
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(FAILED);
        assertThat(ended.errorLines().stream().filter(line -> line.startsWith("engram: ")))
                .hasSize(1)
                .allMatch(line -> line.contains(" s has passed; "));
        assertThat(out).doesNotExist();
    }

    @Test
    void anotherLearningIsRefusedByNameUnlessToldToStartOver() throws IOException {
        stopped(deep("--updates", 100_000_000));
        byte[] kept = Files.readAllBytes(checkpoint());
        Path others = Samples.npy(folder.resolve("others.npy"), 19, Samples.RGB);
        List<Object> elsewhere = deep("--updates", 100_000_000);
        elsewhere.set(1, others);
        assertRefused(deep("--updates", 7), "updates is 100000000 there, and 7 here");
        assertRefused(deep("--updates", 100_000_000, "--hidden", 25), "hidden is 24 there, and 25 here");
        assertRefused(deep("--updates", 100_000_000, "--seed", 6), "seed is 5 there, and 6 here");
        assertRefused(elsewhere, "digest of the patterns is ");
        assertRefused(
                List.of("learn", patterns, "-o", memory, "--model", "hopfield"), "model is pcn there, and hopfield");
        assertThat(checkpoint()).hasBinaryContent(kept);
        assertThat(run(deep("--updates", 100_000_000, "--threads", 1, "--time-limit", 1))
                        .err())
                .containsPattern(
                        "warning: computed by is .*2 threads there, and .*1 thread here: the memory may differ in rounding");

        List<Object> anew = deep("--updates", 7);
        anew.add("--start-over");
        Cli.Result over = run(anew);
        assertThat(over.exitCode()).as(over.err()).isZero();
        assertThat(checkpoint()).doesNotExist();
    }

    private static void assertRefused(List<Object> words, String reason) {
        Cli.Result refused = run(words);
        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(WRONG_USAGE);
        assertThat(refused.errorLines().get(refused.errorLines().size() - 1))
                .contains("is the checkpoint of another learning: " + reason)
                .contains("--start-over");
    }

    @Test
    void aDamagedCheckpointIsTold() throws IOException {
        stopped(deep("--updates", 100_000_000));
        byte[] bytes = Files.readAllBytes(checkpoint());
        bytes[bytes.length - 5] ^= 4;
        Files.write(checkpoint(), bytes);
        Cli.Result damaged = run(deep("--updates", 100_000_000));
        assertThat(damaged.exitCode()).as(damaged.err()).isEqualTo(BAD_FILE);
        assertThat(damaged.errorLines().get(damaged.errorLines().size() - 1))
                .contains(checkpoint().getFileName().toString(), "Or begin again with --start-over.");
    }

    /** More patterns than hidden nodes, left in their file; and sequences. */
    @Test
    void blocksAndSequencesAreResumedToo() throws IOException {
        Path many = Samples.npy(folder.resolve("many.npy"), 800, Samples.GREY);
        assertResumed(List.of("learn", many, "-o", memory, "--hidden", 16, "--updates", 9));
        assertResumed(List.of("sequence", "learn", patterns, "-o", memory));
        assertResumed(List.of("sequence", "learn", patterns, "-o", memory, "--direct"));
        assertResumed(List.of("learn", patterns, "-o", memory, "--model", "autoencoder", "--updates", 30));
    }

    private void assertResumed(List<Object> words) throws IOException {
        Cli.Result straight = run(words);
        assertThat(straight.exitCode()).as(straight.err()).isZero();
        byte[] bytes = Files.readAllBytes(memory);
        Files.delete(memory);
        stopped(words);
        Cli.Result resumed = run(words);
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(resumed.err()).contains("Resuming after update 1, ");
        assertThat(memory).hasBinaryContent(bytes);
        assertThat(checkpoint()).doesNotExist();
        Files.delete(memory);
    }

    /** Cancelled as soon as there is a checkpoint. */
    private void stopped(List<Object> words) {
        List<Object> keeping = new ArrayList<>(words);
        keeping.addAll(List.of("--checkpoint-every", 0));
        Cli.Result stopped =
                Cancellation.when(() -> Files.exists(checkpoint()), "Enough").call(() -> run(keeping));
        assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(CANCELLED);
        assertThat(stopped.err()).contains("engram: cancelled; the same command resumes after update 1.");
        assertThat(memory).doesNotExist();
    }
}
